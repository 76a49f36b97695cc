package io.gradus.app.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.gradus.app.console.ConsoleFixture.Login;
import io.gradus.service.Role;
import io.gradus.service.people.MemberService;
import io.gradus.service.people.NewPerson;
import io.gradus.service.people.SignIn;
import io.gradus.service.people.TenantService;
import io.gradus.store.Users;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Members, profiles, the audit log and tenants, as those who use them see them.
@ConsoleTest
class PeopleBrowserTest {
  private static final String NASTY = "<img src=x onerror=alert(1)>";

  private final ConsoleFixture console;

  PeopleBrowserTest(ConsoleFixture console) {
    this.console = console;
  }

  @Test
  void someoneNewIsAskedInChoosesAPasswordAndSeesWhatTheyMay() {
    String account = console.newTenant("Harbour");
    Login admin = console.as(account, Role.ADMIN);
    String login = "new-" + UUID.randomUUID().toString().substring(0, 8);
    String password;
    try (Page page = console.page(admin, 1440, 900, false)) {
      page.navigate(console.address() + "/t/" + account + "/members");
      button(page, "Add member…").click();
      dialog(page).getByLabel("Login").fill(login);
      dialog(page).getByLabel("Name").fill(NASTY);
      dialog(page).getByLabel("Operator").check();
      dialog(page).getByRole(AriaRole.COMBOBOX).fill("night shift");
      dialog(page).getByRole(AriaRole.COMBOBOX).press("Enter");
      console.axe(page);
      button(page, "Add member").click();
      Locator shown = dialog(page).locator(".g-once-row code");
      assertThat(shown.first()).hasText(login);
      password = shown.nth(1).textContent();
      console.axe(page);
      button(page, "I have passed it on").click();
      Locator row = page.getByRole(AriaRole.ROW).filter(has(login));
      assertThat(row).containsText(NASTY);
      assertThat(row).containsText("night shift");
      assertThat(row).containsText("operator");
      console.axe(page);
    }

    try (Page page = console.visitor(390, 844, false)) {
      page.navigate(console.address() + "/login");
      console.logIn(page, new Login(login, password));
      assertThat(page).hasURL(Pattern.compile(".*/profile"));
      page.navigate(console.address() + "/t/" + account);
      assertThat(page).hasURL(Pattern.compile(".*/profile"));
      console.axe(page);
      changePassword(page, password, "password1234");
      assertThat(page.getByRole(AriaRole.ALERT).filter(has("first that are guessed"))).isVisible();
      changePassword(page, password, "seven slow trains");
      assertThat(page.getByText("Changed your password")).isVisible();
      // and goes on to where they wanted
      assertThat(page).hasURL(Pattern.compile(".*/t/" + account + "/state-machines"));
      fitsTheWindow(page);
      console.axe(page);

      page.navigate(console.address() + "/t/" + account + "/functions");
      assertThat(heading(page, "Functions")).isVisible();
      assertThat(button(page, "Register function…")).hasCount(0);
      page.navigate(console.address() + "/t/" + account + "/members");
      assertThat(heading(page, "Members")).hasCount(0);
    }
  }

  @Test
  void aNewPasswordEndsTheOtherSessions() {
    Login person = console.as(Role.VIEWER);
    try (Page here = console.page(person, 1440, 900, false);
        Page there = console.visitor(1440, 900, false)) {
      there.navigate(console.address() + "/login");
      console.logIn(there, person);
      there.waitForURL(console.address() + "/t/**");

      here.navigate(console.address() + "/profile");
      changePassword(here, person.password(), "nine quiet rivers");
      assertThat(here.getByText("Changed your password")).isVisible();

      there.navigate(console.address() + "/profile");
      assertThat(heading(there, "Profile")).hasCount(0);
      here.navigate(console.address() + "/profile");
      assertThat(heading(here, "Profile")).isVisible();
    }
  }

  @Test
  void theAuditLogIsFilteredOpenedVerifiedAndTakenOut() throws IOException {
    // given
    String account = console.newTenant("Ledger");
    Login admin = console.as(account, Role.ADMIN);
    var caller = console.caller(admin, account);
    MemberService members = console.part(MemberService.class);
    String login = "led-" + UUID.randomUUID().toString().substring(0, 8);
    members.create(
        caller,
        new NewPerson(login, NASTY, null),
        new MemberService.Part(Set.of(Role.VIEWER), Set.of()));
    members.change(
        caller, login, new MemberService.Part(Set.of(Role.AUTHOR), Set.of("night shift")));

    try (Page page = console.page(admin, 1440, 900, false)) {
      // when
      page.navigate(console.address() + "/t/" + account + "/audit");
      assertThat(page.locator("tbody tr")).hasCount(4);
      page.getByLabel("Target").fill(login.substring(2));
      assertThat(page).hasURL(Pattern.compile(".*target=.*"));
      page.navigate(console.address() + "/t/" + account + "/audit?action=UpdateMember");

      // then
      assertThat(page.locator("tbody tr")).hasCount(1);
      button(page, "Details of entry 3").click();
      assertThat(page.locator(".g-before")).containsText("viewer");
      assertThat(page.locator(".g-after")).containsText("night shift");
      console.axe(page);

      // when
      button(page, "Verify chain").click();

      // then
      assertThat(page.getByText("All 4 entries are as they were written")).isVisible();
      Download taken = page.waitForDownload(() -> page.getByText("Export JSON lines").click());
      assertThat(Files.readString(taken.path())).contains("UpdateMember").hasLineCount(1);
      page.navigate(console.address() + "/t/" + account + "/audit?who=user/nobody");
      assertThat(page.getByText("No entry is like that")).isVisible();
      console.axe(page);
    }
  }

  @Test
  void aSuspendedTenantIsShutUntilItIsResumed() {
    // given
    String name = "Wharf " + UUID.randomUUID().toString().substring(0, 6);
    Login root = console.admin();
    String account;
    Login member;
    try (Page page = console.page(root, 1440, 900, false)) {
      // when
      page.navigate(console.address() + "/tenants");
      button(page, "Create tenant…").click();
      dialog(page).getByLabel("Name").first().fill(name);
      dialog(page).getByLabel("Someone who signs in here already").check();
      dialog(page).getByLabel("Login").fill(root.login());
      button(page, "Create tenant").click();
      Locator row = page.getByRole(AriaRole.ROW).filter(has(name));
      assertThat(row).containsText("Active");
      console.axe(page);
      account = row.locator("code").textContent();
      member = console.as(account, Role.OPERATOR);
      try (Page theirs = console.page(member, 390, 844, false)) {
        // when
        button(page, "Suspend " + account).click();
        button(page, "Suspend tenant").click();
        assertThat(page.getByRole(AriaRole.ROW).filter(has(name))).containsText("Suspended");

        // then
        theirs.navigate(console.address() + "/t/" + account + "/functions");
        assertThat(heading(theirs, name + " is suspended")).isVisible();
        console.axe(theirs);

        // when
        button(page, "Resume " + account).click();

        // then
        assertThat(page.getByRole(AriaRole.ROW).filter(has(name))).containsText("Active");
        theirs.navigate(console.address() + "/t/" + account + "/functions");
        assertThat(heading(theirs, "Functions")).isVisible();
      }
    } finally {
      leave(root, name);
    }
  }

  /// The first administrator belongs to the first tenant only, for other tests' sake.
  private void leave(Login root, String name) {
    Users users = console.part(Users.class);
    var operator = users.findByLogin(root.login()).orElseThrow();
    console
        .part(TenantService.class)
        .list(console.part(SignIn.class).find(operator.id()).orElseThrow())
        .stream()
        .filter(tenant -> tenant.name().equals(name))
        .forEach(tenant -> console.setRoles(root, tenant.account()));
  }

  @Test
  void nobodyReachesAnotherTenantsPeopleOrTheListOfTenants() {
    String mine = console.newTenant("Mine");
    String other = console.newTenant("Other");
    Login admin = console.as(mine, Role.ADMIN);
    console.as(other, Role.ADMIN);
    try (Page page = console.page(admin, 1440, 900, false)) {
      for (String path : new String[] {"members", "audit", "access-keys", "functions"}) {
        page.navigate(console.address() + "/t/" + other + "/" + path);
        assertThat(page.locator("table")).hasCount(0);
        assertThat(page.getByText("Other")).hasCount(0);
      }
      page.navigate(console.address() + "/tenants");
      assertThat(heading(page, "Tenants")).hasCount(0);
      page.navigate(console.address() + "/t/" + mine + "/members");
      assertThat(page.locator("tbody tr")).hasCount(1);
    }
  }

  private static void changePassword(Page page, String current, String fresh) {
    page.getByLabel("Current password", exactly()).fill(current);
    page.getByLabel("New password", exactly()).fill(fresh);
    page.getByLabel("New password again", exactly()).fill(fresh);
    page.getByLabel("New password again", exactly()).press("Enter");
  }

  private static Page.GetByLabelOptions exactly() {
    return new Page.GetByLabelOptions().setExact(true);
  }

  private static Locator dialog(Page page) {
    return page.locator("vaadin-dialog[opened]");
  }

  private static Locator button(Page page, String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  private static Locator heading(Page page, String name) {
    return page.getByRole(
        AriaRole.HEADING, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  private static Locator.FilterOptions has(String text) {
    return new Locator.FilterOptions().setHasText(text);
  }

  private static void fitsTheWindow(Page page) {
    assertThat(page.evaluate("() => document.documentElement.scrollWidth <= innerWidth"))
        .isEqualTo(true);
  }
}
