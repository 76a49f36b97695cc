package io.gradus.app.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.Cookie;
import io.gradus.app.console.ConsoleFixture.Login;
import io.gradus.service.Role;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The way in, the way around and the way out.
@ConsoleTest
class ShellBrowserTest {
  private static final int WIDE = 1440;
  private static final int HIGH = 900;

  private final ConsoleFixture console;

  ShellBrowserTest(ConsoleFixture console) {
    this.console = console;
  }

  @Test
  void theFirstLoginOpensTheConsoleUnderAnotherSessionAndLogOutClosesIt() {
    try (Page page = console.visitor(WIDE, HIGH, false)) {
      page.navigate(console.address() + "/");
      String before = session(page);
      console.logIn(page, console.admin());
      page.waitForURL(console.address() + "/t/" + console.account() + "**");
      assertThat(session(page)).as("a session that others may have planted").isNotEqualTo(before);

      page.navigate(console.address() + "/logout");
      page.navigate(console.address() + "/");
      page.waitForURL(console.address() + "/t/" + console.account() + "**");

      page.getByLabel("Account of Administrator").click();
      page.getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName("Log out")).click();
      assertThat(page).hasURL(Pattern.compile(".*/login"));
      page.navigate(console.address() + "/t/" + console.account());
      assertThat(page).hasURL(Pattern.compile(".*/login"));
    }
  }

  @Test
  void aWrongPasswordStaysOutsideAndAfterSomeOneHasToWait() {
    Login known = console.as(Role.VIEWER);
    try (Page page = console.visitor(390, 844, true)) {
      page.navigate(console.address() + "/login");
      for (int time = 0; time < 5; time++) {
        console.logIn(page, new Login(known.login(), "not the password"));
        assertThat(page).hasURL(Pattern.compile(".*/login\\?error"));
        assertThat(page.getByText("That user and password do not match")).isVisible();
        assertThat(page.locator("input[name=username]")).hasValue(known.login());
        assertThat(page.locator("input[name=password]")).isFocused();
      }
      console.screenshot(page, "login-wrong-dark-390");
      // Waits double: soon they are longer than a slow machine takes for a try.
      for (int time = 0; time < 6 && !page.url().contains("wait="); time++) {
        console.logIn(page, new Login(known.login(), "not the password"));
        page.waitForURL(Pattern.compile(".*/login\\?.*"));
        page.waitForLoadState();
      }
      assertThat(page.getByText("Too many tries")).isVisible();
    }
  }

  @Test
  void aLinkIntoTheConsoleLeadsThroughTheLoginToItsPage() {
    String link = console.address() + "/t/" + console.account() + "/templates?from=a%20link";
    try (Page page = console.visitor(WIDE, HIGH, false)) {
      page.navigate(link);
      assertThat(page).hasURL(Pattern.compile(".*/login"));
      console.logIn(page, console.as(Role.VIEWER));
      assertThat(page)
          .hasURL(Pattern.compile(".*/t/" + console.account() + "/templates.*from=a%20link.*"));
    }
  }

  @Test
  void aSessionThatIsOverSaysSoAndLeadsBack() {
    Login viewer = console.as(Role.VIEWER);
    try (Page page = console.page(viewer, WIDE, HIGH, false)) {
      String place = page.url();
      page.context()
          .addCookies(List.of(new Cookie("GRADUSSESSION", "forgotten").setUrl(console.address())));
      page.locator("#g-help").click();
      assertThat(page.getByText("Your session is over")).isVisible();
      console.screenshot(page, "session-over-light-1440");
      page.getByText("Your session is over").click();
      assertThat(page).hasURL(Pattern.compile(".*/login"));
      console.logIn(page, viewer);
      assertThat(page).hasURL(Pattern.compile(place.replace("?", "\\?")));
    }
  }

  @Test
  void rolesThatWereTakenAreMissedAtTheNextAction() {
    Login leaving = console.as(Role.VIEWER);
    try (Page page = console.page(leaving, WIDE, HIGH, false)) {
      console.setRoles(leaving, console.account());
      page.locator("#g-command").click();
      assertThat(page.getByText("You are no member of this tenant any more")).isVisible();
      page.reload();
      assertThat(noSuchPage(page)).isVisible();
    }
  }

  @Test
  void tenantsAreSwitchedAndATenantOfOthersLooksLikeNoPage() {
    String second = console.newTenant("Harbour Prints");
    String others = console.newTenant("Somebody else's");
    Login person = console.as(Role.VIEWER);
    console.setRoles(person, second, Role.ADMIN);
    try (Page page = console.page(person, WIDE, HIGH, false)) {
      page.locator(".g-tenant button").click();
      Locator choice =
          page.getByRole(AriaRole.MENUITEMCHECKBOX)
              .or(page.getByRole(AriaRole.MENUITEM))
              .filter(new Locator.FilterOptions().setHasText("Harbour Prints"));
      choice.click();
      assertThat(page).hasURL(Pattern.compile(".*/t/" + second + ".*"));
      assertThat(page.locator(".g-tenant button")).containsText("Harbour Prints");

      for (String path : List.of("/t/" + others, "/t/999999999999", "/nowhere", "/t/12/x")) {
        page.navigate(console.address() + path);
        assertThat(noSuchPage(page)).isVisible();
        console.axe(page);
      }
    }
  }

  @Test
  void whatIsNotThereIsNamedWithAWayToTheOthers() {
    String tenant = "/t/" + console.account();
    String[][] rows = {
      {"/state-machines/gone-by", "There is no such state machine", "State machines", "gone-by"},
      {"/state-machines/gone-by/revisions", "There is no such state machine", "State machines", ""},
      {
        "/state-machines/gone-by/test-cases", "There is no such state machine", "State machines", ""
      },
      {"/triggers/gone-by", "There is no such trigger", "Triggers", "gone-by"},
      {"/approvals/gone-by", "There is no such approval", "Approvals", ""},
      {"/templates/gone-by", "There is no such template", "Templates", ""},
      {"/create?template=gone-by", "There is no such template", "Templates", ""},
      {"/integrations/gone-by", "There is no such integration", "Integrations", ""},
    };
    try (Page page = console.page(console.admin(), WIDE, HIGH, false)) {
      for (String[] row : rows) {
        // when
        page.navigate(console.address() + tenant + row[0]);

        // then
        assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName(row[1])))
            .isVisible();
        assertThat(page.locator("main section p")).containsText(row[3]);
        assertThat(page.locator(".g-tenant button")).not().containsText("Tenants");
        assertThat(page).hasTitle(Pattern.compile(row[1] + ".*" + row[2] + ".*"));
        Locator others = page.locator("main section a");
        assertThat(others).hasText("All " + row[2].toLowerCase(Locale.ROOT));
        others.click();
        assertThat(page).hasURL(Pattern.compile(".*" + tenant + place(row[0]) + ".*"));
        assertThat(page).hasTitle(Pattern.compile(row[2] + ".*"));
      }
      page.navigate(console.address() + tenant + "/state-machines/" + "long".repeat(20));
      page.setViewportSize(390, 844);
      assertThat(page.locator("main section p")).containsText("long".repeat(20));
      assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
          .isEqualTo(true);
      console.axe(page);
      console.screenshot(page, "no-state-machine-390");
    }
  }

  private static String place(String missing) {
    return missing.startsWith("/create") ? "/templates" : missing.replaceAll("/gone-by.*", "");
  }

  @Test
  void theThemeIsTheSystemsUntilOneIsChosenAndThenStays() {
    try (Page page = console.page(console.as(Role.VIEWER), WIDE, HIGH, true)) {
      assertThat(page.locator("html")).hasAttribute("theme", "dark");
      page.getByLabel("Theme: system. Switch to light").click();
      assertThat(page.locator("html")).not().hasAttribute("theme", "dark");
      page.reload();
      assertThat(page.getByLabel("Theme: light. Switch to dark")).isVisible();
      assertThat(page.locator("html")).not().hasAttribute("theme", "dark");
    }
  }

  @Test
  void onAPhoneTheNavigationIsADrawer() {
    try (Page page = console.page(console.as(Role.VIEWER), 390, 844, false)) {
      assertThat(page.locator(".g-nav")).not().isInViewport();
      page.getByLabel("Menu", new Page.GetByLabelOptions().setExact(true)).click();
      assertThat(page.locator(".g-nav")).isInViewport();
      console.axe(page);
      page.keyboard().press("Escape");
      assertThat(page.locator(".g-nav")).not().isInViewport();
    }
  }

  @Test
  void keysOpenTheListOfKeysAndCanBeSwitchedOff() {
    try (Page page = console.page(console.as(Role.VIEWER), WIDE, HIGH, false)) {
      page.keyboard().press("?");
      assertThat(page.getByText("Everywhere")).isVisible();
      // Those of the page that is open come first.
      assertThat(page.getByText("next and previous state machine")).isVisible();
      console.axe(page);
      page.getByLabel("Keys of one letter, outside of fields").click();
      page.keyboard().press("Escape");
      assertThat(page.getByText("Everywhere")).not().isVisible();
      page.keyboard().press("?");
      page.keyboard().press("Control+k");
      assertThat(page.getByLabel("Page, name or ARN")).isFocused();
      assertThat(page.getByText("Everywhere")).not().isVisible();
      console.axe(page);
    }
  }

  @Test
  void theFirstStopOfTheTabKeySkipsToThePage() {
    try (Page page = console.page(console.as(Role.VIEWER), WIDE, HIGH, false)) {
      page.keyboard().press("Tab");
      assertThat(page.getByText("Skip to the page")).isFocused();
      page.keyboard().press("Enter");
      assertThat(page.locator("main")).isFocused();
    }
  }

  @Test
  void loginAndFirstPageHaveNothingAgainstThem() {
    for (boolean dark : new boolean[] {false, true}) {
      for (int width : new int[] {WIDE, 390}) {
        String name = (dark ? "dark-" : "light-") + width;
        try (Page page = console.visitor(width, HIGH, dark)) {
          page.navigate(console.address() + "/login?error");
          assertThat(page.getByText("That user and password do not match")).isVisible();
          console.axe(page);
          console.screenshot(page, "login-" + name);
        }
        try (Page page = console.page(console.admin(), width, HIGH, dark)) {
          console.axe(page);
          console.screenshot(page, "first-page-" + name);
        }
      }
    }
  }

  private static Locator noSuchPage(Page page) {
    return page.getByRole(
        AriaRole.HEADING, new Page.GetByRoleOptions().setName("There is no such page"));
  }

  private static String session(Page page) {
    return page.context().cookies().stream()
        .filter(cookie -> cookie.name.equals("GRADUSSESSION"))
        .map((Cookie cookie) -> cookie.value)
        .findFirst()
        .orElseThrow();
  }
}
