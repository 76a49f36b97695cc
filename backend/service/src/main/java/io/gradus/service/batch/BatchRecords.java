package io.gradus.service.batch;

import io.gradus.engine.TenantId;
import io.gradus.service.Page;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Where batches are kept.
public interface BatchRecords {
  /// Keeps a new one, which is due at once.
  ///
  /// @param executionArns its items in their order, each once
  void insert(TenantId tenant, Batch batch, List<String> executionArns);

  /// How many of a tenant's are not over; until the transaction's end nobody else counts them.
  int countOpenAlone(TenantId tenant);

  /// Notes who wants nothing more to be done; false where it is over, or somebody said so before.
  boolean cancel(TenantId tenant, String id, String who);

  /// By id, which may be any text.
  Optional<Batch> find(TenantId tenant, String id);

  /// Newest first.
  Page<Batch> list(TenantId tenant, Page.Request request);

  /// Items in their order.
  ///
  /// @param id of a batch that there is
  /// @param outcomes none for any
  Page<Batch.Item> items(
      TenantId tenant, String id, Set<Batch.Outcome> outcomes, Page.Request request);
}
