package io.gradus.service.function;

import io.gradus.engine.TenantId;
import io.gradus.integrations.lambda.FunctionRegistry;
import io.gradus.integrations.lambda.HttpFunction;
import io.gradus.service.ShortMemory;
import java.time.Duration;
import java.util.Optional;

/// The registered functions, as tasks ask for them at every call: from memory, a second old at
/// most.
public final class RegisteredFunctions implements FunctionRegistry {
  private static final int CAPACITY = 10_000;
  private static final Duration REMEMBERED = Duration.ofSeconds(1);

  private final FunctionRecords records;
  private final ShortMemory<Name, HttpFunction> known = new ShortMemory<>(CAPACITY, REMEMBERED);

  private record Name(TenantId tenant, String name) {}

  /// Finds them in these records.
  public RegisteredFunctions(FunctionRecords records) {
    this.records = records;
  }

  @Override
  public Optional<HttpFunction> find(TenantId tenant, String name) {
    return known.get(
        new Name(tenant, name),
        asked ->
            records
                .find(asked.tenant(), asked.name())
                .map(
                    function ->
                        new HttpFunction(
                            function.url(), Duration.ofSeconds(function.timeoutSeconds()))));
  }
}
