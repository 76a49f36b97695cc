package io.gradus.app;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// The console in a real browser. It wants the bundle, which a quick build of the classes alone
/// leaves out.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConsoleBrowserTest {
  private RunningGradus gradus;
  private Playwright playwright;
  private Browser browser;

  @BeforeAll
  void start(@TempDir Path data) {
    assumeTrue(
        getClass().getResource("/META-INF/VAADIN/config/flow-build-info.json") != null,
        "the console's bundle was not built: ./gradus test builds it");
    gradus = RunningGradus.start(data);
    playwright =
        Playwright.create(
            new Playwright.CreateOptions()
                .setEnv(java.util.Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(Path.of("/usr/bin/chromium"))
                    .setArgs(
                        List.of(
                            "--headless",
                            "--no-sandbox",
                            "--disable-gpu",
                            "--disable-quic",
                            "--no-first-run",
                            "--disable-background-networking",
                            "--disable-component-update",
                            "--disable-sync")));
  }

  @AfterAll
  void stop() {
    if (browser != null) {
      browser.close();
    }
    if (playwright != null) {
      playwright.close();
    }
    if (gradus != null) {
      gradus.close();
    }
  }

  @Test
  void theFirstLoginOpensTheConsoleAndLogOutClosesIt() {
    var login = gradus.firstLogin();
    try (Page page = browser.newPage()) {
      page.navigate(gradus.address() + "/");
      page.getByLabel("User").fill(login.login());
      page.locator("input[name=password]").fill(login.password());
      page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Log in")).click();
      assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("Overview")))
          .isVisible();

      page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Log out")).click();
      assertThat(page).hasURL(Pattern.compile(".*/login"));
    }
  }

  @Test
  void aWrongPasswordStaysOutside() {
    try (Page page = browser.newPage()) {
      page.navigate(gradus.address() + "/login");
      page.getByLabel("User").fill("admin");
      page.locator("input[name=password]").fill("not the password");
      page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Log in")).click();
      assertThat(page.getByText("That user and password do not match")).isVisible();
    }
  }
}
