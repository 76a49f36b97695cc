package io.gradus.service.stored;

import static io.gradus.service.stored.StoredWorld.refuses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradus.asl.validate.MachineType;
import io.gradus.engine.Details;
import io.gradus.engine.EventType;
import io.gradus.engine.ExecutionStatus;
import io.gradus.engine.Fact;
import io.gradus.service.Caller;
import io.gradus.service.ErrorCode;
import io.gradus.service.Page;
import io.gradus.service.Role;
import io.gradus.service.definition.Publication;
import io.gradus.service.definition.StateMachine;
import io.gradus.service.execution.Execution;
import io.gradus.service.execution.ExecutionLookup;
import io.gradus.service.execution.ForkService;
import io.gradus.service.execution.ForkService.Which;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Executions that begin in the middle of others.
class ForksTest {
  private static final String ORDER =
      """
      {"QueryLanguage":"JSONata","StartAt":"Price","States":{
        "Price":{"Type":"Pass","Assign":{"big":"{% $states.input.text %}","n":7},
          "Output":{"price":"{% $states.input.price %}"},"Next":"Check"},
        "Check":{"Type":"Choice","Choices":[{"Condition":"{% $states.input.price > 100 %}",
          "Next":"Refuse"}],"Default":"All"},
        "Refuse":{"Type":"Fail","Error":"TooDear","Cause":"because"},
        "All":{"Type":"Parallel","Branches":[{"StartAt":"Inner","States":{"Inner":{"Type":"Pass",
          "Output":"{% $n %}","End":true}}}],"Next":"Done"},
        "Done":{"Type":"Pass","Output":{"n":"{% $states.input[0] %}","length":
          "{% $length($big) %}"},"End":true}}}\
      """;
  private static final Page.Request FIRST = new Page.Request(100, null);
  private static final String TEXT = "y".repeat(500);

  private static StoredWorld world;
  private Caller ann;

  @BeforeAll
  static void startWorld() {
    world = new StoredWorld();
  }

  @AfterAll
  static void stopWorld() {
    world.close();
  }

  @BeforeEach
  void newTenant() {
    ann = world.administrator();
  }

  private String create(String definition) {
    return world
        .stateMachines
        .create(
            ann,
            new StateMachine.Draft(
                "order",
                definition,
                "arn:aws:iam::100000000001:role/any",
                MachineType.STANDARD,
                null,
                null,
                Map.of()))
        .arn();
  }

  private String failed(String machine) {
    String input = "{\"price\":200,\"text\":\"" + TEXT + "\"}";
    String arn =
        world.executions.start(ann, new Execution.Start(machine, "first", input, null, null)).arn();
    assertThat(ended(arn).status()).isEqualTo(ExecutionStatus.FAILED);
    return arn;
  }

  private Execution ended(String arn) {
    return world.ended(ann, arn);
  }

  private static ForkService.Fork of(
      String execution, String state, @Nullable String input, @Nullable String name) {
    return of(execution, state, input, null, Which.SAME, name);
  }

  private static ForkService.Fork of(
      String execution,
      String state,
      @Nullable String input,
      @Nullable String variables,
      Which which,
      @Nullable String name) {
    return new ForkService.Fork(execution, state, null, input, variables, which, name, null, null);
  }

  private List<Fact.HistoryEvent> history(String arn) {
    return world.executions.history(ann, arn, false, FIRST).items();
  }

  @Test
  void beginsBeforeAStateWithOtherInputAndTheVariablesOfOld() {
    String machine = create(ORDER.replace("because", "no"));
    String first = failed(machine);

    String fork = world.forks.fork(ann, of(first, "Check", "{\"price\":50}", "second")).arn();

    Execution over = ended(fork);
    assertThat(over.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
    assertThat(over.output()).isEqualTo("{\"n\":7,\"length\":500}");
    assertThat(over.input()).isEqualTo("{\"price\":50}");
    List<Fact.HistoryEvent> events = history(fork);
    assertThat(events.stream().map(e -> EventType.of(e.details())).limit(3))
        .containsExactly("ExecutionStarted", "ChoiceStateEntered", "ChoiceStateExited");
    assertThat(events.get(1).previousEventId()).isZero();
    assertThat(world.finder.open(ann, "order", "second").origin())
        .isEqualTo(new ExecutionLookup.Origin("order", "first", "Check"));
    assertThat(world.finder.open(ann, "order", "first").origin()).isNull();
    assertThat(world.audited(ann))
        .anySatisfy(
            entry -> {
              assertThat(entry.action()).isEqualTo("ForkExecution");
              assertThat(entry.target()).isEqualTo(fork);
            });
    // The first one is as it was.
    assertThat(world.executions.describe(ann, first).status()).isEqualTo(ExecutionStatus.FAILED);
  }

  @Test
  void takesWhatTheStateGotWhereNothingElseIsSaid() {
    String first = failed(create(ORDER.replace("because", "no")));

    ForkService.Offer offer = world.forks.offer(ann, first, "Check", null);
    assertThat(offer.input()).isEqualTo("{\"price\":200}");
    assertThat(offer.variables()).isEqualTo("{\"big\":\"" + TEXT + "\",\"n\":7}");
    Execution again = ended(world.forks.fork(ann, of(first, "Check", null, null)).arn());

    assertThat(again.status()).isEqualTo(ExecutionStatus.FAILED);
    assertThat(again.error()).isEqualTo("TooDear");
    // A fork of a fork, and with other variables.
    String third =
        world
            .forks
            .fork(
                ann, of(again.arn(), "All", "{}", "{\"big\":\"four\",\"n\":[1]}", Which.SAME, null))
            .arn();
    assertThat(ended(third).output()).isEqualTo("{\"n\":[1],\"length\":4}");
    String fourth = world.forks.fork(ann, of(again.arn(), "Check", "{\"price\":1}", null)).arn();
    assertThat(ended(fourth).output()).isEqualTo("{\"n\":7,\"length\":500}");
  }

  @Test
  void runsAnotherRevisionOrVersion() {
    String machine = create(ORDER.replace("because", "no"));
    String first = failed(machine);
    world.stateMachines.update(
        ann,
        machine,
        new StateMachine.Change(ORDER.replace("because", "never"), null, null, null),
        new Publication(true, null));

    assertThat(ended(world.forks.fork(ann, of(first, "Refuse", null, null)).arn()).cause())
        .isEqualTo("no");
    for (Which which : List.of(new Which(null, 2), new Which(1, null))) {
      Execution over =
          ended(world.forks.fork(ann, of(first, "Refuse", null, null, which, null)).arn());
      assertThat(over.cause()).isEqualTo("never");
      assertThat(over.stateMachineVersionArn())
          .isEqualTo(which.version() == null ? null : machine + ":1");
    }
    refuses(
        ErrorCode.RESOURCE_NOT_FOUND,
        () -> world.forks.fork(ann, of(first, "Refuse", null, null, new Which(9, null), null)));
    refuses(
        ErrorCode.RESOURCE_NOT_FOUND,
        () -> world.forks.fork(ann, of(first, "Refuse", null, null, new Which(null, 9), null)));
    refuses(ErrorCode.VALIDATION, () -> new Which(1, 1));
  }

  @Test
  void refusesWhatIsNoPlaceToBegin() {
    String first = failed(create(ORDER.replace("because", "no")));

    assertThatThrownBy(() -> world.forks.fork(ann, of(first, "Inner", "{}", null)))
        .hasMessage(
            "The state 'Inner' is inside of a Parallel or Map state: fork from that one instead.");
    assertThatThrownBy(() -> world.forks.fork(ann, of(first, "Nowhere", "{}", null)))
        .hasMessage("The definition that it ran has no state 'Nowhere'.");
    assertThatThrownBy(() -> world.forks.fork(ann, of(first, "Done", null, null)))
        .hasMessage("The execution never came to the state 'Done'.");
    refuses(ErrorCode.INVALID_EXECUTION_INPUT, () -> fork(first, "{", null));
    refuses(ErrorCode.VALIDATION, () -> fork(first, "{}", "[]"));
    refuses(ErrorCode.VALIDATION, () -> fork(first, "{}", "{\"a b\":1}"));
    refuses(ErrorCode.VALIDATION, () -> fork(first, "{}", "{\"states\":1}"));
    refuses(
        ErrorCode.EXECUTION_DOES_NOT_EXIST,
        () -> world.forks.fork(ann, of(first + "x", "Check", "{}", null)));
  }

  private void fork(String execution, String input, @Nullable String variables) {
    world.forks.fork(ann, of(execution, "Check", input, variables, Which.SAME, null));
  }

  @Test
  void theSameForkAgainIsTheSameExecution() {
    String wait =
        """
        {"StartAt":"A","States":{"A":{"Type":"Pass","Next":"W"},
          "W":{"Type":"Wait","Seconds":600,"Next":"End"},"End":{"Type":"Succeed"}}}\
        """;
    String machine = create(wait);
    String first =
        world.executions.start(ann, new Execution.Start(machine, "first", "{}", null, null)).arn();

    Execution.Started one = world.forks.fork(ann, of(first, "A", "{\"a\":1}", "f"));

    assertThat(world.forks.fork(ann, of(first, "A", "{\"a\":1}", "f"))).isEqualTo(one);
    refuses(
        ErrorCode.EXECUTION_ALREADY_EXISTS,
        () -> world.forks.fork(ann, of(first, "A", "{\"a\":2}", "f")));
    refuses(
        ErrorCode.EXECUTION_ALREADY_EXISTS,
        () -> world.forks.fork(ann, of(first, "W", "{\"a\":1}", "f")));
    // Which entry is meant can be said: the first event of state A is the second of all.
    var entry = new ForkService.Fork(first, "A", 2L, null, null, Which.SAME, null, null, null);
    assertThat(world.executions.describe(ann, world.forks.fork(ann, entry).arn()).input())
        .isEqualTo("{}");
    var none = new ForkService.Fork(first, "A", 3L, null, null, Which.SAME, null, null, null);
    refuses(ErrorCode.RESOURCE_NOT_FOUND, () -> world.forks.fork(ann, none));
  }

  @Test
  void aForkThatFailedIsRedrivenWithItsVariables() {
    var work = world.activities.create(ann, "work", Map.of());
    String machine =
        create(
            """
            {"QueryLanguage":"JSONata","StartAt":"A","States":{
              "A":{"Type":"Pass","Assign":{"big":"%s"},"Next":"T"},
              "T":{"Type":"Task","Resource":"%s","Output":"{%% $length($big) %%}","End":true}}}\
            """
                .formatted(TEXT, work.arn()));
    String first =
        world.executions.start(ann, new Execution.Start(machine, "first", "{}", null, null)).arn();
    fail(work.arn());
    ended(first);

    String fork = world.forks.fork(ann, of(first, "T", "{}", "second")).arn();
    fail(work.arn());
    assertThat(ended(fork).status()).isEqualTo(ExecutionStatus.FAILED);
    world.executions.redrive(ann, fork, null);
    var task = world.activities.poll(ann, work.arn(), null).orElseThrow();
    world.tasks.succeed(ann, task.token(), "1");

    assertThat(ended(fork).output()).isEqualTo("500");
    assertThat(history(fork).get(1).details()).isInstanceOf(Details.StateEntered.class);
  }

  private void fail(String activity) {
    var task = world.activities.poll(ann, activity, null).orElseThrow();
    world.tasks.fail(ann, task.token(), "Boom", null);
  }

  @Test
  void onlyOperatorsForkAndOnlyTheirOwn() {
    String first = failed(create(ORDER.replace("because", "no")));
    Caller viewer = world.with(ann, Role.VIEWER);
    Caller other = world.administrator();

    refuses(
        ErrorCode.ACCESS_DENIED, () -> world.forks.fork(viewer, of(first, "Check", "{}", null)));
    refuses(ErrorCode.ACCESS_DENIED, () -> world.forks.fork(other, of(first, "Check", "{}", null)));
    String theirs = first.replace(ann.account(), other.account());
    refuses(
        ErrorCode.EXECUTION_DOES_NOT_EXIST,
        () -> world.forks.fork(other, of(theirs, "Check", "{}", null)));
    assertThat(world.forks.offer(viewer, first, "Check", null).input()).contains("200");
  }
}
