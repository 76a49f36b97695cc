package io.gradus.service.testcase;

import io.gradus.engine.ExecutionInfo;
import io.gradus.engine.ExecutionStatus;
import io.gradus.engine.Fact;
import io.gradus.engine.PayloadJson;
import io.gradus.engine.journal.JournalCodec;
import io.gradus.service.Caller;
import io.gradus.service.ErrorCode;
import io.gradus.service.Page;
import io.gradus.service.Refusal;
import io.gradus.service.definition.Definitions;
import io.gradus.service.execution.Execution;
import io.gradus.service.execution.ExecutionFinder;
import io.gradus.service.execution.ExecutionService;
import io.gradus.service.testcase.run.CaseRunner;
import io.gradus.service.testcase.run.Recording;
import io.gradus.service.testcase.run.TestCase;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes test cases of executions. What is made is kept by nobody until it is put.
public class ProposalService {
  private static final int PAGE = 200;

  /// More than that no test case can hold anyway, by far.
  private static final int MAX_EVENTS = 10_000;

  private static final long MAX_BYTES = 8L * 1024 * 1024;

  private final ExecutionService executions;
  private final ExecutionFinder finder;
  private final RunRoom room;

  /// Reads the executions there.
  public ProposalService(ExecutionService executions, ExecutionFinder finder, RunRoom room) {
    this.executions = executions;
    this.finder = finder;
    this.room = room;
  }

  /// A test case of what an execution went through.
  ///
  /// @param stateMachineArn whose it would be
  public record Proposal(String stateMachineArn, TestCase testCase) {}

  /// Makes one of an execution that succeeded or failed.
  ///
  /// @throws Refusal ExecutionDoesNotExist; ValidationException where it cannot be made
  public Proposal of(Caller caller, String executionArn) {
    Execution execution = executions.describe(caller, executionArn);
    String machine =
        execution.stateMachineArn().substring(execution.stateMachineArn().lastIndexOf(':') + 1);
    check(caller, execution, machine);
    String definition = executions.describeStateMachine(caller, executionArn).definition();
    List<Fact.HistoryEvent> history = history(caller, executionArn);
    CaseRunner runner =
        new CaseRunner(
            Definitions.sound(definition),
            region(executionArn),
            caller.account(),
            machine,
            ExecutionInfo.Limits.lifted(ExecutionInfo.Limits.MAX_PAYLOAD_BYTES));
    String output = execution.output();
    Recording.End end =
        new Recording.End(
            output == null ? null : PayloadJson.MAPPER.readTree(output),
            execution.error(),
            execution.cause());
    TestCase made =
        room.call(
            caller.tenant(),
            TestRunService.ONE,
            expired -> Recording.of(execution.name(), history, end, runner, expired));
    return new Proposal(execution.stateMachineArn(), made);
  }

  private void check(Caller caller, Execution execution, String machine) {
    if (execution.status() != ExecutionStatus.SUCCEEDED
        && execution.status() != ExecutionStatus.FAILED) {
      throw refused("A test case can be made of an execution that succeeded or failed");
    }
    if (execution.redriveCount() > 0) {
      throw refused(
          "The execution was redriven. A test case goes through in one go: make one of an execution"
              + " that was not");
    }
    ExecutionFinder.Row row = finder.find(caller, machine, execution.name());
    if (finder.origin(caller, row).isPresent()) {
      throw refused(
          "The execution is a fork and began in the middle. A test case begins at the beginning:"
              + " make one of an execution that did");
    }
  }

  private List<Fact.HistoryEvent> history(Caller caller, String arn) {
    List<Fact.HistoryEvent> history = new ArrayList<>();
    long bytes = 0;
    @Nullable String after = null;
    do {
      Page<Fact.HistoryEvent> page =
          executions.history(caller, arn, false, new Page.Request(PAGE, after));
      for (Fact.HistoryEvent event : page.items()) {
        history.add(event);
        bytes += JournalCodec.size(event);
      }
      if (history.size() > MAX_EVENTS || bytes > MAX_BYTES) {
        throw refused(
            "The execution has more than 10,000 events or 8 MiB of payloads: too much for a test"
                + " case");
      }
      after = page.next();
    } while (after != null);
    return history;
  }

  private static String region(String arn) {
    return arn.split(":", -1)[3];
  }

  private static Refusal refused(String sentence) {
    return new Refusal(ErrorCode.VALIDATION, sentence);
  }
}
