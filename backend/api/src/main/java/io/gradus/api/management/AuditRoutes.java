package io.gradus.api.management;

import io.gradus.api.json.Member;
import io.gradus.service.Caller;
import io.gradus.service.ErrorCode;
import io.gradus.service.Refusal;
import io.gradus.service.audit.AuditLog;
import io.gradus.service.audit.AuditService;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The calls about a tenant's audit log.
final class AuditRoutes {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int OK = 200;
  private static final int PAGE = 100;

  private final AuditService audit;

  /// Whose chain is looked at right now: a look reads the whole log, so one at a time is enough.
  private final Set<String> looking = ConcurrentHashMap.newKeySet();

  AuditRoutes(AuditService audit) {
    this.audit = audit;
  }

  List<Route<Caller, ?, ?>> all() {
    return List.of(
        new Route<>(
            "GET",
            "/audit",
            "listAuditEntries",
            "Lists the newest entries of the audit log.",
            OK,
            None.class,
            Found.class,
            (caller, _) ->
                search(caller, new Search(null, null, null, null, null, null, null, null))),
        new Route<>(
            "POST",
            "/audit/search",
            "searchAuditEntries",
            "Lists entries of the audit log that all given filters let through, newest first.",
            OK,
            Search.class,
            Found.class,
            this::search),
        new Route<>(
            "POST",
            "/audit/verify",
            "verifyAuditLog",
            "Looks at the whole log and tells where its chain of hashes breaks first.",
            OK,
            None.class,
            Verified.class,
            (caller, _) -> verify(caller)));
  }

  record None() {}

  /// @param who exactly, such as `user/ann`
  /// @param action exactly, such as `StopExecution`
  /// @param target a part of it, in any case
  /// @param source a part of it, in any case
  /// @param from the first moment, such as `2026-11-28T15:00:00Z`
  /// @param until the moment after the last one
  record Search(
      @Member(max = 512) @Nullable String who,
      @Member(max = 128) @Nullable String action,
      @Member(max = 512) @Nullable String target,
      @Member(max = 128) @Nullable String source,
      @Member(max = 40) @Nullable String from,
      @Member(max = 40) @Nullable String until,
      @Member(min = 1, max = 1_000) @Nullable Integer maxResults,
      @Member(pattern = "[1-9][0-9]{0,17}") @Nullable String nextToken) {}

  /// @param before what was replaced, where something was
  /// @param after by what
  record Entry(
      String number,
      Instant at,
      String who,
      String action,
      String target,
      String source,
      @Nullable JsonNode before,
      @Nullable JsonNode after,
      String hash) {
    static Entry of(AuditLog.Entry kept) {
      return new Entry(
          Long.toString(kept.seq()),
          kept.at(),
          kept.who(),
          kept.action(),
          kept.target(),
          kept.source(),
          json(kept.before()),
          json(kept.after()),
          kept.hash());
    }

    private static @Nullable JsonNode json(@Nullable String text) {
      return text == null ? null : JSON.readTree(text);
    }
  }

  record Found(List<Entry> entries, @Nullable String nextToken) {}

  /// @param entries how many from the first on are as they were written
  /// @param faultAt the first that is not
  /// @param head the last sound entry's hash
  record Verified(
      Boolean sound,
      String entries,
      @Nullable String faultAt,
      @Nullable String fault,
      String head) {}

  private Found search(Caller caller, Search request) {
    int limit = request.maxResults() == null ? PAGE : request.maxResults();
    long before =
        request.nextToken() == null ? Long.MAX_VALUE : Long.parseLong(request.nextToken());
    List<AuditLog.Entry> page =
        audit.list(
            caller,
            new AuditLog.Query(
                request.who(),
                request.action(),
                request.target(),
                request.source(),
                MomentText.read("from", request.from()),
                MomentText.read("until", request.until())),
            before,
            limit);
    return new Found(
        page.stream().map(Entry::of).toList(),
        page.size() < limit ? null : Long.toString(page.getLast().seq()));
  }

  private Verified verify(Caller caller) {
    if (!looking.add(caller.account())) {
      throw new Refusal(
          ErrorCode.THROTTLING, "The log is looked at already: ask again when that is over");
    }
    try {
      AuditLog.Verification found =
          audit
              .verify(caller, (_, _) -> true)
              .orElseThrow(() -> new IllegalStateException("expected a look to its end"));
      return new Verified(
          found.isSound(),
          Long.toString(found.entries()),
          found.isSound() ? null : Long.toString(found.faultAt()),
          found.fault(),
          found.head());
    } finally {
      looking.remove(caller.account());
    }
  }
}
