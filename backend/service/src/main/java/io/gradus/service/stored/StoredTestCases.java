package io.gradus.service.stored;

import io.gradus.engine.PayloadJson;
import io.gradus.engine.TenantId;
import io.gradus.service.testcase.KeptCase;
import io.gradus.service.testcase.TestCaseRecords;
import io.gradus.service.testcase.run.ResultJson;
import io.gradus.service.testcase.run.TestCaseJson;
import io.gradus.store.TestCases;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Test cases in the store.
public final class StoredTestCases implements TestCaseRecords {
  private static final int ALL = 1_000;

  private final TestCases store;

  /// Keeps them there.
  public StoredTestCases(TestCases store) {
    this.store = store;
  }

  @Override
  public void put(
      TenantId tenant,
      UUID machine,
      String name,
      String description,
      byte[] content,
      String by,
      Instant at) {
    store.put(tenant, machine, name, description, content, by, at);
  }

  @Override
  public boolean ran(
      TenantId tenant,
      UUID machine,
      String name,
      Instant updatedAt,
      KeptCase.LastRun last,
      byte[] result) {
    return store.ran(
        tenant,
        machine,
        name,
        updatedAt,
        new TestCases.Last(last.at(), last.by(), last.passed(), last.revision()),
        result);
  }

  @Override
  public Optional<KeptCase> find(TenantId tenant, UUID machine, String name) {
    return store.find(tenant, machine, name).map(StoredTestCases::read);
  }

  @Override
  public List<KeptCase.Summary> list(TenantId tenant, UUID machine) {
    return store.list(tenant, machine, ALL).stream().map(StoredTestCases::summary).toList();
  }

  @Override
  public List<KeptCase.Named> names(TenantId tenant, int limit) {
    return store.names(tenant, limit).stream()
        .map(named -> new KeptCase.Named(named.stateMachine(), named.name()))
        .toList();
  }

  @Override
  public Extent extent(TenantId tenant, UUID machine) {
    TestCases.Extent extent = store.extent(tenant, machine);
    return new Extent(extent.count(), extent.bytes());
  }

  @Override
  public boolean delete(TenantId tenant, UUID machine, String name) {
    return store.delete(tenant, machine, name);
  }

  private static KeptCase read(TestCases.Whole row) {
    byte[] result = row.result();
    return new KeptCase(
        summary(row.line()),
        TestCaseJson.read(row.line().name(), PayloadJson.MAPPER.readTree(row.content())),
        result == null ? null : ResultJson.read(PayloadJson.MAPPER.readTree(result)));
  }

  private static KeptCase.Summary summary(TestCases.Line row) {
    TestCases.Last last = row.last();
    return new KeptCase.Summary(
        row.name(),
        row.description(),
        row.by(),
        row.updatedAt(),
        last == null
            ? null
            : new KeptCase.LastRun(last.at(), last.by(), last.passed(), last.revision()));
  }
}
