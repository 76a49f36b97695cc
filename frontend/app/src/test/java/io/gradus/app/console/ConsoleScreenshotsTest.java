package io.gradus.app.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import io.gradus.app.console.ConsoleFixture.Login;
import io.gradus.service.Role;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/// The pictures in `docs/screenshots`, made anew by `./mvnw -pl frontend/app -am test
/// -Dtest=ConsoleScreenshotsTest -Dgradus.screenshots=<folder>`. It looks at what it shoots only so
/// far that a page which does not come up is not taken for one.
@ConsoleTest
@EnabledIfSystemProperty(named = "gradus.screenshots", matches = ".+")
class ConsoleScreenshotsTest {
  private final ConsoleFixture console;
  private String states = "";
  private String names = "";
  private final Path folder = Path.of(System.getProperty("gradus.screenshots", ""));

  ConsoleScreenshotsTest(ConsoleFixture console) {
    this.console = console;
  }

  @Test
  void allOfThem() {
    login();
    firstScreen();
    var northwind = new Northwind(console);
    northwind.work();
    running(northwind);
    approvals(northwind);
    states = northwind.threeHundredStates();
    names = northwind.longNames();
    all(northwind, northwind.mara, "", 1440, 900, false);
    all(northwind, northwind.mara, "-dark", 1440, 900, true);
    all(northwind, northwind.mara, "-phone", 390, 844, false);
  }

  /// In the middle of it, in both colours and on a phone.
  @Test
  void aMapRun() {
    var northwind = new Northwind(console, "Northwind Orders", "orders");
    String[] shots = {"map-run", "map-run-dark", "map-run-phone"};
    for (int i = 0; i < shots.length; i++) {
      String address = northwind.settleOrders("june-" + i);
      boolean phone = i == 2;
      try (Page page =
          console.page(northwind.mara, phone ? 390 : 1440, phone ? 844 : 900, i == 1)) {
        page.navigate(address);
        page.waitForFunction(
            "() => /[4-9]\\d\\d of 900/.test(document.querySelector('.g-figure')?.textContent ?? '')",
            null,
            new Page.WaitForFunctionOptions().setTimeout(60_000));
        shoot(page, shots[i]);
      }
    }
  }

  @Test
  void theDashboard() {
    var northwind = new Northwind(console, "Northwind Prints", "prints");
    northwind.aDay();
    String[] shots = {"dashboard", "dashboard-dark", "dashboard-phone"};
    for (int i = 0; i < shots.length; i++) {
      boolean phone = i == 2;
      try (Page page =
          console.page(northwind.mara, phone ? 390 : 1440, phone ? 844 : 900, i == 1)) {
        visit(page, northwind.page("/dashboard"), "gradus-chart rect.ok", shots[i]);
      }
    }
  }

  private void login() {
    for (boolean dark : new boolean[] {false, true}) {
      try (Page page = console.visitor(1440, 900, dark)) {
        page.navigate(console.address() + "/login");
        assertThat(page.locator("input[name=password]")).isVisible();
        shoot(page, dark ? "login-dark" : "login");
      }
    }
  }

  private void firstScreen() {
    String account = console.newTenant("Fabrikam");
    Login ann = console.person("ann.wikander", "Ann Wikander", account, Role.ADMIN);
    for (boolean dark : new boolean[] {false, true}) {
      try (Page page = console.page(ann, 1440, 900, dark)) {
        page.navigate(console.address() + "/t/" + account + "/state-machines");
        assertThat(page.locator("article.g-template gradus-graph [data-ready]").first())
            .isVisible();
        shoot(page, dark ? "first-screen-dark" : "first-screen");
      }
    }
  }

  /// While a third of the pictures is through, in both colours and on a phone: three runs.
  private void running(Northwind northwind) {
    String[] names = {"running", "running-dark", "running-phone"};
    for (int i = 0; i < names.length; i++) {
      String address = northwind.importPhotos("album-2026-11-22-031" + i);
      boolean phone = i == 2;
      try (Page page =
          console.page(northwind.mara, phone ? 390 : 1440, phone ? 844 : 900, i == 1)) {
        page.navigate(address);
        // The step list of a phone stands behind the graph on a wide screen, and says it too.
        page.waitForFunction(
            "() => /3\\d of 100/.test(document.querySelector('.g-steps')?.textContent ?? '')",
            null,
            new Page.WaitForFunctionOptions().setTimeout(60_000));
        shoot(page, "execution-" + names[i]);
      }
    }
  }

  private void all(
      Northwind northwind, Login who, String suffix, int width, int height, boolean dark) {
    try (Page page = console.page(who, width, height, dark)) {
      visit(
          page,
          northwind.page("/templates"),
          "article.g-template gradus-graph [data-ready]",
          "templates" + suffix);
      visit(page, northwind.page("/templates/order-saga"), "gradus-code", "template" + suffix);
      visit(page, northwind.page("/state-machines"), "vaadin-grid", "state-machines" + suffix);
      visit(
          page,
          northwind.page("/state-machines/order-fulfilment")
              + (width < 600 ? "" : "?state=Charge%20card"),
          "gradus-graph [data-ready]",
          "studio" + suffix);
      visit(page, northwind.page("/executions"), "vaadin-grid", "executions" + suffix);
      visit(
          page,
          northwind.page("/executions/order-fulfilment/SO-90413"),
          width < 600 ? ".g-steps" : "gradus-graph [data-ready]",
          "execution-failed" + suffix);
      visit(page, northwind.page("/members"), ".g-rows tbody tr", "members" + suffix);
      visit(page, northwind.page("/audit"), ".g-rows tbody tr", "audit" + suffix);
      visit(page, states, "gradus-graph [data-ready]", "graph-300-states" + suffix);
      visit(page, names, "gradus-graph [data-ready]", "studio-long-names" + suffix);
      problems(
          page, northwind.page("/state-machines/order-fulfilment"), "studio-problems" + suffix);
    }
  }

  /// A target that is not there, with its node, its line and its place in the list.
  private void problems(Page page, String address, String name) {
    page.navigate(address + "?view=" + (page.viewportSize().width < 600 ? "code" : "split"));
    page.locator("gradus-code")
        .evaluate(
            """
            code => {
              const at = code.text.indexOf('"Next": "Release stock"') + 22;
              const lines = code.text.slice(0, at).split('\\n');
              code.reveal(lines.length, lines.at(-1).length + 1);
            }""");
    page.keyboard().type("s");
    assertThat(page.locator(".cm-lint-marker-error").first()).isVisible();
    page.keyboard().press("Control+.");
    assertThat(page.locator(".cm-completionLabel").first()).isVisible();
    shoot(page, name);
  }

  private void approvals(Northwind northwind) {
    for (boolean dark : new boolean[] {false, true}) {
      try (Page page = console.page(northwind.jonas, 1440, 900, dark)) {
        page.navigate(northwind.page("/approvals"));
        page.getByText("Mara Lind").first().click();
        // The strip follows the text.
        assertThat(page.locator("gradus-graph").getByText("Ask approver").first()).isVisible();
        shoot(page, dark ? "approvals-dark" : "approvals");
      }
    }
    try (Page page = console.page(northwind.jonas, 390, 844, false)) {
      page.navigate(northwind.page("/approvals"));
      assertThat(page.getByText("Mara Lind").first()).isVisible();
      shoot(page, "approvals-phone");
      page.getByText("Mara Lind").first().click();
      shoot(page, "approval-phone");
    }
  }

  private void visit(Page page, String address, String there, String name) {
    page.navigate(address);
    assertThat(page.locator(there).first()).isVisible();
    shoot(page, name);
  }

  /// When fonts are there, every graph in sight is drawn, and nothing moves but what always does.
  private void shoot(Page page, String name) {
    page.waitForFunction(
        """
        () => document.fonts.status === 'loaded'
          && !document.querySelector('vaadin-connection-indicator[loading]')
          && [...document.querySelectorAll('gradus-graph')]
            .filter(graph => graph.checkVisibility() && graph.getBoundingClientRect().top < innerHeight)
            .every(graph => graph.shadowRoot.querySelector('[data-ready]'))
          && document.getAnimations().every(a => a.playState !== 'running'
              || a.effect?.getTiming().iterations === Infinity)""");
    page.screenshot(new Page.ScreenshotOptions().setPath(folder.resolve(name + ".png")));
  }
}
