package io.gradus.app.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.BoundingBox;
import io.gradus.app.console.ConsoleFixture.Login;
import io.gradus.asl.validate.MachineType;
import io.gradus.engine.ExecutionStatus;
import io.gradus.service.Caller;
import io.gradus.service.Role;
import io.gradus.service.activity.ActivityService;
import io.gradus.service.definition.StateMachine;
import io.gradus.service.definition.StateMachineService;
import io.gradus.service.execution.Execution;
import io.gradus.service.execution.ExecutionService;
import io.gradus.service.task.TaskService;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Earlier moments of executions in the browser: gone to by the playhead, by keys, by events and by
/// addresses.
@ConsoleTest
class MomentBrowserTest {
  private static final String WAITS =
      """
      {"StartAt":"Begin","States":{
        "Begin":{"Type":"Pass","Result":{"made":1},"Assign":{"who":"ann"},"Next":"Linger"},
        "Linger":{"Type":"Wait","Seconds":600,"End":true}}}\
      """;
  private static final String CALLS =
      """
      {"StartAt":"Begin","States":{
        "Begin":{"Type":"Pass","Next":"Pick"},
        "Pick":{"Type":"Pass","Assign":{"picked":7},"Next":"Charge"},
        "Charge":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke",
          "Parameters":{"FunctionName":"f"},"Next":"Done"},
        "Done":{"Type":"Succeed"}}}\
      """;
  private static final String MANY =
      """
      {"StartAt":"All","States":{"All":{"Type":"Map","ItemsPath":"$","End":true,"ItemProcessor":{
        "StartAt":"A","States":{"A":{"Type":"Pass","Next":"B"},"B":{"Type":"Pass","Next":"C"},
        "C":{"Type":"Pass","End":true}}}}}}\
      """;
  private static final String DISTRIBUTED =
      """
      {"StartAt":"All","States":{"All":{"Type":"Map","End":true,"ItemProcessor":{
        "ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"},
        "StartAt":"A","States":{"A":{"Type":"Pass","Next":"B"},"B":{"Type":"Pass","End":true}}}}}}\
      """;

  private final ConsoleFixture console;
  private final String account;
  private final Login olga;
  private final Caller caller;

  MomentBrowserTest(ConsoleFixture console) {
    this.console = console;
    account = console.newTenant("Moments");
    olga = console.as(account, Role.OPERATOR, Role.AUTHOR);
    caller = console.caller(olga, account);
  }

  @Test
  void keysGoThroughAnExecutionThatRunsWhichGoesOnMeanwhile() {
    // given: started, entered, left, entered
    String arn = start(machine("lingers", WAITS), "one", "{}", null);
    try (Page page = open("/executions/lingers/one", 1440)) {
      assertThat(step(page, "Linger")).containsText("Until");
      assertThat(page.locator(".g-live")).isVisible();

      // when
      page.keyboard().press("[");

      // then
      assertThat(page).hasURL(Pattern.compile(".*at=3(&.*)?"));
      assertThat(page.locator(".g-exec-head")).hasClass(Pattern.compile(".*g-past.*"));
      assertThat(page.locator(".g-exec-meta")).containsText("Event 3 of 4");
      assertThat(step(page, "Linger")).containsText("Not reached");
      assertThat(step(page, "Begin")).not().containsText("Not reached");
      assertThat(slider(page)).hasAttribute("aria-valuenow", "3");
      console.axe(page);
      console.screenshot(page, "moment-live");

      // when: it ends meanwhile
      console.part(ExecutionService.class).stop(caller, arn, null, null);

      // then: the moment stays
      assertThat(page.locator(".g-exec-meta")).containsText("Event 3 of 5");
      assertThat(page.locator(".g-exec-title .g-status")).hasText("Running");
      assertThat(step(page, "Linger")).containsText("Not reached");

      // when, then
      page.keyboard().press("]");
      assertThat(page).hasURL(Pattern.compile(".*at=4(&.*)?"));
      assertThat(step(page, "Linger")).containsText("Until");
      page.keyboard().press("l");
      assertThat(page.locator(".g-exec-title .g-status")).hasText("Stopped");
      assertThat(page).not().hasURL(Pattern.compile(".*at=.*"));
      assertThat(step(page, "Linger")).containsText("Stopped");
      console.back(page);
      assertThat(page).hasURL(Pattern.compile(".*at=4(&.*)?"));
      assertThat(page.locator(".g-exec-title .g-status")).hasText("Running");
    }
  }

  @Test
  void anAddressOfAMomentShowsItWithWhatIsSelected() {
    // given: Begin 2 and 3, Pick 4 and 5, Charge from 6
    String arn = start(machine("calls", CALLS), "paid", "{}", "{\"Charge\":[{\"return\":1}]}");
    ended(arn, ExecutionStatus.SUCCEEDED);
    try (Page page = open("/executions/calls/paid?state=Charge&at=5", 1440)) {
      // then
      assertThat(page.locator(".g-inspector-sub")).hasText("Not reached at this moment");
      assertThat(page.locator(".g-travel-number").first()).containsText("Event 5 of");
      assertThat(row(page, "Charge")).hasClass(Pattern.compile(".*ahead.*"));
      assertThat(row(page, "Pick")).not().hasClass(Pattern.compile(".*ahead.*"));
      assertThat(row(page, "Pick"))
          .hasAttribute("aria-label", Pattern.compile("Pick: Succeeded.*"));

      // when: a state is entered with its input, and has no output yet
      slider(page).press("ArrowRight");
      slider(page).press("ArrowRight");

      // then
      assertThat(page).hasURL(Pattern.compile(".*at=7(&.*)?"));
      assertThat(row(page, "Charge"))
          .hasAttribute("aria-label", Pattern.compile("Charge: Running.*"));
      tab(page, "Output").click();
      assertThat(page.locator(".g-inspector-body")).containsText("There is no output yet.");
      assertThat(page).hasURL(Pattern.compile(".*at=7(&.*)?"));

      // when: its variables at two moments, of the execution itself
      page.navigate(address("/executions/calls/paid?tab=variables&at=5"));

      // then
      assertThat(page.locator(".g-variables")).containsText("$picked");
      assertThat(page.locator(".g-inspector-body .cm-content")).hasText("7");
      slider(page).press("ArrowLeft");
      assertThat(tab(page, "Variables")).isHidden();

      // when: dragged with the mouse to the beginning, and to the end
      drag(page, 0);
      assertThat(page).hasURL(Pattern.compile(".*at=\\d+(&.*)?"));
      assertThat(row(page, "Done")).hasClass(Pattern.compile(".*ahead.*"));
      drag(page, 1);

      // then
      assertThat(page).not().hasURL(Pattern.compile(".*at=.*"));
      assertThat(page.locator(".g-exec-title .g-status")).hasText("Succeeded");
      assertThat(page.locator(".g-exec-head")).not().hasClass(Pattern.compile(".*g-past.*"));
    }
  }

  @Test
  void anEventOfTheTableIsGoneTo() {
    // given
    String arn = start(machine("calls", CALLS), "paid", "{}", "{\"Charge\":[{\"return\":1}]}");
    ended(arn, ExecutionStatus.SUCCEEDED);
    try (Page page = open("/executions/calls/paid?pane=events&event=3", 1440)) {
      // when
      page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Show this moment"))
          .click();

      // then
      assertThat(page).hasURL(Pattern.compile(".*at=3(&.*)?"));
      assertThat(page.locator(".g-exec-title .g-status")).hasText("Running");
      assertThat(page.locator("vaadin-grid-cell-content").getByText("Succeeded")).hasCount(0);
      page.keyboard().press("]");
      assertThat(page).hasURL(Pattern.compile(".*at=4(&.*)?"));
      console.axe(page);
      console.screenshot(page, "moment-events");
      page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("To the end"))
          .first()
          .click();
      assertThat(page.locator(".g-exec-title .g-status")).hasText("Succeeded");
    }
  }

  @Test
  void twentyFiveThousandEventsAreGoneThrough() {
    // given
    String input =
        IntStream.range(0, 3_100)
            .mapToObj(String::valueOf)
            .collect(Collectors.joining(",", "[", "]"));
    ended(start(machine("many", MANY), "all", input, null), ExecutionStatus.SUCCEEDED);
    try (Page page = open("/executions/many/all", 1440)) {
      assertThat(page.locator(".g-exec-title .g-status")).hasText("Succeeded");
      assertThat(slider(page)).hasAttribute("aria-valuemax", "24806");

      // when: to and fro, as a hand does it
      BoundingBox track = page.locator("gradus-timeline .track").boundingBox();
      long before = System.nanoTime();
      page.mouse().move(track.x + track.width * 0.9, track.y + 10);
      page.mouse().down();
      for (int i = 0; i < 40; i++) {
        double share = 0.1 + 0.8 * Math.abs(i - 20) / 20;
        page.mouse().move(track.x + track.width * share, track.y + 10);
      }
      page.mouse().move(track.x + track.width * 0.5, track.y + 10);
      page.mouse().up();
      String reached = slider(page).getAttribute("aria-valuenow");

      // then: what the page shows is where the playhead is
      assertThat(page).hasURL(Pattern.compile(".*at=" + reached + "(&.*)?"));
      System.out.println(
          "25,000 events gone through in 41 moves: "
              + (System.nanoTime() - before) / 1_000_000
              + " ms until all was shown");
      assertThat(page.locator(".g-travel-number").first())
          .hasText("Event " + "%,d".formatted(Integer.parseInt(reached)) + " of 24,806");
      assertThat(page.locator(".g-exec-title .g-status")).hasText("Running");
      console.screenshot(page, "moment-many");

      // when, then: one event back
      before = System.nanoTime();
      page.keyboard().press("[");
      assertThat(page.locator(".g-travel-number").first())
          .hasText("Event " + "%,d".formatted(Integer.parseInt(reached) - 1) + " of 24,806");
      System.out.println("one event back: " + (System.nanoTime() - before) / 1_000_000 + " ms");
    }
  }

  @Test
  void aRedriveIsAGapInTheTimeline() {
    // given
    ActivityService activities = console.part(ActivityService.class);
    TaskService tasks = console.part(TaskService.class);
    String charge = activities.create(caller, "charge", Map.of()).arn();
    String arn =
        start(
            machine(
                "pays",
                """
                {"StartAt":"Begin","States":{"Begin":{"Type":"Pass","Next":"Charge"},
                  "Charge":{"Type":"Task","Resource":"%s","End":true}}}"""
                    .formatted(charge)),
            "again",
            "{}",
            null);
    tasks.fail(
        caller,
        activities.poll(caller, charge, null).orElseThrow().token(),
        "Card.Refused",
        "no cover");
    ended(arn, ExecutionStatus.FAILED);
    try (Page page = open("/executions/pays/again", 1440)) {
      assertThat(page.locator(".g-exec-title .g-status")).hasText("Failed");
      assertThat(page.locator("gradus-timeline .pause")).hasCount(0);
      // The pause is what is looked at: it has to be long against the rest.
      long second = System.nanoTime() + 1_000_000_000;
      console.await(() -> System.nanoTime() > second, "a second");

      // when
      console.part(ExecutionService.class).redrive(caller, arn, null);
      tasks.succeed(caller, activities.poll(caller, charge, null).orElseThrow().token(), "{}");

      // then: the attempt ends where it failed, and nothing waited for a retry
      assertThat(page.locator(".g-exec-title .g-status")).hasText("Succeeded");
      assertThat(page.locator("gradus-timeline .pause")).hasCount(1);
      assertThat(page.locator("gradus-timeline .redriven")).hasCount(1);
      Locator charged = row(page, "Charge");
      assertThat(charged.locator(".band.retry")).hasCount(0);
      assertThat(charged.locator(".band.fail")).hasCount(1);
      assertThat(charged.locator(".band.ok")).hasCount(1);
      BoundingBox gap = page.locator("gradus-timeline .pause").boundingBox();
      assertThat(gap.width).isGreaterThan(300);
      BoundingBox failed = charged.locator(".band.fail").boundingBox();
      assertThat(failed.x + failed.width).isLessThan(gap.x + 6);
      assertThat(page.locator(".g-exec-key")).containsText("ended, until the redrive");
      console.screenshot(page, "moment-redriven");

      // when, then: within the gap it has failed
      drag(page, 0.5);
      assertThat(page.locator(".g-exec-title .g-status")).hasText("Failed");
      assertThat(page.locator(".g-error-name")).hasText("Card.Refused");
    }
  }

  @Test
  void whatOnlyChildExecutionsVisitIsNotCalledUnreached() {
    // given
    String arn = start(machine("spread", DISTRIBUTED), "all", "[1,2,3]", null);
    ended(arn, ExecutionStatus.SUCCEEDED);
    try (Page page = open("/executions/spread/all", 1440)) {
      // then
      Locator legend = page.locator(".g-legend");
      assertThat(legend.locator(".g-legend-children")).hasText("In child executions2");
      assertThat(legend.getByText("Not reached")).isHidden();
      assertThat(legend.getByText("Succeeded")).isVisible();
      console.screenshot(page, "moment-distributed");

      // when: while it ran, nobody knows any more how its items stood
      page.keyboard().press("[");
      page.keyboard().press("[");
      page.keyboard().press("[");
      page.keyboard().press("[");

      // then
      assertThat(step(page, "All")).containsText("Running");
      assertThat(step(page, "All")).not().containsText(" of 3");
    }
  }

  @Test
  void onAPhoneAMomentIsChosenInTheTimelineAndShownInTheSteps() {
    // given
    String arn = start(machine("calls", CALLS), "paid", "{}", "{\"Charge\":[{\"return\":1}]}");
    ended(arn, ExecutionStatus.SUCCEEDED);
    try (Page page = open("/executions/calls/paid?pane=timeline", 390)) {
      // when
      Locator bar = page.locator(".g-travel-phone");
      assertThat(bar).isVisible();
      bar.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("The first event"))
          .click();
      Locator on =
          bar.getByRole(
              AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("One event on (])"));
      on.click();
      assertThat(page).hasURL(Pattern.compile(".*at=2(&.*)?"));
      console.screenshot(page, "moment-phone-timeline");
      tab(page, "Steps").click();

      // then
      assertThat(step(page, "Begin")).containsText("Running");
      assertThat(step(page, "Charge")).containsText("Not reached");
      assertThat(bar).isVisible();
      console.axe(page);
      console.screenshot(page, "moment-phone-steps");
      bar.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("To the end")).click();
      assertThat(step(page, "Charge")).not().containsText("Not reached");
      assertThat(bar).isHidden();
    }
  }

  @Test
  void longTextInAPayloadIsBrokenToFitUnlessLinesAreWanted() {
    // given
    String text = "every word of this is to be read ".repeat(40) + "x".repeat(600);
    start(machine("lingers", WAITS), "long", "{\"text\":\"" + text + "\"}", null);
    for (int width : new int[] {1440, 390}) {
      try (Page page = open("/executions/lingers/long?tab=input&pane=data", width)) {
        // then
        Locator lines = page.locator(".g-inspector-body .cm-scroller");
        assertThat(lines).containsText("every word");
        assertThat(overflows(lines)).isEqualTo(false);
        console.screenshot(page, "payload-wrapped-" + width);

        // when
        Locator wrap = page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Wrap"));
        assertThat(wrap).hasAttribute("aria-pressed", "true");
        wrap.click();

        // then
        assertThat(wrap).hasAttribute("aria-pressed", "false");
        console.await(() -> overflows(lines).equals(true), "lines as they are");
      }
    }
  }

  private static Object overflows(Locator scroller) {
    return scroller.evaluate("scroller => scroller.scrollWidth > scroller.clientWidth");
  }

  /// Drags the playhead to a share of the axis.
  private static void drag(Page page, double share) {
    BoundingBox head = slider(page).boundingBox();
    BoundingBox track = page.locator("gradus-timeline .track").boundingBox();
    page.mouse().move(head.x + head.width / 2, head.y + head.height / 2);
    page.mouse().down();
    page.mouse().move(track.x + track.width * share, track.y + 10);
    page.mouse().up();
  }

  private static Locator slider(Page page) {
    return page.getByRole(AriaRole.SLIDER, new Page.GetByRoleOptions().setName("Moment"));
  }

  private static Locator row(Page page, String state) {
    return page.locator("gradus-timeline .row", new Page.LocatorOptions().setHasText(state));
  }

  /// A state as the list for phones says it, which is there at every width.
  private static Locator step(Page page, String state) {
    return page.locator(".g-step", new Page.LocatorOptions().setHasText(state));
  }

  private static Locator tab(Page page, String name) {
    return page.getByRole(AriaRole.TAB, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  private String address(String path) {
    return console.address() + "/t/" + account + path;
  }

  private Page open(String path, int width) {
    Page page = console.page(olga, width, width < 600 ? 844 : 900, false);
    console.open(page, "/t/" + account + path);
    return page;
  }

  private void ended(String arn, ExecutionStatus as) {
    ExecutionService executions = console.part(ExecutionService.class);
    console.await(() -> executions.describe(caller, arn).status() == as, "the execution " + as);
  }

  private String machine(String name, String definition) {
    return console
        .part(StateMachineService.class)
        .create(
            caller,
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

  private String start(String machine, String name, String input, @Nullable String mocks) {
    return console
        .part(ExecutionService.class)
        .start(caller, new Execution.Start(machine, name, input, null, mocks))
        .arn();
  }
}
