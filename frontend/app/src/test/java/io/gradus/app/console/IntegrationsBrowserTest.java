package io.gradus.app.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.gradus.app.console.ConsoleFixture.Login;
import io.gradus.service.Role;
import io.gradus.service.connection.Connection;
import io.gradus.service.connection.ConnectionKind;
import io.gradus.service.connection.ConnectionService;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The catalogue of what a Task can call.
@ConsoleTest
class IntegrationsBrowserTest {
  private final ConsoleFixture console;

  IntegrationsBrowserTest(ConsoleFixture console) {
    this.console = console;
  }

  @Test
  void anActionIsFoundAndRead() {
    String account = console.newTenant("Integrations");
    Login reader = console.as(account, Role.VIEWER);
    try (Page page = console.page(reader, 1440, 900, false)) {
      page.navigate(console.address() + "/t/" + account + "/integrations");
      assertThat(row(page, "SQL")).containsText("No SQL connection");
      console.axe(page);
      console.screenshot(page, "integrations");

      // when
      page.getByLabel("Service or action").fill("putIt");
      assertThat(row(page, "SQL")).hasCount(0);
      page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("DynamoDB")).click();

      // then
      assertThat(page).hasURL(Pattern.compile(".*/integrations/dynamodb.*"));
      Locator call = page.locator("details[data-resource='arn:aws:states:::dynamodb:putItem']");
      call.locator("summary").click();
      assertThat(call).containsText("ConditionExpression");
      assertThat(call).containsText("DynamoDB.ConditionalCheckFailedException");
      assertThat(call.locator("pre"))
          .containsText("\"Resource\": \"arn:aws:states:::dynamodb:putItem\"");
      console.axe(page);
      console.screenshot(page, "integration");
      page.setViewportSize(390, 844);
      console.screenshot(page, "integration-phone-light");
      page.setViewportSize(1440, 900);

      // An action by its address is open in both of its forms.
      page.navigate(console.address() + "/t/" + account + "/integrations/dynamodb?action=putItem");
      assertThat(page.locator("details[open] pre")).hasCount(2);
      console.axe(page);
    }
  }

  @Test
  void aConnectionShowsWhereItIsNeeded() {
    String account = console.newTenant("Integrations connected");
    Login admin = console.as(account, Role.ADMIN);
    console
        .part(ConnectionService.class)
        .create(
            console.caller(admin, account),
            new Connection.Draft(
                "hook",
                ConnectionKind.SLACK,
                false,
                Map.of(),
                Map.of("url", "https://hooks.example.org/x")));
    try (Page page = console.page(admin, 390, 844, true)) {
      page.navigate(console.address() + "/t/" + account + "/integrations");
      assertThat(row(page, "Slack")).containsText("Connected");
      page.setViewportSize(1440, 900);
      console.screenshot(page, "integrations-dark");
      page.setViewportSize(390, 844);
      console.screenshot(page, "integrations-phone");
      page.navigate(console.address() + "/t/" + account + "/integrations/sql?action=query");
      assertThat(page.getByText("No SQL connection")).isVisible();
      assertThat(page.locator("details pre")).containsText("sql:query");
      console.axe(page);
      console.screenshot(page, "integration-phone");
    }
  }

  private static Locator row(Page page, String service) {
    return page.getByRole(AriaRole.ROW)
        .filter(
            new Locator.FilterOptions()
                .setHas(
                    page.getByRole(
                        AriaRole.LINK,
                        new Page.GetByRoleOptions().setName(service).setExact(true))));
  }
}
