package io.gradus.service.stored;

import static io.gradus.service.stored.StoredWorld.refuses;
import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.asl.graph.StateGraph;
import io.gradus.asl.validate.MachineType;
import io.gradus.engine.Details;
import io.gradus.engine.Fact;
import io.gradus.service.Caller;
import io.gradus.service.ErrorCode;
import io.gradus.service.Page;
import io.gradus.service.Role;
import io.gradus.service.arn.Arns;
import io.gradus.service.definition.Definitions;
import io.gradus.service.definition.StateMachine;
import io.gradus.service.execution.Execution;
import io.gradus.service.template.Template;
import io.gradus.service.template.TemplateLibrary;
import io.gradus.service.template.TemplateService;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Every template is sound, runs at once on its mocks, and has no state that was never tried.
class TemplatesTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final TemplateLibrary LIBRARY = new TemplateLibrary();
  private static final Map<String, List<Run>> RUNS = new LinkedHashMap<>();

  private static StoredWorld world;
  private static Caller ann;

  /// An execution of a template, and what it is to come to.
  private record Run(String arn, JsonNode expected, boolean asShown) {}

  @BeforeAll
  static void startEverything() {
    world = new StoredWorld();
    ann = world.administrator();
    JsonNode expectations = read("templates-test.json");
    for (Template template : LIBRARY.all()) {
      String machine =
          world
              .stateMachines
              .create(
                  ann,
                  new StateMachine.Draft(
                      template.id(),
                      template.definition(),
                      "arn:aws:iam::100000000001:role/any",
                      MachineType.STANDARD,
                      null,
                      null,
                      Map.of()))
              .arn();
      List<Run> runs = new ArrayList<>();
      for (JsonNode expected : expectations.required(template.id())) {
        runs.add(start(template, machine, expected));
      }
      RUNS.put(template.id(), runs);
    }
  }

  @AfterAll
  static void stopEverything() {
    world.close();
  }

  private static JsonNode read(String resource) {
    try (InputStream stream = TemplatesTest.class.getResourceAsStream(resource)) {
      return JSON.readTree(Objects.requireNonNull(stream));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /// The first expectation is of the template as it is shown; others say what they change.
  private static Run start(Template template, String machine, JsonNode expected) {
    ObjectNode mocks = (ObjectNode) JSON.readTree(template.mocks());
    JsonNode otherMocks = expected.get("mocks");
    if (otherMocks != null) {
      otherMocks.properties().forEach(e -> mocks.set(e.getKey(), e.getValue()));
    }
    ObjectNode input = (ObjectNode) JSON.readTree(template.inputFor("ann"));
    JsonNode otherInput = expected.get("input");
    if (otherInput != null) {
      otherInput.properties().forEach(e -> input.set(e.getKey(), e.getValue()));
    }
    Execution.Started started =
        world.executions.start(
            ann, new Execution.Start(machine, null, input.toString(), null, mocks.toString()));
    return new Run(started.arn(), expected, otherMocks == null && otherInput == null);
  }

  private static Execution finished(String arn) {
    return world.ended(ann, arn);
  }

  private static Set<String> entered(String arn) {
    Set<String> names = new HashSet<>();
    @Nullable String after = null;
    do {
      Page<Fact.HistoryEvent> page =
          world.executions.history(ann, arn, false, new Page.Request(500, after));
      for (Fact.HistoryEvent event : page.items()) {
        if (event.details() instanceof Details.StateEntered entered) {
          names.add(entered.name().value());
        }
      }
      after = page.next();
    } while (after != null);
    return names;
  }

  static List<String> ids() {
    return LIBRARY.all().stream().map(Template::id).toList();
  }

  private static Template template(String id) {
    return LIBRARY.find(id).orElseThrow();
  }

  @ParameterizedTest
  @MethodSource("ids")
  void isSoundAndWellDescribed(String id) {
    Template template = template(id);

    assertThat(Definitions.validate(template.definition(), MachineType.STANDARD)).isEmpty();
    assertThat(template.title()).hasSizeLessThanOrEqualTo(40);
    assertThat(template.sentence()).hasSizeLessThanOrEqualTo(100).endsWith(".");
    assertThat(template.features()).hasSizeBetween(2, 4);
    JsonNode definition = JSON.readTree(template.definition());
    assertThat(definition.path("Comment").asString("")).isNotBlank();
  }

  @ParameterizedTest
  @MethodSource("ids")
  void mocksEveryTaskThatNobodyElseAnswers(String id) {
    Template template = template(id);
    Set<String> called =
        template.graph().nodes().stream()
            .filter(node -> node.kind() == StateGraph.Kind.TASK)
            .filter(node -> !answersByItself(template, Objects.requireNonNull(node.resource())))
            .map(StateGraph.Node::name)
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(new TreeSet<>(JSON.readTree(template.mocks()).propertyNames())).isEqualTo(called);
  }

  /// A person, where the template says so, and child executions of its own.
  private static boolean answersByItself(Template template, String resource) {
    return (template.people() != null && resource.contains(":approval:"))
        || (template.machines().isEmpty() && resource.endsWith("startExecution.sync:2"));
  }

  @ParameterizedTest
  @MethodSource("ids")
  void runsToItsEnd(String id) {
    for (Run run : RUNS.getOrDefault(id, List.of())) {
      Execution execution = finished(run.arn());
      String what = run.expected().path("name").asString("as shown");
      assertThat(execution.status().name())
          .as("%s, %s: %s %s", id, what, execution.error(), execution.cause())
          .isEqualTo(run.expected().required("status").stringValue());
      JsonNode error = run.expected().get("error");
      assertThat(execution.error())
          .as("%s, %s", id, what)
          .isEqualTo(error == null ? null : error.stringValue());
      JsonNode output = run.expected().get("output");
      if (output != null) {
        assertThat(JSON.readTree(Objects.requireNonNull(execution.output())))
            .as("%s, %s", id, what)
            .isEqualTo(output);
      }
      if (run.asShown()) {
        Instant stopped = Objects.requireNonNull(execution.stoppedAt());
        assertThat(Duration.between(execution.startedAt(), stopped))
            .as("so long that one sees it move")
            .isBetween(Duration.ofSeconds(4), Duration.ofSeconds(30));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("ids")
  void hasNoStateThatWasNeverTried(String id) {
    Set<String> tried = new TreeSet<>();
    for (Run run : RUNS.getOrDefault(id, List.of())) {
      finished(run.arn());
      tried.addAll(entered(run.arn()));
    }
    Set<String> all =
        template(id).graph().nodes().stream()
            .map(StateGraph.Node::name)
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(tried).isEqualTo(all);
  }

  @Test
  void asksItsStarterByName() {
    Template template = template("expense-approval");

    assertThat(template.input()).contains("\"${you}\"");
    assertThat(JSON.readTree(template.inputFor("o\"neill")).required("approver").stringValue())
        .isEqualTo("o\"neill");
  }

  @Test
  void runsUnderTheFirstNameThatIsFreeOrItsOwn() {
    Caller bob = world.administrator();
    Template template = template("eight-states");
    TemplateService.Run first = service().run(bob, template);
    TemplateService.Run second = service().run(bob, template);
    assertThat(first.stateMachine()).isEqualTo("eight-states");
    assertThat(second.stateMachine()).isEqualTo("eight-states");
    assertThat(second.execution()).isNotEqualTo(first.execution());

    world.stateMachines.update(
        bob,
        "arn:aws:states:us-east-1:" + bob.account() + ":stateMachine:eight-states",
        new StateMachine.Change(
            "{\"StartAt\":\"A\",\"States\":{\"A\":{\"Type\":\"Succeed\"}}}", null, null, null));

    assertThat(service().run(bob, template).stateMachine()).isEqualTo("eight-states-2");
    assertThat(service().run(bob, template).stateMachine()).isEqualTo("eight-states-2");
    assertThat(
            service()
                .exampleFor(
                    bob,
                    "arn:aws:states:us-east-1:" + bob.account() + ":stateMachine:eight-states-2"))
        .hasValue(new TemplateService.Example(template.input(), template.mocks()));
  }

  @Test
  void aTemplateBringsTheMachinesThatItStartsAndItsTestCases() {
    Caller bob = world.administrator();
    Template template = template("video-on-demand");
    String machines = "arn:aws:states:us-east-1:" + bob.account() + ":stateMachine:";
    world.stateMachines.create(
        bob,
        new StateMachine.Draft(
            "video-on-demand-publish",
            "{\"StartAt\":\"A\",\"States\":{\"A\":{\"Type\":\"Succeed\"}}}",
            "arn:aws:iam::100000000001:role/any",
            MachineType.STANDARD,
            null,
            null,
            Map.of()));

    TemplateService.Run run = service().run(bob, template);

    assertThat(run.stateMachine()).as("its child's name was taken").isEqualTo("video-on-demand-2");
    assertThat(
            world.stateMachines.describe(bob, machines + "video-on-demand-2-process").definition())
        .contains("arn:aws:states:us-east-1:" + bob.account() + ":activity:vod-encoder");
    assertThat(world.testCases.list(bob, machines + "video-on-demand-2-publish")).hasSize(5);
    assertThat(service().run(bob, template).stateMachine()).isEqualTo("video-on-demand-2");

    service().complete(bob, template, "video-on-demand-2");
    assertThat(world.testCases.list(bob, machines + "video-on-demand-2")).hasSize(5);
  }

  @Test
  void runsOnlyForThoseWhoMayDoWhatItTakes() {
    Caller bob = world.administrator();
    Template template = template("eight-states");
    Caller operator =
        new Caller(bob.tenant(), bob.account(), "user/olga", Set.of(Role.OPERATOR), "test");
    Caller viewer =
        new Caller(bob.tenant(), bob.account(), "user/vera", Set.of(Role.VIEWER), "test");

    refuses(ErrorCode.ACCESS_DENIED, () -> service().run(operator, template));
    service().run(bob, template);
    assertThat(service().run(operator, template).stateMachine()).isEqualTo("eight-states");
    refuses(ErrorCode.ACCESS_DENIED, () -> service().run(viewer, template));
  }

  private static TemplateService service() {
    return new TemplateService(
        LIBRARY,
        world.stateMachines,
        world.executions,
        world.tags,
        world.testCases,
        new Arns(StoredWorld.REGION));
  }

  @Test
  void thereAreTwelveAtLeastAndEachKindOfThemIsThere() {
    assertThat(LIBRARY.all()).hasSizeGreaterThanOrEqualTo(12).doesNotHaveDuplicates();
    assertThat(LIBRARY.all()).extracting(Template::category).contains(Template.Category.values());
    assertThat(LIBRARY.find("nothing")).isEmpty();
  }
}
