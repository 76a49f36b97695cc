package io.gradus.service.testcase;

import io.gradus.asl.model.Definition;
import io.gradus.engine.PayloadJson;
import io.gradus.service.Caller;
import io.gradus.service.ErrorCode;
import io.gradus.service.Refusal;
import io.gradus.service.Role.Permission;
import io.gradus.service.Transactions;
import io.gradus.service.audit.AuditTrail;
import io.gradus.service.definition.Definitions;
import io.gradus.service.definition.Revision;
import io.gradus.service.definition.StateMachineRecords.Stored;
import io.gradus.service.testcase.run.CaseResult;
import io.gradus.service.testcase.run.CaseRunner;
import io.gradus.service.testcase.run.JsonDifference;
import io.gradus.service.testcase.run.ResultJson;
import io.gradus.service.testcase.run.TestCase;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Runs test cases: in memory, on their mocks alone, on the newest revision or on a definition that
/// is sent along.
public class TestRunService {
  /// How long one case may run, and all of a state machine together.
  static final Duration ONE = Duration.ofSeconds(30);

  static final Duration ALL = Duration.ofSeconds(60);

  /// Longest result that is kept, in bytes; of a longer one only the essence is.
  private static final int MAX_KEPT = 262_144;

  private static final int FEW = 10;

  private final TestCaseRecords records;
  private final TestCaseService cases;
  private final CaseMachines machines;
  private final RunRoom room;
  private final Transactions transactions;
  private final AuditTrail audit;
  private final Clock clock;

  /// Runs the cases of these records.
  public TestRunService(
      TestCaseRecords records,
      TestCaseService cases,
      CaseMachines machines,
      RunRoom room,
      Transactions transactions,
      AuditTrail audit,
      Clock clock) {
    this.records = records;
    this.cases = cases;
    this.machines = machines;
    this.room = room;
    this.transactions = transactions;
    this.audit = audit;
    this.clock = clock;
  }

  /// What cases are run on.
  ///
  /// @param revision null for a definition that was sent along
  private record Ground(Stored machine, CaseRunner runner, @Nullable Integer revision) {}

  /// Runs a case, and keeps what came of it.
  ///
  /// @param definition to run it on, in place of the newest revision; nothing is kept then
  /// @throws Refusal InvalidDefinition, ResourceNotFound, ThrottlingException
  public KeptCase.Ran run(Caller caller, String arn, String name, @Nullable String definition) {
    Ground ground = ground(caller, "RunTestCase", arn, definition);
    KeptCase kept = cases.get(caller, arn, name);
    CaseResult result =
        room.call(caller.tenant(), ONE, expired -> ground.runner().run(kept.testCase(), expired));
    if (ground.revision() != null) {
      keep(caller, ground, List.of(new Finished(kept, result)));
      audit.record(caller, "RunTestCase", TestCaseService.target(arn, name));
    }
    return new KeptCase.Ran(name, ground.revision(), result);
  }

  private record Finished(KeptCase kept, CaseResult result) {}

  /// Runs all cases by name, and keeps what came of them.
  ///
  /// @param definition as for one
  public List<KeptCase.Ran> runAll(Caller caller, String arn, @Nullable String definition) {
    Ground ground = ground(caller, "RunTestCases", arn, definition);
    List<KeptCase> all = new ArrayList<>();
    for (KeptCase.Summary each : records.list(caller.tenant(), ground.machine().id())) {
      records.find(caller.tenant(), ground.machine().id(), each.name()).ifPresent(all::add);
    }
    List<Finished> finished =
        room.call(caller.tenant(), ALL, expired -> runEach(ground, all, expired));
    if (ground.revision() != null && !finished.isEmpty()) {
      keep(caller, ground, finished);
      audit.record(caller, "RunTestCases", arn);
    }
    return finished.stream()
        .map(
            each ->
                new KeptCase.Ran(each.kept().testCase().name(), ground.revision(), each.result()))
        .toList();
  }

  private static List<Finished> runEach(
      Ground ground, List<KeptCase> all, BooleanSupplier expired) {
    List<Finished> finished = new ArrayList<>();
    for (KeptCase each : all) {
      long until = System.nanoTime() + ONE.toNanos();
      CaseResult result =
          expired.getAsBoolean()
              ? CaseResult.notRun("Not run: the cases before it took a minute already.")
              : ground
                  .runner()
                  .run(
                      each.testCase(),
                      () -> expired.getAsBoolean() || System.nanoTime() - until > 0);
      finished.add(new Finished(each, ResultJson.cut(result)));
    }
    return finished;
  }

  /// Runs a case and lets it expect what came of it, from then on.
  ///
  /// @throws Refusal ValidationException where the run did not come to an end
  public KeptCase.Ran expectWhatComes(Caller caller, String arn, String name) {
    machines.find(caller, Permission.AUTHOR, "PutTestCase", arn);
    KeptCase kept = cases.get(caller, arn, name);
    CaseResult result = run(caller, arn, name, null).result();
    if (result.status().equals(CaseResult.BROKEN_OFF)) {
      throw new Refusal(
          ErrorCode.VALIDATION,
          "The run did not come to an end: " + String.join(" ", result.problems()));
    }
    TestCase.Expected came = CaseRunner.asExpected(result, kept.testCase().expected().ignore());
    cases.put(caller, arn, kept.testCase().expecting(came));
    return run(caller, arn, name, null);
  }

  private Ground ground(Caller caller, String action, String arn, @Nullable String definition) {
    Stored machine = machines.find(caller, Permission.RUN, action, arn);
    Revision newest = definition == null ? machines.newest(caller, machine, arn) : null;
    Definition sound =
        Definitions.sound(
            newest != null ? newest.definition() : definition == null ? "" : definition);
    return new Ground(
        machine,
        new CaseRunner(
            sound, machines.region(), caller.account(), machine.name(), machines.limits(machine)),
        newest == null ? null : newest.summary().number());
  }

  private void keep(Caller caller, Ground ground, List<Finished> finished) {
    Integer revision = ground.revision();
    if (revision == null) {
      return;
    }
    transactions.call(
        caller.tenant(),
        () -> {
          for (Finished each : finished) {
            records.ran(
                caller.tenant(),
                ground.machine().id(),
                each.kept().testCase().name(),
                each.kept().summary().updatedAt(),
                new KeptCase.LastRun(
                    clock.instant(), caller.principal(), each.result().passed(), revision),
                bytes(each.result()));
          }
          return finished;
        });
  }

  private static byte[] bytes(CaseResult result) {
    byte[] whole = ResultJson.write(result).toString().getBytes(StandardCharsets.UTF_8);
    return whole.length <= MAX_KEPT
        ? whole
        : ResultJson.write(essence(result)).toString().getBytes(StandardCharsets.UTF_8);
  }

  private static CaseResult essence(CaseResult result) {
    List<JsonDifference> few = result.differences().stream().limit(FEW).toList();
    return new CaseResult(
        result.passed(),
        result.problems(),
        result.status(),
        null,
        result.error(),
        result.cause(),
        few,
        PayloadJson.MAPPER.createArrayNode(),
        List.of(),
        result.stepCount(),
        List.of(),
        result.eventCount(),
        result.took());
  }
}
