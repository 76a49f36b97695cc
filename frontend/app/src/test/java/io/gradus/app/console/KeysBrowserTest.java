package io.gradus.app.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.gradus.app.console.ConsoleFixture.Login;
import io.gradus.service.Role;
import java.net.URI;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.SfnException;

/// Access keys and functions, from their pages to the programs that use them.
@ConsoleTest
class KeysBrowserTest {
  private final ConsoleFixture console;

  KeysBrowserTest(ConsoleFixture console) {
    this.console = console;
  }

  @Test
  void aKeyFromThePageSignsRequestsUntilItIsRevoked() {
    String account = console.newTenant("Keys");
    Login admin = console.as(account, Role.ADMIN);
    try (Page page = console.page(admin, 1440, 900, false)) {
      page.navigate(console.address() + "/t/" + account + "/access-keys");
      assertThat(page.getByText("No access keys")).isVisible();
      console.axe(page);

      // when
      button(page, "Create access key…").click();
      dialog(page).getByLabel("Description").fill("nightly import");
      console.axe(page);
      dialog(page)
          .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Create access key"))
          .click();
      Locator shown = dialog(page).locator(".g-once-row code");
      assertThat(shown).hasCount(2);
      String id = shown.nth(0).textContent();
      String secret = shown.nth(1).textContent();
      assertThat(dialog(page).locator("pre")).containsText("endpoint_url = " + console.address());
      console.axe(page);
      button(page, "I have stored the secret").click();

      // then
      assertThat(page.getByText(secret)).hasCount(0);
      try (SfnClient program = program(id, secret)) {
        assertThat(program.listStateMachines().stateMachines()).isEmpty();

        // when
        button(page, "Revoke " + id).click();
        button(page, "Revoke access key").click();
        assertThat(page.getByText("No access key is in use")).isVisible();

        // then
        assertThatThrownBy(program::listStateMachines)
            .isInstanceOfSatisfying(
                SfnException.class,
                e ->
                    assertThat(e.awsErrorDetails().errorCode())
                        .isEqualTo("UnrecognizedClientException"));
      }
      page.getByLabel("Show revoked").check();
      assertThat(page.getByRole(AriaRole.ROW).filter(has("Revoked"))).containsText(id);
    }
  }

  @Test
  void aRotatedKeyGoesOnBesideTheNewOne() {
    String account = console.newTenant("Rotation");
    Login admin = console.as(account, Role.ADMIN);
    try (Page page = console.page(admin, 390, 844, true)) {
      page.navigate(console.address() + "/t/" + account + "/access-keys");
      button(page, "Create access key…").click();
      dialog(page)
          .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Create access key"))
          .click();
      String id = dialog(page).locator(".g-once-row code").first().textContent();
      button(page, "I have stored the secret").click();

      button(page, "Rotate " + id).click();
      console.axe(page);
      button(page, "Rotate access key").click();
      button(page, "I have stored the secret").click();

      assertThat(page.getByRole(AriaRole.ROW).filter(has(id))).containsText("Ends in");
      assertThat(page.getByText("2 in use")).isVisible();
      fitsTheWindow(page);
      console.axe(page);
    }
  }

  @Test
  void aFunctionIsRegisteredTestedAndDeleted() {
    String account = console.newTenant("Functions");
    Login author = console.as(account, Role.AUTHOR);
    try (Page page = console.page(author, 1440, 900, false)) {
      page.navigate(console.address() + "/t/" + account + "/functions");
      button(page, "Register function…").click();
      dialog(page).getByLabel("Name").fill("re size");
      dialog(page).getByLabel("URL").fill("http://169.254.169.254/latest");
      button(page, "Register function").last().click();
      assertThat(page.getByRole(AriaRole.ALERT)).containsText("Invalid Name: 're size'");
      dialog(page).getByLabel("Name").fill("resize");
      button(page, "Register function").last().click();
      assertThat(page.getByRole(AriaRole.ROW).filter(has("resize"))).containsText("60 s");

      // when
      button(page, "Test resize").click();
      button(page, "Call function").click();

      // then
      assertThat(dialog(page).getByText("The egress policy does not allow")).isVisible();
      console.axe(page);
      button(page, "Close").first().click();
      button(page, "Delete resize").click();
      button(page, "Delete function").click();
      assertThat(page.getByText("No functions")).isVisible();
    }
  }

  private SfnClient program(String id, String secret) {
    return SfnClient.builder()
        .endpointOverride(URI.create(console.address()))
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create(id, secret)))
        .build();
  }

  private static Locator dialog(Page page) {
    return page.locator("vaadin-dialog[opened]");
  }

  private static Locator button(Page page, String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  private static Locator.FilterOptions has(String text) {
    return new Locator.FilterOptions().setHasText(text);
  }

  private static void fitsTheWindow(Page page) {
    assertThat(page.evaluate("() => document.documentElement.scrollWidth <= innerWidth"))
        .isEqualTo(true);
  }
}
