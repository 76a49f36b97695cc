package io.gradus.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.asl.model.ErrorName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every event of AWS's history comes about, and follows the event it should.
/// `docs/history-events.md` lists them all, and which of them are held to what.
class HistoryEventTest {
  private static final String AWS =
      """
      ActivityFailed ActivityScheduled ActivityScheduleFailed ActivityStarted ActivitySucceeded ActivityTimedOut
      ChoiceStateEntered ChoiceStateExited ExecutionAborted ExecutionFailed ExecutionStarted ExecutionSucceeded
      ExecutionTimedOut FailStateEntered LambdaFunctionFailed LambdaFunctionScheduled LambdaFunctionScheduleFailed
      LambdaFunctionStarted LambdaFunctionStartFailed LambdaFunctionSucceeded LambdaFunctionTimedOut
      MapIterationAborted MapIterationFailed MapIterationStarted MapIterationSucceeded MapStateAborted
      MapStateEntered MapStateExited MapStateFailed MapStateStarted MapStateSucceeded ParallelStateAborted
      ParallelStateEntered ParallelStateExited ParallelStateFailed ParallelStateStarted ParallelStateSucceeded
      PassStateEntered PassStateExited SucceedStateEntered SucceedStateExited TaskFailed TaskScheduled TaskStarted
      TaskStartFailed TaskStateAborted TaskStateEntered TaskStateExited TaskSubmitFailed TaskSubmitted TaskSucceeded
      TaskTimedOut WaitStateAborted WaitStateEntered WaitStateExited MapRunAborted MapRunFailed MapRunStarted
      MapRunSucceeded ExecutionRedriven MapRunRedriven EvaluationFailed
      """;
  private static final Set<String> TYPES = Set.of(AWS.split("\\s+"));
  private static final Pattern ROW = Pattern.compile("\\| `(\\w+)` \\| ([^|]+) \\|.*");

  private static final String LAMBDA =
      "\"Type\":\"Task\",\"Resource\":\"arn:aws:lambda:us-east-1:000000000000:function:f\"";
  private static final String ACTIVITY =
      "\"Type\":\"Task\",\"Resource\":\"arn:aws:states:us-east-1:000000000000:activity:a\"";
  private static final String SERVICE =
      "\"Type\":\"Task\",\"Resource\":\"arn:aws:states:::sqs:sendMessage\"";
  private static final String CALLBACK =
      "\"Type\":\"Task\",\"Resource\":\"arn:aws:states:::sqs:sendMessage.waitForTaskToken\"";

  /// A machine of some states, what happens to it, and the events that come of it.
  record Story(String states, Consumer<World> happens, String chain) {
    @Override
    public String toString() {
      return chain;
    }
  }

  static Stream<Story> stories() {
    return Stream.of(tasks(), activities(), fans(), mapRuns(), ends()).flatMap(List::stream);
  }

  private static List<Story> tasks() {
    return List.of(
        story(
            "A:{%s,E}".formatted(SERVICE),
            world -> world.returns("A", "1").run(),
            "ExecutionStarted 0, TaskStateEntered 0, TaskScheduled 2, TaskStarted 3, TaskSucceeded 4, TaskStateExited 5, ExecutionSucceeded 6"),
        story(
            "A:{%s,E}".formatted(SERVICE),
            world -> world.throwing("A", "Boom", "why").run(),
            "ExecutionStarted 0, TaskStateEntered 0, TaskScheduled 2, TaskStarted 3, TaskFailed 4, ExecutionFailed 5"),
        story(
            "A:{%s,E}".formatted(SERVICE),
            failing(Command.FailureKind.START_FAILED),
            "ExecutionStarted 0, TaskStateEntered 0, TaskScheduled 2, TaskStarted 3, TaskStartFailed 4, ExecutionFailed 5"),
        story(
            "A:{%s,E}".formatted(CALLBACK),
            failing(Command.FailureKind.SUBMIT_FAILED),
            "ExecutionStarted 0, TaskStateEntered 0, TaskScheduled 2, TaskStarted 3, TaskSubmitFailed 4, ExecutionFailed 5"),
        story(
            "A:{%s,\"TimeoutSeconds\":5,E}".formatted(CALLBACK),
            world ->
                world
                    .task("A", c -> new Command.TaskSubmitted(c.task(), Payload.ofText("{}")))
                    .run(),
            "ExecutionStarted 0, TaskStateEntered 0, TaskScheduled 2, TaskStarted 3, TaskSubmitted 4, TaskTimedOut 5, ExecutionFailed 6"),
        story(
            "A:{%s,E}".formatted(LAMBDA),
            world -> world.returns("A", "1").run(),
            "ExecutionStarted 0, TaskStateEntered 0, LambdaFunctionScheduled 2, LambdaFunctionStarted 3, LambdaFunctionSucceeded 4, TaskStateExited 5, ExecutionSucceeded 6"),
        story(
            "A:{%s,E}".formatted(LAMBDA),
            failing(Command.FailureKind.FAILED),
            "ExecutionStarted 0, TaskStateEntered 0, LambdaFunctionScheduled 2, LambdaFunctionStarted 3, LambdaFunctionFailed 4, ExecutionFailed 5"),
        story(
            "A:{%s,E}".formatted(LAMBDA),
            failing(Command.FailureKind.START_FAILED),
            "ExecutionStarted 0, TaskStateEntered 0, LambdaFunctionScheduled 2, LambdaFunctionStarted 3, LambdaFunctionStartFailed 4, ExecutionFailed 5"),
        story(
            "A:{%s,E}".formatted(LAMBDA),
            failing(Command.FailureKind.SCHEDULE_FAILED),
            "ExecutionStarted 0, TaskStateEntered 0, LambdaFunctionScheduled 2, LambdaFunctionStarted 3, LambdaFunctionScheduleFailed 4, ExecutionFailed 5"),
        story(
            "A:{%s,\"TimeoutSeconds\":5,E}".formatted(LAMBDA),
            World::run,
            "ExecutionStarted 0, TaskStateEntered 0, LambdaFunctionScheduled 2, LambdaFunctionStarted 3, LambdaFunctionTimedOut 4, ExecutionFailed 5"));
  }

  private static List<Story> activities() {
    return List.of(
        story(
            "A:{%s,E}".formatted(ACTIVITY),
            world -> {
              TaskId task = begun(world);
              world.send(new Command.TaskStarted(task, "worker"));
              world.send(new Command.TaskSucceeded(task, Payload.ofText("1")));
            },
            "ExecutionStarted 0, TaskStateEntered 0, ActivityScheduled 2, ActivityStarted 3, ActivitySucceeded 4, TaskStateExited 5, ExecutionSucceeded 6"),
        story(
            "A:{%s,E}".formatted(ACTIVITY),
            world -> {
              TaskId task = begun(world);
              world.send(new Command.TaskStarted(task, "worker"));
              world.send(fault(task, Command.FailureKind.FAILED));
            },
            "ExecutionStarted 0, TaskStateEntered 0, ActivityScheduled 2, ActivityStarted 3, ActivityFailed 4, ExecutionFailed 5"),
        story(
            "A:{%s,E}".formatted(ACTIVITY),
            world -> world.send(fault(begun(world), Command.FailureKind.SCHEDULE_FAILED)),
            "ExecutionStarted 0, TaskStateEntered 0, ActivityScheduled 2, ActivityScheduleFailed 3, ExecutionFailed 4"),
        story(
            "A:{%s,\"TimeoutSeconds\":5,E}".formatted(ACTIVITY),
            World::run,
            "ExecutionStarted 0, TaskStateEntered 0, ActivityScheduled 2, ActivityTimedOut 3, ExecutionFailed 4"));
  }

  private static List<Story> fans() {
    String pass = "{\"StartAt\":\"B\",\"States\":{\"B\":{\"Type\":\"Pass\",\"End\":true}}}";
    String call = "{\"StartAt\":\"B\",\"States\":{\"B\":{%s,\"End\":true}}}".formatted(SERVICE);
    String fails = "{\"StartAt\":\"F\",\"States\":{\"F\":{\"Type\":\"Fail\",\"Error\":\"E\"}}}";
    String one =
        ("{'StartAt':'C','States':{'C':{'Type':'Choice','Choices':[{'Condition':'{% $states.input = 2 %}','Next':'F'}],'Default':'W'},"
                + "'W':{'Type':'Wait','Seconds':9,'End':true},'F':{'Type':'Fail','Error':'E'}}}")
            .replace('\'', '"');
    String inner = "{\"StartAt\":\"I\",\"States\":{\"I\":{\"Type\":\"%s\",\"End\":true,%s}}}";
    String wait =
        "{\"StartAt\":\"W\",\"States\":{\"W\":{\"Type\":\"Wait\",\"Seconds\":9,\"End\":true}}}";
    return List.of(
        story(
            "A:{\"Type\":\"Parallel\",\"Branches\":[%s],E}".formatted(pass),
            World::run,
            "ExecutionStarted 0, ParallelStateEntered 0, ParallelStateStarted 2, PassStateEntered 3, PassStateExited 4, ParallelStateSucceeded 5, ParallelStateExited 5, ExecutionSucceeded 7"),
        story(
            "A:{\"Type\":\"Map\",\"Items\":[1],\"ItemProcessor\":%s,E}".formatted(pass),
            World::run,
            "ExecutionStarted 0, MapStateEntered 0, MapStateStarted 2, MapIterationStarted 3, PassStateEntered 4, PassStateExited 5, MapIterationSucceeded 6, MapStateSucceeded 7, MapStateExited 7, ExecutionSucceeded 9"),
        story(
            "A:{\"Type\":\"Parallel\",\"Branches\":[%s,%s,%s],E}"
                .formatted(
                    call,
                    inner.formatted("Parallel", "\"Branches\":[" + wait + "]"),
                    inner
                        .formatted("Map", "\"Items\":[1],\"ItemProcessor\":" + wait)
                        .replace("\"I\"", "\"J\"")
                        .replace("\"W\"", "\"V\"")),
            world -> world.throwing("B", "Boom", "why").run()),
        story(
            "A:{\"Type\":\"Parallel\",\"Branches\":[%s,%s],E}".formatted(call, fails), World::run),
        story(
            "A:{\"Type\":\"Map\",\"Items\":[1,2],\"ItemProcessor\":%s,E}".formatted(one),
            World::run),
        story(
            "A:{\"Type\":\"Map\",\"Items\":[1],\"ItemProcessor\":%s,E}".formatted(fails),
            World::run,
            "ExecutionStarted 0, MapStateEntered 0, MapStateStarted 2, MapIterationStarted 3, FailStateEntered 4, MapIterationFailed 5, MapStateFailed 5, ExecutionFailed 7"));
  }

  private static List<Story> mapRuns() {
    String map =
        ("'Type':'Map','Items':[1],'ItemProcessor':{'ProcessorConfig':{'Mode':'DISTRIBUTED','ExecutionType':'STANDARD'},"
                + "'StartAt':'P','States':{'P':{'Type':'Pass','End':true}}}")
            .replace('\'', '"');
    String call = "{\"StartAt\":\"B\",\"States\":{\"B\":{%s,\"End\":true}}}".formatted(SERVICE);
    return List.of(
        story(
            "A:{%s,E}".formatted(map),
            World::run,
            "ExecutionStarted 0, MapStateEntered 0, MapStateStarted 2, MapRunStarted 3, MapRunSucceeded 4, MapStateSucceeded 5, MapStateExited 5, ExecutionSucceeded 7"),
        story(
            "A:{%s,E}".formatted(map),
            world -> world.children(_ -> ExecutionStatus.FAILED).run(),
            "ExecutionStarted 0, MapStateEntered 0, MapStateStarted 2, MapRunStarted 3, MapRunFailed 4, MapStateFailed 5, ExecutionFailed 6"),
        story(
            "A:{%s,E}".formatted(map),
            world ->
                world
                    .children(_ -> ExecutionStatus.FAILED)
                    .run()
                    .children(_ -> ExecutionStatus.SUCCEEDED)
                    .redrive(),
            "ExecutionStarted 0, MapStateEntered 0, MapStateStarted 2, MapRunStarted 3, MapRunFailed 4, MapStateFailed 5, ExecutionFailed 6, ExecutionRedriven 7, MapRunRedriven 8, MapRunSucceeded 9, MapStateSucceeded 10, MapStateExited 10, ExecutionSucceeded 12"),
        story(
            "A:{%s,E}".formatted(map),
            world -> {
              world.children(_ -> null).send(new Command.StartExecution());
              world.send(new Command.StopExecution(null, null));
            },
            "ExecutionStarted 0, MapStateEntered 0, MapStateStarted 2, MapRunStarted 3, MapRunAborted 4, ExecutionAborted 0"),
        story(
            "A:{\"Type\":\"Parallel\",\"Branches\":[%s,{\"StartAt\":\"M\",\"States\":{\"M\":{%s,\"End\":true}}}],E}"
                .formatted(call, map),
            world -> world.children(_ -> null).throwing("B", "Boom", "why").run()));
  }

  private static List<Story> ends() {
    return List.of(
        story(
            "A:{\"Type\":\"Choice\",\"Choices\":[{\"Condition\":\"{% true %}\",\"Next\":\"S\"}]},S:{\"Type\":\"Succeed\"}",
            World::run,
            "ExecutionStarted 0, ChoiceStateEntered 0, ChoiceStateExited 2, SucceedStateEntered 3, SucceedStateExited 4, ExecutionSucceeded 5"),
        story(
            "A:{\"Type\":\"Wait\",\"Seconds\":1,E}",
            World::run,
            "ExecutionStarted 0, WaitStateEntered 0, WaitStateExited 2, ExecutionSucceeded 3"),
        story(
            "A:{\"Type\":\"Wait\",\"Seconds\":1000000,E}",
            World::run,
            "ExecutionStarted 0, WaitStateEntered 0, ExecutionTimedOut 0"),
        story(
            "A:{\"Type\":\"Wait\",\"Seconds\":1,E}",
            world -> {
              world.send(new Command.StartExecution());
              world.send(new Command.StopExecution("E", "C"));
            },
            "ExecutionStarted 0, WaitStateEntered 0, ExecutionAborted 0"),
        story(
            "A:{\"Type\":\"Pass\",\"Output\":\"{%% $none %%}\",E}".formatted(),
            World::run,
            "ExecutionStarted 0, PassStateEntered 0, EvaluationFailed 0, ExecutionFailed 3"),
        story(
            "A:{%s,E}".formatted(SERVICE),
            world -> world.throwing("A", "Boom", "why").run().returns("A", "1").redrive(),
            "ExecutionStarted 0, TaskStateEntered 0, TaskScheduled 2, TaskStarted 3, TaskFailed 4, ExecutionFailed 5, ExecutionRedriven 6, TaskScheduled 7, TaskStarted 8, TaskSucceeded 9, TaskStateExited 10, ExecutionSucceeded 11"));
  }

  /// What happens in more than one order.
  private static Story story(String states, Consumer<World> happens) {
    return story(states, happens, "");
  }

  private static Story story(String states, Consumer<World> happens, String chain) {
    String json =
        states.replaceAll("(^|,)([A-Z]):\\{", "$1\"$2\":{").replace(",E}", ",\"End\":true}");
    return new Story(json, happens, chain);
  }

  private static Consumer<World> failing(Command.FailureKind kind) {
    return world -> world.task("A", call -> fault(call.task(), kind)).run();
  }

  private static Command fault(TaskId task, Command.FailureKind kind) {
    return new Command.TaskFailed(task, kind, new ErrorName("Boom"), "why");
  }

  private static TaskId begun(World world) {
    world.send(new Command.StartExecution());
    return world.calls.getFirst().task();
  }

  private static World told(Story story) {
    World world =
        new World(
            "{\"QueryLanguage\":\"JSONata\",\"TimeoutSeconds\":999999,\"StartAt\":\"A\",\"States\":{"
                + story.states()
                + "}}",
            "{}");
    story.happens().accept(world);
    return world;
  }

  @ParameterizedTest
  @MethodSource("stories")
  void eventsFollowOneAnother(Story story) {
    World world = told(story);

    if (!story.chain().isEmpty()) {
      assertThat(
              world.events().stream()
                  .map(e -> EventType.of(e.details()) + " " + e.previousEventId())
                  .collect(Collectors.joining(", ")))
          .isEqualTo(story.chain());
    }
    long next = 1;
    for (Fact.HistoryEvent event : world.events()) {
      assertThat(event.id()).isEqualTo(next++);
      assertThat(event.previousEventId()).isLessThan(event.id());
    }
  }

  @Test
  void everyEventComesAbout() throws IOException {
    Map<String, String> listed = listed();
    Set<String> produced = new HashSet<>();
    stories().map(HistoryEventTest::told).forEach(world -> produced.addAll(world.types()));

    assertThat(TYPES).hasSize(62);
    assertThat(listed.keySet()).isEqualTo(TYPES);
    assertThat(produced).isEqualTo(TYPES);
  }

  /// The rows of the document: what each event is held to.
  private static Map<String, String> listed() throws IOException {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("docs/history-events.md"))) {
      folder = Objects.requireNonNull(folder.getParent());
    }
    Map<String, String> rows = new LinkedHashMap<>();
    for (String line : Files.readAllLines(folder.resolve("docs/history-events.md"))) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        assertThat(rows.put(row.group(1), row.group(2))).as(row.group(1)).isNull();
      }
    }
    return rows;
  }
}
