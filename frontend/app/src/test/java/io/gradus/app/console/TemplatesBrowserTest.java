package io.gradus.app.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import io.gradus.service.Role;
import io.gradus.service.template.TemplateService;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The gallery, and a template from near.
@ConsoleTest
class TemplatesBrowserTest {
  private final ConsoleFixture console;

  TemplatesBrowserTest(ConsoleFixture console) {
    this.console = console;
  }

  private String address(String account, String rest) {
    return console.address() + "/t/" + account + "/templates" + rest;
  }

  private static Locator cards(Page page) {
    return page.locator("article.g-template");
  }

  private static Locator button(Page page, String name) {
    return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
  }

  @Test
  void allAreDrawnAndCanBeNarrowedDownByKindAndWords() {
    int all = console.part(TemplateService.class).all().size();
    try (Page page = console.page(console.as(Role.VIEWER), 1440, 900, false)) {
      page.navigate(address(console.account(), ""));
      assertThat(cards(page)).hasCount(all);
      assertThat(page.locator("article.g-template gradus-graph svg").first()).isVisible();

      button(page, "People").click();
      assertThat(page).hasURL(Pattern.compile(".*\\?kind=people"));
      page.getByLabel("Filter templates").fill("SIGNATURES two");
      assertThat(cards(page)).hasCount(1);
      assertThat(page).hasURL(Pattern.compile(".*[?&]q=SIGNATURES.*"));

      page.reload();
      assertThat(cards(page)).hasCount(1);

      page.getByLabel("Filter templates").fill("nothing like it");
      assertThat(page.getByText("No template fits")).isVisible();
      button(page, "Show all").click();
      assertThat(cards(page)).hasCount(all);
    }
  }

  @Test
  void thoseWhoMayOnlyLookGetNoButtons() {
    try (Page page = console.page(console.as(Role.VIEWER), 1440, 900, false)) {
      page.navigate(address(console.account(), ""));
      assertThat(cards(page).first()).isVisible();
      assertThat(page.getByText("Run now")).hasCount(0);
      page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Order saga")).click();
      assertThat(page).hasURL(Pattern.compile(".*/templates/order-saga"));
      assertThat(page.locator("gradus-graph").getByText("Charge card")).isVisible();
      assertThat(page.getByText("Run now")).hasCount(0);
    }
  }

  @Test
  void runNowMakesTheMachineAndShowsItsExecution() {
    String account = console.newTenant("Gallery");
    try (Page page = console.page(console.as(account, Role.AUTHOR), 1440, 900, false)) {
      page.navigate(address(account, ""));
      button(page, "Run now: Tour of the eight states").click();
      assertThat(page).hasURL(Pattern.compile(".*/executions/eight-states/trial-[0-9a-f]{6}.*"));
    }
  }

  @Test
  void aTemplateRunsTheMachinesThatItStartsOnMocksOfTheirOwn() {
    String account = console.newTenant("Videos");
    try (Page page = console.page(console.as(account, Role.AUTHOR), 1440, 900, false)) {
      page.navigate(address(account, "/video-on-demand"));
      assertThat(page.getByText("which are made along with it.")).isVisible();
      assertThat(page.getByText("Test cases")).isVisible();
      page.getByText("Run now").first().click();
      assertThat(page).hasURL(Pattern.compile(".*/executions/video-on-demand/trial-[0-9a-f]{6}.*"));
      // It takes about twenty seconds, so that one can watch.
      assertThat(page.locator(".g-exec-title .g-status"))
          .hasText("Succeeded", new LocatorAssertions.HasTextOptions().setTimeout(90_000));
      page.navigate(console.address() + "/t/" + account + "/state-machines");
      for (String machine : new String[] {"video-on-demand-process", "video-on-demand-publish"}) {
        assertThat(page.getByText(machine).first()).isVisible();
      }
    }
  }

  @Test
  void anUnknownTemplateIsAMissingPage() {
    try (Page page = console.page(console.as(Role.VIEWER), 1440, 900, false)) {
      page.navigate(address(console.account(), "/no-such"));
      assertThat(page.getByText("Definition")).hasCount(0);
    }
  }

  @Test
  void isAccessible() {
    for (boolean dark : new boolean[] {false, true}) {
      try (Page page = console.page(console.admin(), 1440, 900, dark)) {
        page.navigate(address(console.account(), ""));
        assertThat(page.locator("article.g-template gradus-graph svg").first()).isVisible();
        assertThat(page.locator("html[theme='dark']")).hasCount(dark ? 1 : 0);
        console.axe(page);
        page.navigate(address(console.account(), "/eight-states"));
        assertThat(page.locator("gradus-code").first()).isVisible();
        console.axe(page);
      }
    }
  }
}
