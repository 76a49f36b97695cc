package io.gradus.service.testcase;

import io.gradus.service.Caller;
import io.gradus.service.ErrorCode;
import io.gradus.service.Refusal;
import io.gradus.service.Role.Permission;
import io.gradus.service.Transactions;
import io.gradus.service.arn.Access;
import io.gradus.service.audit.AuditTrail;
import io.gradus.service.audit.Change;
import io.gradus.service.definition.StateMachineRecords.Stored;
import io.gradus.service.testcase.run.CaseFile;
import io.gradus.service.testcase.run.MockConfiguration;
import io.gradus.service.testcase.run.TestCase;
import io.gradus.service.testcase.run.TestCaseJson;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// The test cases that a state machine keeps.
public class TestCaseService {
  /// So many a state machine may have, so large each, and so large together, in bytes.
  public static final int MAX_CASES = 100;

  private static final int MAX_BYTES = 524_288;
  private static final long MAX_TOGETHER = 8L * 1024 * 1024;

  private final TestCaseRecords records;
  private final CaseMachines machines;
  private final Transactions transactions;
  private final AuditTrail audit;
  private final Clock clock;

  /// Works on these records.
  public TestCaseService(
      TestCaseRecords records,
      CaseMachines machines,
      Transactions transactions,
      AuditTrail audit,
      Clock clock) {
    this.records = records;
    this.machines = machines;
    this.transactions = transactions;
    this.audit = audit;
    this.clock = clock;
  }

  /// A state machine's cases by name.
  public List<KeptCase.Summary> list(Caller caller, String arn) {
    Stored machine = machines.find(caller, Permission.READ, "ListTestCases", arn);
    return records.list(caller.tenant(), machine.id());
  }

  /// The names of the cases of all state machines, so many at most.
  public List<KeptCase.Named> names(Caller caller, int limit) {
    Access.require(caller, Permission.READ, "ListTestCases", "*");
    return records.names(caller.tenant(), limit);
  }

  /// A case with what came of its last run.
  ///
  /// @throws Refusal ResourceNotFound
  public KeptCase get(Caller caller, String arn, String name) {
    Stored machine = machines.find(caller, Permission.READ, "GetTestCase", arn);
    return records.find(caller.tenant(), machine.id(), name).orElseThrow(() -> notFound(name));
  }

  /// Keeps a case under a name that is free.
  ///
  /// @throws Refusal ConflictException where there is one of that name
  public KeptCase create(Caller caller, String arn, TestCase testCase) {
    return put(caller, arn, testCase, false);
  }

  /// Keeps a case, in place of one of that name.
  ///
  /// @throws Refusal ServiceQuotaExceededException where there are too many, or it is too large
  public KeptCase put(Caller caller, String arn, TestCase testCase) {
    return put(caller, arn, testCase, true);
  }

  private KeptCase put(Caller caller, String arn, TestCase testCase, boolean replaces) {
    Stored machine = machines.find(caller, Permission.AUTHOR, "PutTestCase", arn);
    byte[] content = content(testCase);
    return transactions.call(
        caller.tenant(),
        () -> {
          machines.lock(caller, machine, arn);
          Optional<KeptCase> before = records.find(caller.tenant(), machine.id(), testCase.name());
          if (!replaces && before.isPresent()) {
            throw new Refusal(
                ErrorCode.CONFLICT,
                "There is a test case '" + testCase.name() + "' already: edit that one");
          }
          keep(caller, machine, testCase, content);
          checkExtent(caller, machine);
          audit.record(
              caller,
              "PutTestCase",
              target(arn, testCase.name()),
              new Change(
                  before.map(kept -> described(bytes(kept.testCase()))).orElse(null),
                  described(content)));
          return get(caller, arn, testCase.name());
        });
  }

  private void keep(Caller caller, Stored machine, TestCase testCase, byte[] content) {
    records.put(
        caller.tenant(),
        machine.id(),
        testCase.name(),
        testCase.description(),
        content,
        caller.principal(),
        clock.instant());
  }

  /// Asked when the new ones are there already: a refusal takes them back.
  private void checkExtent(Caller caller, Stored machine) {
    TestCaseRecords.Extent extent = records.extent(caller.tenant(), machine.id());
    if (extent.count() > MAX_CASES) {
      throw new Refusal(
          ErrorCode.SERVICE_QUOTA_EXCEEDED,
          "A state machine has at most " + MAX_CASES + " test cases");
    }
    if (extent.bytes() > MAX_TOGETHER) {
      throw new Refusal(
          ErrorCode.SERVICE_QUOTA_EXCEEDED,
          "The test cases of a state machine have at most 8 MiB together");
    }
  }

  private static byte[] bytes(TestCase testCase) {
    return TestCaseJson.write(testCase).toString().getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] content(TestCase testCase) {
    byte[] content = bytes(testCase);
    if (content.length > MAX_BYTES) {
      throw new Refusal(
          ErrorCode.SERVICE_QUOTA_EXCEEDED,
          "The test case '"
              + testCase.name()
              + "' has "
              + content.length
              + " bytes; at most "
              + MAX_BYTES
              + " can be kept");
    }
    return content;
  }

  /// Deletes a case.
  public void delete(Caller caller, String arn, String name) {
    Stored machine = machines.find(caller, Permission.AUTHOR, "DeleteTestCase", arn);
    transactions.call(
        caller.tenant(),
        () -> {
          KeptCase before =
              records.find(caller.tenant(), machine.id(), name).orElseThrow(() -> notFound(name));
          if (!records.delete(caller.tenant(), machine.id(), name)) {
            throw notFound(name);
          }
          audit.record(
              caller,
              "DeleteTestCase",
              target(arn, name),
              Change.removed(described(bytes(before.testCase()))));
          return name;
        });
  }

  /// Takes the cases of a file: of their own form in place of those of the same names; of a mock
  /// configuration the mocks, where a case of the same name keeps its input and what it expects.
  ///
  /// @param from which state machine of a mock configuration; null for the one of the same name, or
  ///   the only one
  /// @return the names of the cases
  public List<String> importFile(Caller caller, String arn, String text, @Nullable String from) {
    Stored machine = machines.find(caller, Permission.AUTHOR, "ImportTestCases", arn);
    CaseFile file = CaseFile.read(text, from, machine.name());
    List<String> names = file.testCases().stream().map(TestCase::name).toList();
    if (names.size() > MAX_CASES) {
      throw new Refusal(
          ErrorCode.SERVICE_QUOTA_EXCEEDED,
          "A state machine has at most "
              + MAX_CASES
              + " test cases, and the file has "
              + names.size());
    }
    return transactions.call(
        caller.tenant(),
        () -> {
          machines.lock(caller, machine, arn);
          for (TestCase each : file.testCases()) {
            TestCase merged =
                file.mocksOnly()
                    ? records
                        .find(caller.tenant(), machine.id(), each.name())
                        .map(kept -> kept.testCase().withMocks(each.mocks()))
                        .orElse(each)
                    : each;
            keep(caller, machine, merged, content(merged));
          }
          checkExtent(caller, machine);
          audit.record(caller, "ImportTestCases", arn, Change.made(Map.of("testCases", names)));
          return names;
        });
  }

  /// All cases of a state machine as a file of their own form.
  public ObjectNode export(Caller caller, String arn) {
    Stored machine = machines.find(caller, Permission.READ, "ExportTestCases", arn);
    return CaseFile.write(all(caller, machine));
  }

  /// The mocks of all cases as a mock configuration of Step Functions Local.
  ///
  /// @throws Refusal ValidationException for mocks that it has no form for
  public ObjectNode exportMocks(Caller caller, String arn) {
    Stored machine = machines.find(caller, Permission.READ, "ExportTestCases", arn);
    return MockConfiguration.write(machine.name(), all(caller, machine));
  }

  private List<TestCase> all(Caller caller, Stored machine) {
    List<TestCase> all = new ArrayList<>();
    for (KeptCase.Summary each : records.list(caller.tenant(), machine.id())) {
      records
          .find(caller.tenant(), machine.id(), each.name())
          .ifPresent(kept -> all.add(kept.testCase()));
    }
    return all;
  }

  /// What the audit log calls a case: as Step Functions Local does.
  static String target(String arn, String name) {
    return arn + "#" + name;
  }

  private static Map<String, Object> described(byte[] content) {
    return Map.of("bytes", content.length);
  }

  private static Refusal notFound(String name) {
    return new Refusal(ErrorCode.RESOURCE_NOT_FOUND, "There is no test case '" + name + "'");
  }
}
