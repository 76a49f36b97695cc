package io.gradus.engine.samples;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// The ways of published machines that no mock can make them go to the end, each with the reason.
final class Unreachable {
  /// The items are constants of the machine.
  private static final String CONSTANT = "CONSTANT";

  /// A Choice before it lets no empty list through.
  private static final String GUARDED = "GUARDED";

  /// A state reads a task token where there is none, so that the execution fails there.
  private static final String NO_TOKEN = "NO_TOKEN";

  /// Pages are asked for until one is short: the search's mocks say the same each time, and so
  /// never come to an end.
  private static final String SAME_AGAIN = "SAME_AGAIN";

  /// The catcher writes below an item that is a number, so that the execution fails there.
  private static final String NO_OBJECT = "NO_OBJECT";

  /// One of the branches always ends in a Fail.
  private static final String ALWAYS_FAILS = "ALWAYS_FAILS";

  /// Another branch fails after five seconds, before the retries are over.
  private static final String TOO_LATE = "TOO_LATE";

  private record Left(String sample, String reason, List<String> ways) {}

  private static final List<Left> ALL =
      List.of(
          new Left(
              "sfx-sam-app-control-concurrency-with-dynamodb-statemachines-test-run-semaphore-asl",
              CONSTANT,
              List.of("StartInParallel NO_ITEM", "StartInParallel ONE_ITEM")),
          new Left(
              "sfx-sam-app-control-concurrency-with-dynamodb-statemachines-test-run-semaphore-asl",
              NO_OBJECT,
              List.of("RunChildStateMachine CATCH 0", "RunChildStateMachine EXHAUSTED 0")),
          new Left(
              "swc-app-control-concurrency-with-dynamodb-tf-statemachines-test-run-semaphore-asl",
              CONSTANT,
              List.of("StartInParallel NO_ITEM", "StartInParallel ONE_ITEM")),
          new Left(
              "swc-app-control-concurrency-with-dynamodb-tf-statemachines-test-run-semaphore-asl",
              NO_OBJECT,
              List.of("RunChildStateMachine CATCH 0", "RunChildStateMachine EXHAUSTED 0")),
          new Left(
              "sfx-sam-app-order-management-statemachines-ship-order-asl",
              GUARDED,
              List.of("Reserve Products NO_ITEM")),
          new Left(
              "sfx-sam-app-s3-athena-dataprocessing-statemachines-initialize-account-asl",
              CONSTANT,
              List.of("Create Default Folders NO_ITEM", "Create Default Folders ONE_ITEM")),
          new Left(
              "sfx-sam-demo-manage-glue-crawlers-with-step-functions-template-yaml-1",
              CONSTANT,
              List.of(
                  "Daily User - Create File Per User NO_ITEM",
                  "Daily User - Create File Per User ONE_ITEM",
                  "Daily User - Per Day NO_ITEM",
                  "Daily User - Per Day ONE_ITEM",
                  "Daily User - Per Month NO_ITEM",
                  "Daily User - Per Month ONE_ITEM",
                  "Daily User - Per Year NO_ITEM",
                  "Daily User - Per Year ONE_ITEM",
                  "Locations - Create File Per User NO_ITEM",
                  "Locations - Create File Per User ONE_ITEM",
                  "Locations - Per Day NO_ITEM",
                  "Locations - Per Day ONE_ITEM",
                  "Locations - Per Month NO_ITEM",
                  "Locations - Per Month ONE_ITEM",
                  "Locations - Per Year NO_ITEM",
                  "Locations - Per Year ONE_ITEM",
                  "Locations All Time - Create File Per Location NO_ITEM",
                  "Locations All Time - Create File Per Location ONE_ITEM")),
          new Left(
              "swc-celebrity-identifier-sam-statemachine-statemachine-asl",
              GUARDED,
              List.of("Iterate list NO_ITEM")),
          new Left(
              "swc-distributed-data-stream-aggregator-statemachine-data-extraction-child-asl",
              CONSTANT,
              List.of("Iterate states NO_ITEM", "Iterate states ONE_ITEM")),
          new Left(
              "swc-distributed-data-stream-aggregator-statemachine-data-extraction-child-asl",
              SAME_AGAIN,
              List.of("Check pagination DEFAULT")),
          new Left(
              "swc-either-or-parallel-pattern-statemachine-statemachine-asl",
              ALWAYS_FAILS,
              List.of("Wait Either For Process Completion Or Timeout DONE")),
          new Left(
              "swc-emit-and-wait-statemachine-statemachine-asl",
              NO_TOKEN,
              List.of(
                  "Emit - PHASE 1 CATCH 0",
                  "Emit - PHASE 2 CATCH 0",
                  "Emit - PHASE 3 CATCH 0",
                  "Emit - TIMEDOUT DONE",
                  "TIMEOUT DONE")),
          new Left(
              "swc-github-repo-views-counter-statemachine-statemachine-asl",
              CONSTANT,
              List.of("Map NO_ITEM", "Map SEVERAL_ITEMS")),
          new Left(
              "swc-quorum-with-parallel-pattern-statemachine-statemachine-asl",
              TOO_LATE,
              List.of(
                  "Mock Process 1 EXHAUSTED 0",
                  "Mock Process 2 EXHAUSTED 0",
                  "Mock Process 3 EXHAUSTED 0")),
          new Left(
              "swc-quorum-with-parallel-pattern-statemachine-statemachine-asl",
              ALWAYS_FAILS,
              List.of("Wait for at least \"quorum\" number processes complete DONE")),
          new Left(
              "swc-resource-configuration-backup-sam-statemachine-statemachine-asl",
              CONSTANT,
              List.of("InputMapping ONE_ITEM")));

  private Unreachable() {}

  /// How many ways each reason keeps from being gone.
  static Map<String, Integer> reasons() {
    Map<String, Integer> reasons = new TreeMap<>();
    ALL.forEach(each -> reasons.merge(each.reason(), each.ways().size(), Integer::sum));
    return reasons;
  }

  static Map<String, Set<String>> ways() {
    Map<String, Set<String>> ways = new TreeMap<>();
    for (Left each : ALL) {
      ways.computeIfAbsent(each.sample(), _ -> new TreeSet<>()).addAll(each.ways());
    }
    return ways;
  }
}
