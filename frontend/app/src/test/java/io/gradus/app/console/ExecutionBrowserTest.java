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
import io.gradus.service.execution.Execution;
import io.gradus.service.execution.ExecutionService;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Executions in the browser: found, started, watched while they move, and looked into.
@ConsoleTest
class ExecutionBrowserTest {
  private static final String WAITS =
      """
      {"StartAt":"Begin","States":{
        "Begin":{"Type":"Pass","Result":{"made":"<img src=x onerror=window.hurt=1>"},"Next":"Linger"},
        "Linger":{"Type":"Wait","Seconds":600,"End":true}}}\
      """;
  private static final String FAILS =
      """
      {"StartAt":"Refuse","States":{"Refuse":{"Type":"Fail","Error":"Card.Refused","Cause":
        "No cover: the bank that gave the card out refuses to pay for order 90413 and will not say why before the next working day."}}}\
      """;
  private static final String MANY =
      """
      {"StartAt":"All","States":{"All":{"Type":"Map","ItemsPath":"$","End":true,"ItemProcessor":{
        "StartAt":"A","States":{"A":{"Type":"Pass","Next":"B"},"B":{"Type":"Pass","Next":"C"},
        "C":{"Type":"Pass","End":true}}}}}}\
      """;

  private final ConsoleFixture console;
  private String account = "";
  private Login olga = new Login("", "");
  private @Nullable Caller caller;

  ExecutionBrowserTest(ConsoleFixture console) {
    this.console = console;
  }

  @BeforeEach
  void newTenant() {
    account = console.newTenant("Executions");
    olga = console.as(account, Role.OPERATOR, Role.AUTHOR);
    caller = console.caller(olga, account);
  }

  @Test
  void anExecutionIsStartedWatchedLookedIntoAndStopped() {
    // given
    machine("lingers", WAITS);
    try (Page page = open("/executions", 1440)) {
      // when: started from the list
      page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Start execution…"))
          .first()
          .click();
      page.getByRole(
              AriaRole.BUTTON,
              new Page.GetByRoleOptions().setName("Start execution").setExact(true))
          .click();

      // then: its page is there, and running
      page.waitForURL(Pattern.compile(".*/executions/lingers/.*"));
      assertThat(page.locator(".g-exec-title .g-status")).hasText("Running");
      assertThat(page.locator(".g-live")).isVisible();

      // when: a state is looked into
      page.locator("gradus-timeline .row", new Page.LocatorOptions().setHasText("Begin")).click();
      page.waitForURL(Pattern.compile(".*state=Begin.*"));
      page.getByRole(AriaRole.TAB, new Page.GetByRoleOptions().setName("Output")).click();
      assertThat(page.locator(".g-inspector-body")).containsText("onerror");
      assertThat(page).hasURL(Pattern.compile(".*tab=output.*"));
      console.back(page);
      assertThat(page).not().hasURL(Pattern.compile(".*tab=output.*"));
      console.screenshot(page, "execution-running");

      // when: stopped
      page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Stop…")).click();
      page.getByLabel("Error (optional)").fill("Operator.Stop");
      page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Stop execution"))
          .click();

      // then
      assertThat(page.locator(".g-exec-title .g-status")).hasText("Stopped");
      assertThat(page.locator(".g-live")).isHidden();
      assertThat(page.evaluate("window.hurt === undefined")).isEqualTo(true);
    }
  }

  @Test
  void anotherExecutionBeginsBeforeAState() {
    // given
    String arn = machine("lingers", WAITS);
    start(arn, "first", "{}");
    try (Page page = open("/executions/lingers/first?state=Linger", 1440)) {
      // when
      page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Fork from here…"))
          .click();
      Locator dialog = page.getByRole(AriaRole.DIALOG);
      assertThat(dialog).containsText("Fork from Linger");
      assertThat(dialog.locator(".cm-content").first()).containsText("onerror");
      console.screenshot(page, "execution-fork");
      dialog.locator(".cm-content").first().fill("{\"edited\": true}");
      page.getByLabel("Name (optional)").fill("second");
      page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Start fork")).click();

      // then
      page.waitForURL(Pattern.compile(".*/executions/lingers/second.*"));
      assertThat(page.locator(".g-exec-meta")).containsText("Forked from first at Linger");
      page.locator("gradus-timeline .row", new Page.LocatorOptions().setHasText("Linger")).click();
      assertThat(page.locator(".g-inspector-body")).containsText("edited");
      console.screenshot(page, "execution-forked");
      page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("first").setExact(true))
          .click();
      page.waitForURL(Pattern.compile(".*/executions/lingers/first.*"));
    }
  }

  @Test
  void whatFailedOpensWithItsError() {
    // given
    String arn = machine("fails", FAILS);
    start(arn, "refused", "{}");
    try (Page page = open("/executions/fails/refused", 1440)) {
      // when, then: the execution's, and the state's
      assertThat(page.locator(".g-exec-title .g-status")).hasText("Failed");
      assertThat(page.locator(".g-error-name")).hasText("Card.Refused");
      // A cause is prose: all of it is read without moving it.
      Locator cause = page.locator(".g-error-box .cm-content");
      assertThat(cause).containsText("No cover");
      assertThat(
              cause.evaluate(
                  "text => text.parentElement.scrollWidth <= text.parentElement.clientWidth"))
          .isEqualTo(true);
      page.locator("gradus-timeline .row", new Page.LocatorOptions().setHasText("Refuse")).click();
      page.waitForURL(Pattern.compile(".*state=Refuse.*"));
      assertThat(page.locator(".g-error-name")).hasText("Card.Refused");

      // when: another side is chosen, which the address then says
      page.getByRole(AriaRole.TAB, new Page.GetByRoleOptions().setName("Input")).click();
      assertThat(page).hasURL(Pattern.compile(".*tab=input.*"));
      assertThat(page.locator(".g-error-name")).hasCount(0);

      // then: on a phone no button is cut
      page.setViewportSize(390, 844);
      page.navigate(console.address() + "/t/" + account + "/executions/fails/refused");
      assertThat(page.locator(".g-exec-actions vaadin-button:visible")).hasCount(4);
      assertThat(
              page.evaluate(
                  """
                  () => [...document.querySelectorAll('.g-exec-actions vaadin-button')]
                    .map(button => button.shadowRoot.querySelector('[part=label]'))
                    .every(label => label.scrollWidth <= label.clientWidth)"""))
          .isEqualTo(true);
      console.screenshot(page, "execution-failed-actions-phone");
    }
  }

  @Test
  void aCommitIsOnTheScreenSoonAfterIt() {
    // given
    String arn = machine("lingers", WAITS);
    start(arn, "watched", "{}");
    try (Page page = open("/executions/lingers/watched", 1440)) {
      Locator status = page.locator(".g-exec-title .g-status");
      assertThat(status).hasText("Running");
      page.evaluate(
          "() => { window.seen = new Promise(done => new MutationObserver(() => {"
              + " if (document.querySelector('.g-exec-title .g-status').textContent === 'Stopped')"
              + " requestAnimationFrame(() => done(Date.now())); }).observe(document.body,"
              + " {subtree: true, childList: true, characterData: true})); }");

      // when
      long committed = stopped(arn, "watched");
      Number seen = (Number) page.evaluate("() => window.seen");

      // then
      System.out.println("commit -> pixel: " + (seen.longValue() - committed) + " ms");
      assertThat(status).hasText("Stopped");
    }
  }

  @Test
  void twentyFiveThousandEventsOpenAndScroll() {
    // given
    String arn = machine("many", MANY);
    String input =
        IntStream.range(0, 3_100)
            .mapToObj(String::valueOf)
            .collect(Collectors.joining(",", "[", "]"));
    start(arn, "all", input);
    try (Page page = open("/executions/many/all", 1440)) {
      assertThat(page.locator(".g-exec-title .g-status")).hasText("Succeeded");

      // when
      long before = System.nanoTime();
      page.navigate(console.address() + "/t/" + account + "/executions/many/all?pane=events");
      assertThat(page.locator(".g-events-bar")).containsText("24,806 events");
      System.out.println(
          "25,000 events opened in " + (System.nanoTime() - before) / 1_000_000 + " ms");
      page.locator(".g-events vaadin-grid").evaluate("grid => grid.scrollToIndex(20000)");

      // then
      assertThat(page.locator(".g-events vaadin-grid")).containsText("20001");
      console.screenshot(page, "execution-events");
    }
  }

  @Test
  void theListIsFilteredByItsAddressAndTellsWhenNothingFits() {
    // given
    String arn = machine("lingers", WAITS);
    start(arn, "one", "{}");
    start(arn, "two", "{}");
    stopped(arn, "two");
    try (Page page = open("/executions?status=aborted", 1440)) {
      // then
      Locator grid = page.locator(".g-execs-grid vaadin-grid");
      assertThat(grid).containsText("two");
      assertThat(grid).not().containsText("one");

      // when, then
      page.navigate(console.address() + "/t/" + account + "/executions?name=three");
      assertThat(page.getByText("No execution fits")).isVisible();
      page.getByRole(
              AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Do not filter by the name"))
          .click();
      assertThat(grid).containsText("one");
    }
  }

  @Test
  void whatIsEscapedIsShownAsPeopleReadIt() {
    // given
    start(
        machine("lingers", WAITS),
        "escaped",
        "{\"who\":\"Zo\\u00eb \\u5c71\\u7530 \\ud83d\\ude00\",\"turned\":\"\\u202e\"}");
    try (Page page = open("/executions/lingers/escaped?tab=input", 1440)) {
      // then
      Locator input = page.locator(".g-inspector-body .cm-content");
      assertThat(input).containsText("Zoë 山田 😀");
      assertThat(input).containsText("\\u202e");

      // when
      page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("New with this input"))
          .click();

      // then
      assertThat(page.getByRole(AriaRole.DIALOG).locator(".cm-content").first())
          .containsText("Zoë 山田 😀");
    }
  }

  @Test
  void anEventIsGoneToByItsNumberWhateverWasFiltered() {
    // given
    String items =
        IntStream.range(0, 300).mapToObj(String::valueOf).collect(Collectors.joining(","));
    start(machine("many", MANY), "all", "[" + items + "]");
    try (Page page = open("/executions/many/all?pane=events", 1440)) {
      assertThat(page.locator(".g-exec-title .g-status")).hasText("Succeeded");
      Locator events = page.locator(".g-events vaadin-grid");
      page.getByLabel("State", new Page.GetByLabelOptions().setExact(true)).click();
      page.getByRole(AriaRole.OPTION, new Page.GetByRoleOptions().setName("A").setExact(true))
          .click();
      assertThat(page.locator(".g-events-bar")).containsText("600 of");

      // when
      Locator number = page.getByLabel("Go to event");
      number.fill("2");
      number.press("Enter");

      // then
      assertThat(page).hasURL(Pattern.compile(".*event=2(&.*)?"));
      assertThat(page.locator(".g-event-details .cm-content")).containsText("MapStateEntered");

      // when
      number.fill("2000");
      number.press("Enter");

      // then: the row is there to be seen, above what it holds
      assertThat(page.locator(".g-event-details .cm-content")).containsText("\"id\": 2000");
      Locator link =
          events.getByRole(
              AriaRole.LINK, new Locator.GetByRoleOptions().setName("2000").setExact(true));
      assertThat(link).isInViewport();
      assertThat(page.locator(".g-event-details .cm-line").first()).isInViewport();

      // when
      number.fill("99999");
      number.press("Enter");

      // then
      assertThat(page.getByText("There are not so many")).isVisible();
    }
  }

  @Test
  void onAPhoneTheStatesAreAList() {
    // given
    start(machine("lingers", WAITS), "small", "{}");
    try (Page page = open("/executions/lingers/small", 390)) {
      // when, then
      Locator step = page.locator(".g-step", new Page.LocatorOptions().setHasText("Linger"));
      assertThat(step).containsText("Until");
      console.screenshot(page, "execution-phone");
      step.click();
      assertThat(page.locator(".g-inspector")).isVisible();
      assertThat(page.locator(".g-inspector")).containsText("Linger");
    }
  }

  private Page open(String path, int width) {
    Page page = console.page(olga, width, width < 600 ? 844 : 900, false);
    page.navigate(console.address() + "/t/" + account + path);
    return page;
  }

  private Caller caller() {
    if (caller == null) {
      throw new IllegalStateException("expected a caller");
    }
    return caller;
  }

  private String machine(String name, String definition) {
    return console
        .part(StateMachineService.class)
        .create(
            caller(),
            new StateMachine.Draft(
                name,
                definition,
                "arn:aws:iam::" + account + ":role/any",
                MachineType.STANDARD,
                null,
                null,
                Map.of()))
        .arn();
  }

  private void start(String machine, String name, String input) {
    console
        .part(ExecutionService.class)
        .start(caller(), new Execution.Start(machine, name, input, null, null));
  }

  /// When the stop was durable, in milliseconds since 1970.
  private long stopped(String machine, String name) {
    String arn = machine.replace(":stateMachine:", ":execution:") + ":" + name;
    console.part(ExecutionService.class).stop(caller(), arn, null, null);
    return System.currentTimeMillis();
  }
}
