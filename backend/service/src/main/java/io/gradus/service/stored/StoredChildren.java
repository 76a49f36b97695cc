package io.gradus.service.stored;

import io.gradus.engine.ExecutionStatus;
import io.gradus.engine.Origin;
import io.gradus.engine.Payload;
import io.gradus.engine.TenantId;
import io.gradus.engine.journal.JournalCodec;
import io.gradus.engine.journal.StateCodec;
import io.gradus.service.ErrorCode;
import io.gradus.service.Page;
import io.gradus.service.Refusal;
import io.gradus.service.maprun.ChildRecords;
import io.gradus.store.Histories;
import io.gradus.store.MapRunChildren;
import io.gradus.store.commit.Transition.HistoryRun;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Children of Map Runs in the store.
public final class StoredChildren implements ChildRecords {
  /// What needs somebody comes first.
  private static final List<ExecutionStatus> FAILED_FIRST =
      List.of(
          ExecutionStatus.FAILED,
          ExecutionStatus.TIMED_OUT,
          ExecutionStatus.ABORTED,
          ExecutionStatus.PENDING_REDRIVE,
          ExecutionStatus.RUNNING,
          ExecutionStatus.SUCCEEDED);

  private static final Pattern NAME_BEGINS = Pattern.compile("[0-9a-f-]{8,36}");
  private static final int DIGITS = 32;

  private final MapRunChildren store;
  private final Histories histories;

  /// Reads them there.
  public StoredChildren(MapRunChildren store, Histories histories) {
    this.store = store;
    this.histories = histories;
  }

  @Override
  public Page<Child> list(
      TenantId tenant,
      UUID mapRunId,
      Set<ExecutionStatus> statuses,
      Order order,
      boolean previews,
      Page.Request request) {
    List<MapRunChildren.Child> found =
        switch (order) {
          case FAILED_FIRST -> byStatus(tenant, mapRunId, statuses, request);
          case NEWEST_FIRST ->
              store.newest(
                  tenant,
                  mapRunId,
                  ordered(statuses),
                  request.after() == null ? null : place(request.after()).index(),
                  request.limit() + 1);
          case IN_ORDER -> inOrder(tenant, mapRunId, statuses, request);
        };
    return page(tenant, found, request, previews, StoredChildren::brief);
  }

  private List<MapRunChildren.Child> byStatus(
      TenantId tenant, UUID mapRunId, Set<ExecutionStatus> statuses, Page.Request request) {
    return store.byStatus(
        tenant,
        mapRunId,
        ordered(statuses),
        request.after() == null ? null : place(request.after()),
        request.limit() + 1);
  }

  private List<MapRunChildren.Child> inOrder(
      TenantId tenant, UUID mapRunId, Set<ExecutionStatus> statuses, Page.Request request) {
    return store.inOrder(
        tenant,
        mapRunId,
        ordered(statuses),
        request.after() == null ? -1 : place(request.after()).index(),
        request.limit() + 1);
  }

  @Override
  public Page<Child> named(
      TenantId tenant, UUID mapRunId, String prefix, boolean previews, Page.Request request) {
    String begins = prefix.toLowerCase(Locale.ROOT);
    if (!NAME_BEGINS.matcher(begins).matches()) {
      return new Page<>(List.of(), null);
    }
    String digits = begins.replace("-", "");
    UUID from = id(digits, '0');
    UUID to = id(digits, 'f');
    if (digits.length() > DIGITS || !from.toString().startsWith(begins)) {
      return new Page<>(List.of(), null);
    }
    UUID after = request.after() == null ? null : uuid(request.after());
    List<MapRunChildren.Child> found =
        store.between(tenant, mapRunId, from, to, after, request.limit() + 1);
    boolean more = found.size() > request.limit();
    List<MapRunChildren.Child> page = more ? found.subList(0, request.limit()) : found;
    return new Page<>(
        read(tenant, page, previews).stream().map(StoredChildren::brief).toList(),
        more ? page.getLast().key().id().toString() : null);
  }

  /// The id of those digits, filled up.
  private static UUID id(String digits, char fill) {
    StringBuilder all = new StringBuilder(digits);
    while (all.length() < DIGITS) {
      all.append(fill);
    }
    return new UUID(
        Long.parseUnsignedLong(all, 0, DIGITS / 2, 16),
        Long.parseUnsignedLong(all, DIGITS / 2, DIGITS, 16));
  }

  @Override
  public Optional<Child> at(TenantId tenant, UUID mapRunId, long index) {
    return at(tenant, mapRunId, List.of(index), true).map(StoredChildren::brief).findFirst();
  }

  @Override
  public List<Child> standing(TenantId tenant, UUID mapRunId, List<Long> indexes) {
    return at(tenant, mapRunId, indexes, false).map(StoredChildren::brief).toList();
  }

  private Stream<Read> at(TenantId tenant, UUID mapRunId, List<Long> indexes, boolean inputs) {
    return read(tenant, store.at(tenant, mapRunId, indexes), inputs).stream();
  }

  @Override
  public Optional<Whole> whole(TenantId tenant, UUID mapRunId, long index) {
    return at(tenant, mapRunId, List.of(index), true).map(this::whole).findFirst();
  }

  @Override
  public Page<Whole> wholes(
      TenantId tenant, UUID mapRunId, Set<ExecutionStatus> statuses, Page.Request request) {
    return page(tenant, byStatus(tenant, mapRunId, statuses, request), request, true, this::whole);
  }

  @Override
  public List<Ended> ended(TenantId tenant, UUID mapRunId, List<Long> indexes) {
    return store.ended(tenant, mapRunId, indexes).stream()
        .map(row -> new Ended(row.items(), row.stoppedAt()))
        .toList();
  }

  private static List<ExecutionStatus> ordered(Set<ExecutionStatus> statuses) {
    return statuses.isEmpty()
        ? FAILED_FIRST
        : FAILED_FIRST.stream().filter(statuses::contains).toList();
  }

  private <T> Page<T> page(
      TenantId tenant,
      List<MapRunChildren.Child> found,
      Page.Request request,
      boolean inputs,
      Function<Read, T> view) {
    boolean more = found.size() > request.limit();
    List<MapRunChildren.Child> page = more ? found.subList(0, request.limit()) : found;
    return new Page<>(
        read(tenant, page, inputs).stream().map(view).toList(),
        more ? page.getLast().status().code() + "." + page.getLast().index() : null);
  }

  /// A child with what its state says.
  ///
  /// @param input null where it was not wanted
  private record Read(
      MapRunChildren.Child row, StateCodec.Outcome outcome, @Nullable String input) {}

  /// Inputs that stand in the histories are read all at once.
  private List<Read> read(TenantId tenant, List<MapRunChildren.Child> rows, boolean inputs) {
    List<StateCodec.Outcome> outcomes =
        rows.stream().map(row -> StateCodec.outcome(row.state())).toList();
    Map<UUID, Payload> open = new HashMap<>();
    for (int i = 0; inputs && i < rows.size(); i++) {
      Payload input = outcomes.get(i).input();
      if (input != null && !input.isResolved()) {
        open.put(rows.get(i).key().id(), input);
      }
    }
    if (!open.isEmpty()) {
      store
          .begins(tenant, open.keySet())
          .forEach((id, events) -> resolve(Objects.requireNonNull(open.get(id)), events));
    }
    List<Read> read = new ArrayList<>(rows.size());
    for (int i = 0; i < rows.size(); i++) {
      MapRunChildren.Child row = rows.get(i);
      String input = inputs ? text(row, outcomes.get(i).input()) : null;
      read.add(new Read(row, outcomes.get(i), input));
    }
    return read;
  }

  /// Where the input stands in another run of events than the first, [#text] finds it.
  private static void resolve(Payload payload, byte[] events) {
    Origin origin = payload.origin();
    byte[] text = origin == null ? null : JournalCodec.payloads(events, Set.of(origin)).get(origin);
    if (text != null) {
      payload.resolve(text);
    }
  }

  private static MapRunChildren.Place place(String after) {
    int dot = after.indexOf('.');
    try {
      return new MapRunChildren.Place(
          ExecutionStatus.ofCode(Integer.parseInt(after, 0, Math.max(0, dot), 10)),
          Long.parseLong(after, dot + 1, after.length(), 10));
    } catch (IllegalArgumentException _) {
      throw invalid();
    }
  }

  private static UUID uuid(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException _) {
      throw invalid();
    }
  }

  private static Refusal invalid() {
    return new Refusal(ErrorCode.INVALID_TOKEN, "Invalid Token: 'Invalid token'");
  }

  private static Child brief(Read read) {
    MapRunChildren.Child row = read.row();
    String cause = read.outcome().cause();
    return new Child(
        row.key(),
        row.name(),
        row.status(),
        row.index(),
        row.items(),
        row.startedAt(),
        row.stoppedAt(),
        row.redriveCount(),
        read.input() == null ? "" : beginning(read.input()),
        read.outcome().error(),
        cause == null ? null : beginning(cause));
  }

  private Whole whole(Read read) {
    return new Whole(
        brief(read),
        read.input() == null ? "{}" : read.input(),
        text(read.row(), read.outcome().output()),
        read.outcome().error(),
        read.outcome().cause());
  }

  private @Nullable String text(MapRunChildren.Child row, @Nullable Payload payload) {
    if (payload == null) {
      return null;
    }
    Origin origin = payload.isResolved() ? null : payload.origin();
    if (origin != null) {
      List<HistoryRun> runs = histories.containing(row.key(), List.of(origin.eventId()));
      Map<Origin, byte[]> texts = new HashMap<>();
      for (HistoryRun run : runs) {
        texts.putAll(JournalCodec.payloads(run.events(), Set.of(origin)));
      }
      byte[] text = texts.get(origin);
      if (text == null) {
        throw new IllegalStateException(
            "expected the payload at " + origin + " of execution " + row.key());
      }
      payload.resolve(text);
    }
    return payload.toString();
  }

  /// Not in the middle of a character.
  private static String beginning(String text) {
    if (text.length() <= PREVIEW) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(PREVIEW - 1)) ? PREVIEW - 1 : PREVIEW;
    return text.substring(0, end) + "…";
  }
}
