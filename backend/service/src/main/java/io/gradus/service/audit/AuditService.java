package io.gradus.service.audit;

import io.gradus.service.Caller;
import io.gradus.service.Role.Permission;
import io.gradus.service.arn.Access;
import io.gradus.service.audit.AuditLog.Entry;
import io.gradus.service.audit.AuditLog.Facets;
import io.gradus.service.audit.AuditLog.Format;
import io.gradus.service.audit.AuditLog.Progress;
import io.gradus.service.audit.AuditLog.Query;
import io.gradus.service.audit.AuditLog.Verification;
import io.gradus.store.Audit;
import io.gradus.store.AuditEntry;
import io.gradus.store.AuditFilter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads a tenant's audit log for its administrators.
public final class AuditService {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int MAX_PEOPLE = 500;
  private static final int EXPORT_BATCH = 1_000;

  private final Audit store;
  private final AuditTrail trail;

  /// @param trail is told that the log was taken out
  public AuditService(Audit store, AuditTrail trail) {
    this.store = store;
    this.trail = trail;
  }

  /// Entries, newest first.
  ///
  /// @param before only with smaller numbers; `Long.MAX_VALUE` for the newest
  public List<Entry> list(Caller caller, Query query, long before, int limit) {
    require(caller, "ListAuditEntries");
    return store.list(caller.tenant(), filter(query), before, limit).stream()
        .map(AuditService::read)
        .toList();
  }

  /// What there is to filter by.
  public Facets facets(Caller caller) {
    require(caller, "ListAuditEntries");
    return new Facets(store.people(caller.tenant(), MAX_PEOPLE), store.actions(caller.tenant()));
  }

  /// Looks at the whole chain; seconds for a long one, so not on a thread that someone waits for.
  ///
  /// @return empty where the progress did not want to go on
  public Optional<Verification> verify(Caller caller, Progress progress) {
    require(caller, "VerifyAuditLog");
    return store
        .verify(caller.tenant(), progress::at)
        .map(
            found -> {
              Audit.Fault fault = found.fault();
              return new Verification(
                  found.entries(),
                  fault == null ? 0 : fault.seq(),
                  fault == null ? null : fault.why(),
                  hash(caller, found.entries()));
            });
  }

  private String hash(Caller caller, long seq) {
    return seq == 0
        ? ""
        : store.list(caller.tenant(), AuditFilter.ALL, seq + 1, 1).stream()
            .findFirst()
            .map(entry -> HexFormat.of().formatHex(entry.hash()))
            .orElse("");
  }

  /// Writes the entries, newest first, a batch at a time: a log of any length takes no memory.
  ///
  /// @throws IOException if the reader went away
  public void export(Caller caller, Query query, Format format, OutputStream out)
      throws IOException {
    require(caller, "ExportAuditLog");
    trail.record(caller, "ExportAuditLog", "audit");
    Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
    AuditExport export = AuditExport.of(format, writer);
    export.begin();
    AuditFilter filter = filter(query);
    long before = Long.MAX_VALUE;
    while (true) {
      List<AuditEntry> batch = store.list(caller.tenant(), filter, before, EXPORT_BATCH);
      for (AuditEntry entry : batch) {
        export.entry(read(entry));
      }
      if (batch.size() < EXPORT_BATCH) {
        break;
      }
      before = batch.getLast().seq();
    }
    writer.flush();
  }

  private static void require(Caller caller, String action) {
    Access.require(caller, Permission.ADMINISTER, action, "*");
  }

  /// PostgreSQL has no text with a NUL, and so nothing that such a filter would find.
  private static AuditFilter filter(Query query) {
    return new AuditFilter(
        text(query.who()),
        text(query.action()),
        text(query.target()),
        text(query.source()),
        query.from(),
        query.until());
  }

  private static @Nullable String text(@Nullable String asked) {
    return asked == null ? null : asked.replace('\0', '\uFFFD');
  }

  private static Entry read(AuditEntry entry) {
    AuditEntry.What what = entry.what();
    JsonNode detail = detail(what.detail());
    return new Entry(
        entry.seq(),
        what.at(),
        what.who(),
        what.action(),
        what.target(),
        what.source(),
        side(detail, "before"),
        side(detail, "after"),
        HexFormat.of().formatHex(entry.hash()));
  }

  private static @Nullable JsonNode detail(byte @Nullable [] bytes) {
    if (bytes == null || bytes.length == 0) {
      return null;
    }
    try {
      return JSON.readTree(bytes);
    } catch (JacksonException e) {
      // Somebody changed it: the chain's verification says where.
      return null;
    }
  }

  private static @Nullable String side(@Nullable JsonNode detail, String name) {
    JsonNode side = detail == null ? null : detail.get(name);
    return side == null || side.isNull()
        ? null
        : JSON.writerWithDefaultPrettyPrinter().writeValueAsString(side);
  }
}
