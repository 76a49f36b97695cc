package io.gradus.api.management;

import io.gradus.api.json.Member;
import io.gradus.service.Caller;
import io.gradus.service.testcase.KeptCase;
import io.gradus.service.testcase.ProposalService;
import io.gradus.service.testcase.TestCaseService;
import io.gradus.service.testcase.TestRunService;
import io.gradus.service.testcase.run.ResultJson;
import io.gradus.service.testcase.run.TestCase;
import io.gradus.service.testcase.run.TestCaseJson;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The calls about test cases of state machines.
final class TestCaseRoutes {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int OK = 200;
  private static final int NO_CONTENT = 204;
  private static final String CASES = "/test-cases/{stateMachineArn}";
  private static final String CASE = CASES + "/cases/{name}";

  private final TestCaseService cases;
  private final TestRunService runs;
  private final ProposalService proposals;

  TestCaseRoutes(TestCaseService cases, TestRunService runs, ProposalService proposals) {
    this.cases = cases;
    this.runs = runs;
    this.proposals = proposals;
  }

  List<Route<Caller, ?, ?>> all() {
    return List.of(
        new Route<>(
            "GET",
            CASES,
            "listTestCases",
            "Lists a state machine's test cases by name, with what came of their last runs.",
            OK,
            Machine.class,
            Summaries.class,
            (caller, r) ->
                new Summaries(
                    cases.list(caller, r.stateMachineArn()).stream().map(Summary::of).toList())),
        new Route<>(
            "GET",
            CASE,
            "getTestCase",
            "Shows a test case, and what came of its last run.",
            OK,
            Name.class,
            Shown.class,
            (caller, r) -> Shown.of(cases.get(caller, r.stateMachineArn(), r.name()))),
        new Route<>(
            "PUT",
            CASE,
            "putTestCase",
            "Keeps a test case, in place of one of that name.",
            OK,
            Put.class,
            Shown.class,
            this::put),
        new Route<>(
            "DELETE",
            CASE,
            "deleteTestCase",
            "Deletes a test case.",
            NO_CONTENT,
            Name.class,
            Route.Nothing.class,
            this::delete),
        new Route<>(
            "POST",
            CASE + "/run",
            "runTestCase",
            "Runs a test case in memory, on the newest revision or on a `definition`.",
            OK,
            Run.class,
            Ran.class,
            (caller, r) -> Ran.of(runs.run(caller, r.stateMachineArn(), r.name(), r.definition()))),
        new Route<>(
            "POST",
            CASE + "/expect",
            "expectWhatComes",
            "Runs a test case and lets it expect what comes of it from then on.",
            OK,
            Name.class,
            Ran.class,
            (caller, r) -> Ran.of(runs.expectWhatComes(caller, r.stateMachineArn(), r.name()))),
        new Route<>(
            "POST",
            CASES + "/run",
            "runTestCases",
            "Runs all test cases of a state machine, on the newest revision or on a `definition`.",
            OK,
            RunAll.class,
            AllRan.class,
            (caller, r) -> AllRan.of(runs.runAll(caller, r.stateMachineArn(), r.definition()))),
        new Route<>(
            "POST",
            CASES + "/import",
            "importTestCases",
            "Takes the test cases of a file: its own form, or Step Functions Local's mock"
                + " configuration.",
            OK,
            Import.class,
            Imported.class,
            this::importFile),
        new Route<>(
            "GET",
            CASES + "/export",
            "exportTestCases",
            "Gives all test cases of a state machine as a file of their own form.",
            OK,
            Machine.class,
            File.class,
            (caller, r) -> new File(cases.export(caller, r.stateMachineArn()))),
        new Route<>(
            "GET",
            CASES + "/mock-configuration",
            "exportMockConfiguration",
            "Gives the mocks of all test cases as Step Functions Local's mock configuration.",
            OK,
            Machine.class,
            File.class,
            (caller, r) -> new File(cases.exportMocks(caller, r.stateMachineArn()))),
        new Route<>(
            "GET",
            "/test-case-of/{executionArn}",
            "proposeTestCase",
            "Makes a test case of an execution that is over, and keeps it nowhere.",
            OK,
            OfExecution.class,
            Proposed.class,
            (caller, r) -> Proposed.of(proposals.of(caller, r.executionArn()))));
  }

  record Machine(@Member(required = true, min = 1, max = 256) String stateMachineArn) {}

  record Name(
      @Member(required = true, min = 1, max = 256) String stateMachineArn,
      @Member(required = true, min = 1, max = 80) String name) {}

  /// @param input any JSON, `{}` where it is left out
  /// @param startTime what the clock says at the beginning, such as `2026-03-01T10:00:00Z`
  /// @param mocks by state, as a start has them or as Step Functions Local has them
  /// @param expected `output` or `error` and `cause`, `path`, `ignore`; success where it is left
  ///   out
  record Put(
      @Member(required = true, min = 1, max = 256) String stateMachineArn,
      @Member(required = true, min = 1, max = 80) String name,
      @Member(max = 500) @Nullable String description,
      @Nullable JsonNode input,
      @Nullable String startTime,
      @Nullable JsonNode mocks,
      @Nullable JsonNode expected) {}

  record Run(
      @Member(required = true, min = 1, max = 256) String stateMachineArn,
      @Member(required = true, min = 1, max = 80) String name,
      @Member(min = 1, max = 1_048_576) @Nullable String definition) {}

  record RunAll(
      @Member(required = true, min = 1, max = 256) String stateMachineArn,
      @Member(min = 1, max = 1_048_576) @Nullable String definition) {}

  /// @param file of either form
  /// @param from which state machine of a mock configuration; the one of the same name, or the only
  ///   one, where it is left out
  record Import(
      @Member(required = true, min = 1, max = 256) String stateMachineArn,
      @Member(required = true) JsonNode file,
      @Member(min = 1, max = 80) @Nullable String from) {}

  record Imported(List<String> names) {}

  record OfExecution(@Member(required = true, min = 1, max = 256) String executionArn) {}

  record Summary(
      String name,
      String description,
      String updatedBy,
      Instant updatedAt,
      @Nullable LastRun lastRun) {
    static Summary of(KeptCase.Summary kept) {
      KeptCase.LastRun last = kept.last();
      return new Summary(
          kept.name(),
          kept.description(),
          kept.by(),
          kept.updatedAt(),
          last == null ? null : new LastRun(last.at(), last.by(), last.passed(), last.revision()));
    }
  }

  /// @param revision the number of the definition that it ran on
  record LastRun(Instant at, String by, Boolean passed, Integer revision) {}

  record Summaries(List<Summary> testCases) {}

  /// @param result of its last run, cut where it is long
  record Shown(Summary summary, JsonNode testCase, @Nullable JsonNode result) {
    static Shown of(KeptCase kept) {
      return new Shown(
          Summary.of(kept.summary()),
          TestCaseJson.write(kept.testCase()),
          kept.result() == null ? null : ResultJson.write(kept.result()));
    }
  }

  /// @param revision left out where a definition was sent along
  record Ran(String name, Boolean passed, @Nullable Integer revision, JsonNode result) {
    static Ran of(KeptCase.Ran ran) {
      return new Ran(
          ran.name(), ran.result().passed(), ran.revision(), ResultJson.write(ran.result()));
    }
  }

  record AllRan(Boolean passed, List<Ran> results) {
    static AllRan of(List<KeptCase.Ran> all) {
      return new AllRan(
          all.stream().allMatch(each -> each.result().passed()),
          all.stream().map(Ran::of).toList());
    }
  }

  record File(JsonNode file) {}

  record Proposed(String stateMachineArn, String name, JsonNode testCase) {
    static Proposed of(ProposalService.Proposal made) {
      return new Proposed(
          made.stateMachineArn(), made.testCase().name(), TestCaseJson.write(made.testCase()));
    }
  }

  private Shown put(Caller caller, Put request) {
    ObjectNode json = JSON.createObjectNode();
    if (request.description() != null) {
      json.put("description", request.description());
    }
    set(json, "input", request.input());
    if (request.startTime() != null) {
      json.put("startTime", request.startTime());
    }
    set(json, "mocks", request.mocks());
    set(json, "expected", request.expected());
    TestCase testCase = TestCaseJson.read(request.name(), json);
    return Shown.of(cases.put(caller, request.stateMachineArn(), testCase));
  }

  private static void set(ObjectNode json, String member, @Nullable JsonNode value) {
    if (value != null) {
      json.set(member, value);
    }
  }

  private Route.Nothing delete(Caller caller, Name request) {
    cases.delete(caller, request.stateMachineArn(), request.name());
    return new Route.Nothing();
  }

  private Imported importFile(Caller caller, Import request) {
    return new Imported(
        cases.importFile(
            caller, request.stateMachineArn(), request.file().toString(), request.from()));
  }
}
