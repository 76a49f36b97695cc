package io.gradus.app.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.WebSocketRoute;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import io.gradus.app.RunningGradus;
import io.gradus.app.console.ConsoleFixture.Login;
import io.gradus.asl.validate.MachineType;
import io.gradus.service.Caller;
import io.gradus.service.Role;
import io.gradus.service.definition.StateMachine;
import io.gradus.service.definition.StateMachineService;
import io.gradus.service.execution.Execution;
import io.gradus.service.execution.ExecutionService;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A page that is open while something happens elsewhere: on another node, on the way to the
/// server, to the session, to an execution that was over.
@ConsoleTest
class LiveBrowserTest {
  private static final String LINGERS =
      """
      {"StartAt": "Begin", "States": {
        "Begin": {"Type": "Pass", "Result": {"made": 7}, "Next": "Linger"},
        "Linger": {"Type": "Wait", "Seconds": 600, "End": true}}}\
      """;

  private static final LocatorAssertions.HasTextOptions VISIBLE =
      new LocatorAssertions.HasTextOptions().setUseInnerText(true);

  private final ConsoleFixture console;
  private final String account;
  private final Login olga;
  private final Caller caller;
  private final String machine;

  LiveBrowserTest(ConsoleFixture console) {
    this.console = console;
    account = console.newTenant("Live");
    olga = console.as(account, Role.OPERATOR, Role.AUTHOR);
    caller = console.caller(olga, account);
    machine =
        console
            .part(StateMachineService.class)
            .create(
                caller,
                new StateMachine.Draft(
                    "lingers",
                    LINGERS,
                    "arn:aws:iam::" + account + ":role/any",
                    MachineType.STANDARD,
                    null,
                    null,
                    Map.of()))
            .arn();
  }

  @Test
  void whatAnotherNodeCommitsIsSeen(@TempDir Path data) {
    try (RunningGradus other = console.anotherNode(data);
        Page page = console.page(olga, 1440, 900, false)) {
      // An execution that the other node drives, on a page of this one.
      String arn = other.part(ExecutionService.class).start(caller, start("elsewhere")).arn();
      console.open(page, address("elsewhere"));
      assertThat(status(page)).hasText("Running");
      other.part(ExecutionService.class).stop(caller, arn, "Elsewhere", null);
      assertThat(status(page)).hasText("Stopped");

      // One that this node drives, stopped by way of the other.
      String here = begin("here");
      console.open(page, address("here"));
      assertThat(status(page)).hasText("Running");
      other.part(ExecutionService.class).stop(caller, here, "Elsewhere", null);
      assertThat(status(page)).hasText("Stopped");
    }
  }

  @Test
  void aServerThatIsNotHeardIsSaidAndWhatIsKnownStays() {
    String arn = begin("unheard");
    try (Page page = console.page(olga, 1440, 900, false)) {
      console.open(page, address("unheard"));
      assertThat(status(page)).hasText("Running");
      assertLive(page);

      page.context().setOffline(true);
      assertThat(line(page)).hasText(Pattern.compile("^Not live since [\\d:]{8}: .* offline$"));
      page.locator("#g-help").click();
      assertThat(page.locator(".g-live")).hasText("Not live", VISIBLE);
      assertThat(status(page)).hasText("Running");
      console.screenshot(page, "not-live");

      console.part(ExecutionService.class).stop(caller, arn, "Meanwhile", null);
      page.context().setOffline(false);
      assertThat(line(page)).isEmpty();
      assertThat(status(page)).hasText("Stopped");
      // What was pressed while nothing was heard has arrived.
      assertThat(page.getByText("Everywhere", new Page.GetByTextOptions().setExact(true)))
          .isVisible();
    }
  }

  /// A balancer or a proxy may cut what lasts, and let through what is short.
  @Test
  void aPageWhoseServerMayNoLongerSpeakFirstSaysSoUntilItMay() {
    String arn = begin("cut");
    try (Page page = console.page(olga, 1440, 900, false)) {
      AtomicBoolean open = new AtomicBoolean(true);
      List<WebSocketRoute> channels = new CopyOnWriteArrayList<>();
      page.routeWebSocket(
          Pattern.compile(".*/VAADIN/push.*"),
          channel -> {
            if (open.get()) {
              channels.add(channel);
              channel.connectToServer();
            } else {
              channel.close();
            }
          });
      console.open(page, address("cut"));
      assertThat(status(page)).hasText("Running");
      assertLive(page);

      open.set(false);
      channels.forEach(WebSocketRoute::close);
      assertThat(line(page)).hasText(Pattern.compile("^Not live since [\\d:]{8}, reconnecting$"));
      assertThat(page.locator(".g-live")).hasText("Not live", VISIBLE);
      console.part(ExecutionService.class).stop(caller, arn, "Meanwhile", null);
      assertThat(status(page)).hasText("Running");

      open.set(true);
      assertThat(status(page)).hasText("Stopped");
      assertThat(line(page)).isEmpty();
    }
  }

  @Test
  void aSessionThatTheServerEndedLeadsBackToWhatWasSelected() {
    begin("selected");
    try (Page page = console.page(olga, 1440, 900, false)) {
      console.open(page, address("selected") + "?state=Begin&tab=output");
      assertThat(page.locator(".g-inspector")).containsText("made");
      String place = page.url();

      console.endSessions();
      page.locator("#g-help").click();
      assertThat(page.getByText("Your session is over")).isVisible();
      page.keyboard().press("Escape");
      assertThat(page).hasURL(Pattern.compile(".*/login"));
      console.logIn(page, olga);

      page.waitForURL(place::equals);
      assertThat(page.locator(".g-inspector")).containsText("made");
    }
  }

  @Test
  void aRedriveIsConfirmedAndSeenByWhoLooks() {
    String arn = begin("again");
    console.part(ExecutionService.class).stop(caller, arn, "Operator.Stop", null);
    Login other = console.as(account, Role.VIEWER);
    try (Page page = console.page(olga, 1440, 900, false);
        Page theirs = console.page(other, 390, 844, true)) {
      console.open(theirs, address("again"));
      assertThat(status(theirs)).hasText("Stopped");
      assertThat(button(theirs, "Redrive…")).hasCount(0);
      console.open(page, address("again"));
      assertThat(status(page)).hasText("Stopped");

      button(page, "Redrive…").click();
      console.screenshot(page, "execution-redrive");
      button(page, "Redrive execution").click();

      assertThat(status(page)).hasText("Running");
      assertThat(status(theirs)).hasText("Running");
      assertThat(page.locator(".g-live")).isVisible();
      assertThat(button(page, "Redrive…")).hasCount(0);

      console.part(ExecutionService.class).stop(caller, arn, null, null);
      assertThat(status(page)).hasText("Stopped");
      assertThat(status(theirs)).hasText("Stopped");
      assertThat(button(page, "Redrive…")).isVisible();
    }
  }

  private String begin(String name) {
    return console.part(ExecutionService.class).start(caller, start(name)).arn();
  }

  private Execution.Start start(String name) {
    return new Execution.Start(machine, name, "{}", null, null);
  }

  private String address(String name) {
    return "/t/" + account + "/executions/lingers/" + name;
  }

  private static void assertLive(Page page) {
    assertThat(line(page)).isEmpty();
    assertThat(page.locator(".g-live")).hasText("Live", VISIBLE);
  }

  private static Locator line(Page page) {
    return page.locator("gradus-live-line [role=status]");
  }

  private static Locator status(Page page) {
    return page.locator(".g-exec-title .g-status");
  }

  private static Locator button(Page page, String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }
}
