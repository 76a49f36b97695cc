package io.gradus.service.stored;

import static io.gradus.service.stored.StoredWorld.refuses;
import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.asl.validate.MachineType;
import io.gradus.engine.ExecutionStatus;
import io.gradus.engine.MapRun;
import io.gradus.service.Caller;
import io.gradus.service.ErrorCode;
import io.gradus.service.Page;
import io.gradus.service.Role;
import io.gradus.service.definition.StateMachine;
import io.gradus.service.execution.Execution;
import io.gradus.service.execution.ExecutionFinder;
import io.gradus.service.execution.ExecutionLookup;
import io.gradus.service.execution.MapRunService;
import io.gradus.service.maprun.ChildRecords.Child;
import io.gradus.service.maprun.ChildRecords.Order;
import io.gradus.service.maprun.MapRunViews;
import io.gradus.service.maprun.MapRunViews.Format;
import io.gradus.service.maprun.MapRunViews.Wanted;
import io.gradus.service.maprun.Pace;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Children of Map Runs, looked through: of 60 items every tenth fails, the last five wait.
class MapRunViewsTest {
  private static String definition(String type) {
    return """
      {"QueryLanguage":"JSONata","StartAt":"All","States":{"All":{"Type":"Map","ToleratedFailurePercentage":20,
        "ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"%s"},"StartAt":"C","States":{
          "C":{"Type":"Choice","Choices":[
            {"Condition":"{%% $states.input.kind = 'bad' %%}","Next":"F"},
            {"Condition":"{%% $states.input.kind = 'wait' %%}","Next":"W"}],"Default":"P"},
          "F":{"Type":"Fail","Error":"=Bad","Cause":"it \\"is\\""},
          "W":{"Type":"Wait","Seconds":600,"Next":"P"},
          "P":{"Type":"Pass","End":true}}},"End":true}}}"""
        .formatted(type);
  }

  /// More than what is stored again rather than referred to.
  private static final String LONG = "z".repeat(400);

  private static StoredWorld world;
  private static Caller ann;
  private static MapRunViews.Opened standard;

  @BeforeAll
  static void startWorld() {
    world = new StoredWorld();
    ann = world.administrator();
    standard = opened("standard", "STANDARD");
  }

  @AfterAll
  static void stopWorld() {
    world.close();
  }

  private static MapRunViews.Opened opened(String name, String type) {
    String machine =
        world
            .stateMachines
            .create(
                ann,
                new StateMachine.Draft(
                    name,
                    definition(type),
                    "arn:aws:iam::" + ann.account() + ":role/any",
                    MachineType.STANDARD,
                    null,
                    null,
                    Map.of()))
            .arn();
    String items =
        IntStream.range(0, 60)
            .mapToObj(i -> item(i, i >= 55 ? "wait" : i % 10 == 0 ? "bad" : "good"))
            .collect(Collectors.joining(",", "[", "]"));
    world.executions.start(ann, new Execution.Start(machine, "run", items, null, null));
    ExecutionFinder.Row row = world.finder.find(ann, name, "run");
    await(() -> !world.mapRunViews.of(ann, row).isEmpty());
    MapRun run = world.mapRunViews.of(ann, row).getFirst();
    MapRunViews.Opened opened = world.mapRunViews.open(ann, name, "run", run.id().toString());
    await(
        () -> {
          MapRun now = world.mapRunViews.now(ann, opened).run();
          return now.progress().children() == 60 && now.progress().running() == 5;
        });
    return world.mapRunViews.now(ann, opened);
  }

  private static String item(int i, String kind) {
    return "{\"n\": %d, \"kind\": \"%s\", \"long\": \"%s\"}".formatted(i, kind, LONG);
  }

  private static void await(BooleanSupplier condition) {
    long until = System.nanoTime() + 20_000_000_000L;
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("within 20 s").isLessThan(until);
      LockSupport.parkNanos(10_000_000);
    }
  }

  /// All of a list, a few at a time.
  private static List<Child> all(Wanted wanted) {
    List<Child> found = new ArrayList<>();
    String after = null;
    do {
      Page<Child> page =
          world.mapRunViews.children(ann, standard, wanted, new Page.Request(7, after));
      assertThat(page.items()).hasSizeLessThanOrEqualTo(7);
      found.addAll(page.items());
      after = page.next();
    } while (after != null);
    return found;
  }

  private static List<Long> indexes(List<Child> children) {
    return children.stream().map(Child::index).toList();
  }

  private static Wanted wanted(Order order, ExecutionStatus... statuses) {
    return new Wanted(Set.of(statuses), order, null);
  }

  @Test
  void everyChildIsListedOnceInEachOrder() {
    List<Child> failedFirst = all(wanted(Order.FAILED_FIRST));
    assertThat(indexes(failedFirst))
        .hasSize(60)
        .doesNotHaveDuplicates()
        .startsWith(0L, 10L, 20L, 30L, 40L, 50L, 55L, 56L, 57L, 58L, 59L, 1L);
    assertThat(indexes(all(wanted(Order.IN_ORDER))))
        .isEqualTo(IntStream.range(0, 60).mapToObj(Long::valueOf).toList());
    assertThat(indexes(all(wanted(Order.NEWEST_FIRST))))
        .isEqualTo(IntStream.range(0, 60).mapToObj(i -> 59L - i).toList());
    assertThat(indexes(all(wanted(Order.NEWEST_FIRST, ExecutionStatus.FAILED))))
        .containsExactly(50L, 40L, 30L, 20L, 10L, 0L);
    Child first = failedFirst.getFirst();
    assertThat(first.error()).isEqualTo("=Bad");
    assertThat(first.cause()).isEqualTo("it \"is\"");
    assertThat(first.preview()).startsWith("{\"n\":0,\"kind\":\"bad\"").hasSize(201).endsWith("…");
  }

  @Test
  void oneIsFoundByItsPlaceAndByItsName() {
    Child seventh = all(wanted(Order.IN_ORDER)).get(7);
    assertThat(indexes(all(new Wanted(Set.of(), Order.FAILED_FIRST, "7")))).containsExactly(7L);
    for (int length : new int[] {14, 23, 36}) {
      assertThat(
              indexes(
                  all(
                      new Wanted(
                          Set.of(), Order.FAILED_FIRST, seventh.name().substring(0, length)))))
          .contains(7L);
    }
    for (String nothing :
        List.of("60", "abc", "zzzzzzzzzzzz", seventh.name() + "0", "99999999999999999999")) {
      assertThat(all(new Wanted(Set.of(), Order.FAILED_FIRST, nothing))).as(nothing).isEmpty();
    }
    // By name also among all executions, where children do not stand otherwise.
    var named = new ExecutionFinder.Wanted(null, Set.of(), null, null, seventh.name(), null);
    assertThat(world.finder.newest(ann, named, new Page.Request(10, null)).items())
        .singleElement()
        .satisfies(row -> assertThat(row.arn()).contains(":standard/").endsWith(seventh.name()));
    assertThat(
            world
                .finder
                .newest(ann, ExecutionFinder.Wanted.ALL, new Page.Request(100, null))
                .items())
        .extracting(ExecutionFinder.Row::name)
        .containsOnly("run");
  }

  @Test
  void aChildHasItsOwnDefinitionAndPlace() {
    Child tenth = all(wanted(Order.IN_ORDER)).get(10);
    ExecutionFinder.Opened child = world.finder.open(ann, "standard", tenth.name());
    assertThat(child.definition()).startsWith("{\"ProcessorConfig\"").contains("JSONata");
    assertThat(child.row().mapChild()).extracting(ExecutionLookup.MapChild::index).isEqualTo(10L);
    assertThat(child.parent()).extracting(ExecutionFinder.Link::name).isEqualTo("run");
  }

  @Test
  void whatFailedIsTakenAlongWhole() throws IOException {
    String lines = export(standard, Format.JSON_LINES);
    assertThat(lines.lines()).hasSize(6).allMatch(line -> line.contains(LONG));
    assertThat(lines).startsWith("{\"index\":0,").contains("\"cause\":\"it \\\"is\\\"\"");
    String table = export(standard, Format.CSV);
    // No spreadsheet takes an error for a formula.
    assertThat(table.lines())
        .hasSize(7)
        .element(1)
        .asString()
        .contains("\"'=Bad\",\"it \"\"is\"\"\"");
    // Children that have no history as well.
    MapRunViews.Opened express = opened("express", "EXPRESS");
    assertThat(express.isStandard()).isFalse();
    assertThat(export(express, Format.JSON_LINES).lines())
        .hasSize(6)
        .allMatch(l -> l.contains(LONG));
    assertThat(world.mapRunViews.child(ann, express, 1))
        .hasValueSatisfying(
            whole -> {
              assertThat(whole.input()).contains(LONG);
              assertThat(whole.output()).contains(LONG);
            });
  }

  private static String export(MapRunViews.Opened opened, Format format) throws IOException {
    var out = new ByteArrayOutputStream();
    world.mapRunViews.export(ann, opened, MapRunViews.UNSUCCESSFUL, format, out);
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void thePaceAddsUpAndTheToleranceIsCounted() {
    Pace pace = world.mapRunViews.pace(ann, standard);
    assertThat(pace.children()).isEqualTo(60);
    assertThat(pace.perSecond()).hasSizeBetween(1, 41);
    assertThat(pace.perSecond().stream().mapToDouble(Double::doubleValue).max().orElse(0))
        .isGreaterThan(0);
    MapRunViews.Borne borne = MapRunViews.borne(standard.run());
    assertThat(borne.failed()).isEqualTo(6);
    assertThat(borne.most()).isEqualTo(12);
  }

  @Test
  void nobodySeesWhatIsNotTheirs() {
    String id = standard.run().id().toString();
    Caller stranger = world.administrator();
    refuses(
        ErrorCode.EXECUTION_DOES_NOT_EXIST,
        () -> world.mapRunViews.open(stranger, "standard", "run", id));
    refuses(ErrorCode.RESOURCE_NOT_FOUND, () -> world.mapRunViews.now(stranger, standard));
    refuses(
        ErrorCode.RESOURCE_NOT_FOUND,
        () ->
            world.mapRunViews.children(
                stranger, standard, wanted(Order.IN_ORDER), new Page.Request(1, null)));
    refuses(
        ErrorCode.EXECUTION_DOES_NOT_EXIST,
        () -> world.mapRunViews.of(stranger, standard.execution()));
    Caller nobody = world.with(ann);
    refuses(ErrorCode.ACCESS_DENIED, () -> world.mapRunViews.now(nobody, standard));
    refuses(
        ErrorCode.RESOURCE_NOT_FOUND,
        () -> world.mapRunViews.open(ann, "standard", "run", "no-such"));
    refuses(
        ErrorCode.INVALID_TOKEN,
        () ->
            world.mapRunViews.children(
                ann, standard, wanted(Order.IN_ORDER), new Page.Request(1, "x")));
    Caller viewer = world.with(ann, Role.VIEWER);
    assertThat(world.mapRunViews.now(viewer, standard).run().id()).isEqualTo(standard.run().id());
    refuses(
        ErrorCode.ACCESS_DENIED,
        () ->
            world.mapRuns.update(viewer, standard.arn(), new MapRunService.Change(5, null, null)));
  }
}
