package io.gradus.app.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.gradus.app.console.ConsoleFixture.Login;
import io.gradus.asl.validate.MachineType;
import io.gradus.service.Caller;
import io.gradus.service.Role;
import io.gradus.service.definition.StateMachine;
import io.gradus.service.definition.StateMachineService;
import io.gradus.service.execution.Execution;
import io.gradus.service.execution.ExecutionService;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What must hold on every page: nothing against it, light or dark, wide or narrow; and what a
/// person wrote is text, whatever it looks like.
@ConsoleTest
class ConsoleEverywhereTest {
  /// Each would set `fired` where it is taken for markup or for a script.
  private static final List<String> EVIL =
      List.of(
          "<img src=x onerror=\"window.fired=1\">",
          "\"><svg onload=\"window.fired=1\">",
          "'><script>window.fired=1</script>",
          "javascript:window.fired=1",
          "${window.fired=1}",
          "{{constructor.constructor('window.fired=1')()}}",
          "</script><script>window.fired=1</script>",
          "[[window.fired=1]]");

  private final ConsoleFixture console;

  ConsoleEverywhereTest(ConsoleFixture console) {
    this.console = console;
  }

  private record World(Login admin, String account, List<String> paths) {}

  @ParameterizedTest
  @CsvSource({"1440, false", "1440, true", "390, false", "390, true"})
  void nothingIsAgainstAnyPage(int width, boolean dark) {
    World world = world("Harbour Prints", "Ines Okafor", List.of("a quiet text"));
    List<String> found = new ArrayList<>();
    try (Page page = console.page(world.admin(), width, 900, dark)) {
      // Not yet the studio and an execution: their code to read cannot be scrolled by keyboard, and
      // axe minds what is inside of Vaadin's tabs.
      for (String path : world.paths()) {
        if (path.matches(".*/(state-machines|executions)/machine-\\d+(/run)?")) {
          continue;
        }
        open(page, path);
        try {
          console.axe(page);
        } catch (AssertionError problem) {
          found.add(problem.getMessage());
        }
        console.screenshot(
            page, "everywhere" + path.replaceAll("[^a-z]+", "-") + width + (dark ? "-dark" : ""));
      }
    }
    assertThat(found).isEmpty();
  }

  @Test
  void whatAPersonWroteFiresNowhere() {
    World world = world(EVIL.get(0), EVIL.get(1), EVIL);
    try (Page page = console.page(world.admin(), 1440, 900, false)) {
      for (String path : world.paths()) {
        open(page, path);
        assertThat(page.evaluate("window.fired")).as("fired on %s", path).isNull();
        assertThat(page.locator("img[src=x], svg[onload], a[href^='javascript:']").count())
            .as("markup on %s", path)
            .isZero();
      }
    }
  }

  private void open(Page page, String path) {
    page.navigate(console.address() + path);
    assertThat(page.locator("main")).isVisible();
    page.waitForFunction(
        "!window.Vaadin.Flow?.clients || Object.values(window.Vaadin.Flow.clients)"
            + ".every(client => !client.isActive || !client.isActive())");
  }

  /// A tenant with a state machine and an ended execution for each of the texts, which stand in
  /// every place that a person writes to.
  private World world(String tenantName, String personName, List<String> texts) {
    String account = console.newTenant(tenantName);
    String login = "everywhere-" + account;
    Login admin = console.person(login, personName, account, Role.ADMIN);
    Caller caller = console.caller(admin, account);
    List<String> paths = new ArrayList<>(pages(account));
    int number = 0;
    for (String text : texts) {
      String machine = "machine-" + number++;
      console
          .part(StateMachineService.class)
          .create(
              caller,
              new StateMachine.Draft(
                  machine,
                  definition(text),
                  "arn:aws:iam::" + account + ":role/any",
                  MachineType.STANDARD,
                  null,
                  null,
                  Map.of()));
      String arn = "arn:aws:states:us-east-1:" + account + ":stateMachine:" + machine;
      var started =
          console
              .part(ExecutionService.class)
              .start(
                  caller,
                  new Execution.Start(arn, "run", "{\"text\":" + quoted(text) + "}", null, null));
      assertThat(started.arn()).endsWith(":run");
      paths.add("/t/" + account + "/state-machines/" + machine);
      paths.add("/t/" + account + "/state-machines/" + machine + "/revisions");
      paths.add("/t/" + account + "/executions/" + machine + "/run");
    }
    return new World(admin, account, paths);
  }

  private static List<String> pages(String account) {
    String tenant = "/t/" + account;
    return List.of(
        tenant + "/state-machines",
        tenant + "/create",
        tenant + "/executions",
        tenant + "/approvals",
        tenant + "/templates",
        tenant + "/functions",
        tenant + "/access-keys",
        tenant + "/members",
        tenant + "/limits",
        tenant + "/audit",
        "/profile",
        "/nowhere");
  }

  private static String definition(String text) {
    return """
    {"Comment": %1$s, "StartAt": %2$s, "States": {
      %2$s: {"Type": "Pass", "Comment": %1$s, "Result": {"said": %1$s}, "Next": %3$s},
      %3$s: {"Type": "Fail", "Error": %1$s, "Cause": %1$s}}}
    """
        .formatted(quoted(text), quoted(text), quoted("then " + text));
  }

  private static String quoted(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }
}
