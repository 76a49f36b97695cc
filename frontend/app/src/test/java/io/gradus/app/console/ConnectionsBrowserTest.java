package io.gradus.app.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.gradus.app.console.ConsoleFixture.Login;
import io.gradus.service.Role;
import org.junit.jupiter.api.Test;

/// Connections: made, tried, changed and deleted by an administrator, and read by others.
@ConsoleTest
class ConnectionsBrowserTest {
  private static final String AUTHORITIES = "Certificate authorities (optional)";
  private static final String HOSTS = "Only for these hosts (optional)";

  private final ConsoleFixture console;

  ConnectionsBrowserTest(ConsoleFixture console) {
    this.console = console;
  }

  @Test
  void aConnectionIsMadeTriedChangedAndDeleted() {
    String account = console.newTenant("Connections");
    Login admin = console.as(account, Role.ADMIN);
    try (Page page = console.page(admin, 1440, 900, false)) {
      page.navigate(console.address() + "/t/" + account + "/connections");
      assertThat(page.getByText("No connections")).isVisible();
      console.screenshot(page, "connections-empty");
      button(page, "New connection…").click();
      console.screenshot(page, "connection-aws");

      // when a kind is chosen, what it asks for is shown
      choose(page, "Kind", "HTTP");
      assertThat(dialog(page).getByLabel("User name")).isHidden();
      choose(page, "Authorization", "Basic");
      dialog(page).getByLabel("Name", exact()).fill("my shop");
      dialog(page).getByLabel("User name").fill("ann");
      button(page, "Save connection").click();

      // then what is missing or wrong is told, and what was typed stays
      assertThat(page.locator(".g-form-problem")).containsText("Invalid Name: 'my shop'");
      dialog(page).getByLabel("Name", exact()).fill("shop");
      button(page, "Save connection").click();
      assertThat(page.locator(".g-form-problem")).containsText("Password must be given (password)");
      dialog(page).locator("vaadin-password-field[data-field=password] input").fill("letmein-1");
      dialog(page).getByLabel(HOSTS).fill("shop.example.org");
      dialog(page).getByLabel("URL to test with (optional)").fill("http://127.0.0.1:9/");
      dialog(page).getByLabel(AUTHORITIES).fill("-----BEGIN PRIVATE KEY-----");
      button(page, "Save connection").click();
      assertThat(page.locator(".g-form-problem"))
          .containsText("it has a private key, which nobody but its server should have");
      dialog(page).getByLabel(AUTHORITIES).fill("");
      console.axe(page);
      button(page, "Test connection").click();
      assertThat(dialog(page).getByText("It does not work")).isVisible();
      assertThat(dialog(page)).containsText("may not be used to call 127.0.0.1");
      console.screenshot(page, "connection-tried");
      button(page, "Save connection").click();
      Locator row = page.getByRole(AriaRole.ROW).filter(has("shop"));
      assertThat(row).containsText("shop.example.org · as ann");

      // and the secret is kept, and not shown, until the connection leads elsewhere
      button(page, "Edit shop").click();
      assertThat(dialog(page)).containsText("An HTTP API");
      assertThat(dialog(page).getByLabel("Name", exact())).isHidden();
      assertThat(dialog(page).locator("vaadin-password-field[data-field=password] input"))
          .hasValue("");
      assertThat(dialog(page)).containsText("Kept, and not shown");
      dialog(page).getByLabel(HOSTS).fill("evil.example.org");
      button(page, "Save connection").click();
      assertThat(page.locator(".g-form-problem")).containsText("give its secrets anew (Password)");
      dialog(page).getByLabel(HOSTS).fill("shop.example.org");
      dialog(page).getByLabel("User name").fill("bob");
      button(page, "Save connection").click();
      assertThat(row).containsText("shop.example.org · as bob");
      console.axe(page);
      console.screenshot(page, "connections");
      page.setViewportSize(390, 844);
      console.screenshot(page, "connections-phone-light");
      page.setViewportSize(1440, 900);

      button(page, "Delete shop").click();
      button(page, "Delete connection").click();
      assertThat(page.getByText("No connections")).isVisible();
    }
  }

  @Test
  void aViewerReadsWhereTheyLead() {
    String account = console.newTenant("Connections read");
    Login admin = console.as(account, Role.ADMIN);
    try (Page page = console.page(admin, 390, 844, true)) {
      page.navigate(console.address() + "/t/" + account + "/connections");
      button(page, "New connection…").click();
      choose(page, "Kind", "Mail");
      dialog(page).getByLabel("Name", exact()).fill("orders");
      dialog(page).getByLabel("Host").fill("mail.example.org");
      dialog(page).getByLabel("Sender").fill("orders@example.org");
      console.screenshot(page, "connection-mail-phone");
      button(page, "Save connection").click();
      assertThat(page.getByText("mail.example.org:587 as orders@example.org")).isVisible();
      console.screenshot(page, "connections-phone");
    }
    Login viewer = console.as(account, Role.VIEWER);
    try (Page page = console.page(viewer, 1440, 900, true)) {
      page.navigate(console.address() + "/t/" + account + "/connections");
      assertThat(page.getByText("mail.example.org:587 as orders@example.org")).isVisible();
      assertThat(page.getByText("Default", new Page.GetByTextOptions().setExact(true))).isVisible();
      assertThat(button(page, "New connection…")).isHidden();
      console.screenshot(page, "connections-dark");
      assertThat(button(page, "Edit orders")).isHidden();
      console.axe(page);
    }
  }

  private static void choose(Page page, String label, String item) {
    dialog(page).getByLabel(label, exact()).first().click();
    page.getByRole(AriaRole.OPTION, new Page.GetByRoleOptions().setName(item).setExact(true))
        .click();
  }

  private static Locator.GetByLabelOptions exact() {
    return new Locator.GetByLabelOptions().setExact(true);
  }

  private static Locator dialog(Page page) {
    return page.getByRole(AriaRole.DIALOG);
  }

  private static Locator button(Page page, String name) {
    return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
  }

  private static Locator.FilterOptions has(String text) {
    return new Locator.FilterOptions().setHasText(text);
  }
}
