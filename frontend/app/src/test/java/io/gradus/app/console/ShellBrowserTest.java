package io.gradus.app.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.gradus.app.console.ConsoleFixture.Login;
import io.gradus.service.Role;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The way in, the way around and the way out.
@ConsoleTest
class ShellBrowserTest {
  private final ConsoleFixture console;

  ShellBrowserTest(ConsoleFixture console) {
    this.console = console;
  }

  @Test
  void theFirstLoginOpensTheConsoleAndLogOutClosesIt() {
    try (Page page = console.visitor(1440, 900, false)) {
      page.navigate(console.address() + "/");
      console.logIn(page, console.admin());
      page.waitForURL(console.address() + "/t/" + console.account());

      page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Log out")).click();
      assertThat(page).hasURL(Pattern.compile(".*/login"));
    }
  }

  @Test
  void aWrongPasswordStaysOutside() {
    try (Page page = console.visitor(1440, 900, false)) {
      page.navigate(console.address() + "/login");
      console.logIn(page, new Login("admin", "not the password"));
      assertThat(page.getByText("That user and password do not match")).isVisible();
    }
  }

  @Test
  void aTenantOfOthersLooksLikeNoPage() {
    String other = console.newTenant("Somebody else's");
    try (Page page = console.page(console.as(Role.VIEWER), 1440, 900, false)) {
      page.navigate(console.address() + "/t/" + other);
      assertThat(page.getByText("Overview")).not().isVisible();
    }
  }
}
