package io.gradus.app.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.gradus.app.console.ConsoleFixture.Login;
import io.gradus.asl.validate.MachineType;
import io.gradus.service.Caller;
import io.gradus.service.Role;
import io.gradus.service.definition.StateMachine;
import io.gradus.service.definition.StateMachineService;
import io.gradus.service.limit.LimitService;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// AWS's limits, switched for a tenant, and otherwise for one of its state machines.
@ConsoleTest
class LimitsBrowserTest {
  private final ConsoleFixture console;

  LimitsBrowserTest(ConsoleFixture console) {
    this.console = console;
  }

  @Test
  void theyAreSwitchedOffForATenantAndOnForOneMachine() {
    String account = console.newTenant("Limits");
    Login admin = console.as(account, Role.ADMIN);
    Caller caller = console.caller(admin, account);
    String arn =
        console
            .part(StateMachineService.class)
            .create(
                caller,
                new StateMachine.Draft(
                    "m",
                    "{\"StartAt\":\"A\",\"States\":{\"A\":{\"Type\":\"Succeed\"}}}",
                    "arn:aws:iam::" + account + ":role/any",
                    MachineType.STANDARD,
                    null,
                    null,
                    Map.of()))
            .arn();
    try (Page page = console.page(admin, 1440, 900, false)) {
      page.navigate(console.address() + "/t/" + account + "/limits");
      Locator strict = page.getByLabel("AWS-strict");
      assertThat(strict).isChecked();
      assertThat(page.locator("main")).containsText("event 25,000 is the last one");
      strict.click();
      assertThat(page.locator("main")).containsText("histories have no end");
      console.axe(page);
      console.screenshot(page, "limits");
      page.reload();
      assertThat(page.getByLabel("AWS-strict")).not().isChecked();

      page.navigate(console.address() + "/t/" + account + "/state-machines/m");
      page.getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName("More")).click();
      page.getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName("Settings…")).click();
      Locator dialog = page.getByRole(AriaRole.DIALOG);
      assertThat(dialog.getByLabel("As the tenant: off")).isChecked();
      dialog.getByLabel("On", new Locator.GetByLabelOptions().setExact(true)).click();
      console.screenshot(page, "machine-limits");
      dialog.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Save")).click();
      assertThat(page.getByText("The limits hold for what is started from now on")).isVisible();
    }
    assertThat(console.part(LimitService.class).ofMachine(caller, arn).own()).isTrue();
  }
}
