package io.gradus.app.usecases;

import io.gradus.service.Transactions;
import io.gradus.service.arn.Arns;
import io.gradus.service.definition.Machines;
import io.gradus.service.definition.RevisionRecords;
import io.gradus.service.definition.StateMachineRecords;
import io.gradus.service.execution.ExecutionFinder;
import io.gradus.service.execution.ExecutionService;
import io.gradus.service.stored.StoredAudit;
import io.gradus.service.stored.StoredTestCases;
import io.gradus.service.testcase.CaseMachines;
import io.gradus.service.testcase.ProposalService;
import io.gradus.service.testcase.RunRoom;
import io.gradus.service.testcase.TestCaseRecords;
import io.gradus.service.testcase.TestCaseService;
import io.gradus.service.testcase.TestRunService;
import io.gradus.store.TenantScope;
import io.gradus.store.TestCases;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Test cases of state machines.
@Configuration(proxyBeanMethods = false)
class TestCaseConfiguration {
  @Bean
  TestCaseRecords testCaseRecords(TenantScope scope) {
    return new StoredTestCases(new TestCases(scope));
  }

  @Bean
  CaseMachines caseMachines(
      StateMachineRecords records, RevisionRecords revisions, Machines machines, Arns arns) {
    return new CaseMachines(records, revisions, machines, arns);
  }

  @Bean
  RunRoom runRoom() {
    return RunRoom.usual();
  }

  @Bean
  TestCaseService testCases(
      TestCaseRecords records,
      CaseMachines machines,
      Transactions transactions,
      StoredAudit audit,
      Clock clock) {
    return new TestCaseService(records, machines, transactions, audit, clock);
  }

  @Bean
  TestRunService testRuns(
      TestCaseRecords records,
      TestCaseService cases,
      CaseMachines machines,
      RunRoom room,
      Transactions transactions,
      StoredAudit audit,
      Clock clock) {
    return new TestRunService(records, cases, machines, room, transactions, audit, clock);
  }

  @Bean
  ProposalService testCaseProposals(
      ExecutionService executions, ExecutionFinder finder, RunRoom room) {
    return new ProposalService(executions, finder, room);
  }
}
