package io.gradus.service.trigger;

import io.gradus.engine.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Where triggers are kept.
public interface TriggerRecords {
  /// A trigger with what only those who receive requests need.
  ///
  /// @param secret as [HookSecrets] keeps it; empty for what is no webhook
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  record Stored(Trigger trigger, byte[] secret) {}

  /// Keeps a new one, unless the name is taken.
  ///
  /// @param dueAt when it is to be seen to first; null for never
  boolean insert(TenantId tenant, Stored fresh, @Nullable Instant dueAt);

  /// Keeps other settings; false where it is gone.
  boolean update(TenantId tenant, Stored changed, @Nullable Instant dueAt);

  /// Deletes it with its history; false where it was gone.
  boolean delete(TenantId tenant, UUID id);

  /// By name.
  Optional<Stored> find(TenantId tenant, String name);

  /// By what its address says.
  Optional<Stored> findHook(TenantId tenant, String hookId);

  /// All of a tenant's by name, each with the last time that it fired.
  List<Trigger> list(TenantId tenant);

  /// The names of a tenant's in order, at most so many.
  List<String> names(TenantId tenant, int limit);

  /// How many there are; nobody else adds one until the transaction's end.
  int countAlone(TenantId tenant);

  /// The last times that one fired, newest first.
  List<Trigger.Fire> fires(TenantId tenant, UUID id, int limit);
}
