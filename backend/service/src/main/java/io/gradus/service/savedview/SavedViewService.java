package io.gradus.service.savedview;

import io.gradus.service.Caller;
import io.gradus.service.ErrorCode;
import io.gradus.service.Refusal;
import io.gradus.service.Role.Permission;
import io.gradus.service.TimeOrderedId;
import io.gradus.service.Transactions;
import io.gradus.service.arn.Access;
import io.gradus.service.audit.AuditTrail;
import io.gradus.service.audit.Change;
import io.gradus.service.savedview.SavedView.Changes;
import io.gradus.service.savedview.SavedView.Draft;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/// The lists of executions that people gave a name to.
///
/// Whoever sees executions keeps views of their own. A shared one stands before everybody, so it
/// takes the permission to run executions to make or change one; it is its owner's and the
/// administrators' to change, and either may take it back. Somebody else's private view does not
/// exist for anyone else, administrators among them.
public class SavedViewService {
  private final SavedViewRecords records;
  private final Transactions transactions;
  private final AuditTrail audit;
  private final Clock clock;

  /// Keeps them in these records.
  public SavedViewService(
      SavedViewRecords records, Transactions transactions, AuditTrail audit, Clock clock) {
    this.records = records;
    this.transactions = transactions;
    this.audit = audit;
    this.clock = clock;
  }

  /// The caller's own by name, then those that others share by name.
  public List<SavedView> list(Caller caller) {
    Access.require(caller, Permission.READ, "ListSavedViews", "*");
    List<SavedView> all = new ArrayList<>(records.owned(caller.tenant(), caller.principal()));
    records.shared(caller.tenant()).stream().filter(view -> !owns(caller, view)).forEach(all::add);
    return List.copyOf(all);
  }

  /// A view that the caller sees.
  ///
  /// @throws Refusal ResourceNotFound
  public SavedView get(Caller caller, String id) {
    Access.require(caller, Permission.READ, "GetSavedView", resource(id));
    return seen(caller, id);
  }

  /// Whether the caller may share views.
  public static boolean mayShare(Caller caller) {
    return caller.allows(Permission.RUN);
  }

  /// Whether a view that the caller sees is the caller's to rename and to lead elsewhere.
  public static boolean mayChange(Caller caller, SavedView view) {
    return view.shared()
        ? mayShare(caller) && (owns(caller, view) || caller.allows(Permission.ADMINISTER))
        : owns(caller, view);
  }

  /// Whether a view that the caller sees is the caller's to take back and to delete.
  public static boolean mayDelete(Caller caller, SavedView view) {
    return owns(caller, view) || (view.shared() && caller.allows(Permission.ADMINISTER));
  }

  /// Whether it is the caller's own.
  public static boolean owns(Caller caller, SavedView view) {
    return view.owner().equals(caller.principal());
  }

  /// Keeps a view under a name that is free.
  ///
  /// @throws Refusal ValidationException for a name or a query that none has, ConflictException
  ///   where the name is taken, ServiceQuotaExceededException where there are as many as may be
  public SavedView create(Caller caller, Draft draft) {
    Access.require(
        caller, draft.shared() ? Permission.RUN : Permission.READ, "CreateSavedView", "*");
    Instant now = now();
    SavedView view =
        new SavedView(
            TimeOrderedId.at(now.toEpochMilli()).toString(),
            caller.principal(),
            name(draft.name()),
            ViewQuery.canonical(draft.query()),
            draft.shared(),
            now,
            now);
    return transactions.call(
        caller.tenant(),
        () -> {
          var extent = records.extentAlone(caller.tenant(), view.owner());
          requireRoom(extent.owned(), SavedView.MAX_OWNED, "You have");
          if (view.shared()) {
            requireRoom(extent.shared(), SavedView.MAX_SHARED, "The tenant shares");
          }
          requireFree(caller, view);
          records.insert(caller.tenant(), view);
          if (view.shared()) {
            audit.record(
                caller, "CreateSavedView", resource(view.id()), Change.made(described(view)));
          }
          return view;
        });
  }

  /// Changes what is to be other than it was. Of two who change one at once, the later stays.
  ///
  /// @throws Refusal as [#create]; ResourceNotFound where the caller sees no such view
  public SavedView change(Caller caller, String id, Changes changes) {
    Access.require(caller, Permission.READ, "UpdateSavedView", resource(id));
    return transactions.call(
        caller.tenant(),
        () -> {
          var extent = records.extentAlone(caller.tenant(), caller.principal());
          SavedView before = seen(caller, id);
          SavedView after = changed(before, changes);
          requireMay(caller, before, after);
          if (same(before, after)) {
            return before;
          }
          if (after.shared() && !before.shared()) {
            requireRoom(extent.shared(), SavedView.MAX_SHARED, "The tenant shares");
          }
          requireFree(caller, after);
          if (!records.update(caller.tenant(), after)) {
            throw notFound();
          }
          if (before.shared() || after.shared()) {
            audit.record(
                caller,
                "UpdateSavedView",
                resource(before.id()),
                new Change(described(before), described(after)));
          }
          return after;
        });
  }

  private static boolean same(SavedView before, SavedView after) {
    return before.shared() == after.shared() && listsTheSame(before, after);
  }

  private static boolean listsTheSame(SavedView before, SavedView after) {
    return before.name().equals(after.name()) && before.query().equals(after.query());
  }

  private SavedView changed(SavedView before, Changes changes) {
    String name = changes.name();
    String query = changes.query();
    return new SavedView(
        before.id(),
        before.owner(),
        name == null ? before.name() : name(name),
        query == null ? before.query() : ViewQuery.canonical(query),
        Objects.requireNonNullElse(changes.shared(), before.shared()),
        before.createdAt(),
        now());
  }

  /// As exactly as it can be kept.
  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  /// What everyone sees is changed by who may share; what is only taken back, by who may delete it.
  private static void requireMay(Caller caller, SavedView before, SavedView after) {
    boolean takenBack = before.shared() && !after.shared() && listsTheSame(before, after);
    if (takenBack && mayDelete(caller, before)) {
      return;
    }
    if (before.shared() || after.shared()) {
      Access.require(caller, Permission.RUN, "UpdateSavedView", resource(before.id()));
    }
    requireOwnOrAdmin(caller, before, "UpdateSavedView");
  }

  private static void requireOwnOrAdmin(Caller caller, SavedView view, String action) {
    if (!owns(caller, view)) {
      Access.require(caller, Permission.ADMINISTER, action, resource(view.id()));
    }
  }

  /// Deletes it.
  ///
  /// @throws Refusal ResourceNotFound where the caller sees no such view
  public void delete(Caller caller, String id) {
    Access.require(caller, Permission.READ, "DeleteSavedView", resource(id));
    transactions.call(
        caller.tenant(),
        () -> {
          SavedView before = seen(caller, id);
          requireOwnOrAdmin(caller, before, "DeleteSavedView");
          if (!records.delete(caller.tenant(), before.id())) {
            throw notFound();
          }
          if (before.shared()) {
            audit.record(
                caller,
                "DeleteSavedView",
                resource(before.id()),
                Change.removed(described(before)));
          }
          return before;
        });
  }

  private SavedView seen(Caller caller, String id) {
    return records
        .find(caller.tenant(), id)
        .filter(view -> view.shared() || owns(caller, view))
        .orElseThrow(() -> notFound());
  }

  private static void requireRoom(int count, int most, String who) {
    if (count >= most) {
      throw new Refusal(
          ErrorCode.SERVICE_QUOTA_EXCEEDED,
          who + " " + most + " views, which is the most: delete one");
    }
  }

  private void requireFree(Caller caller, SavedView view) {
    if (taken(records.owned(caller.tenant(), view.owner()), view)) {
      throw new Refusal(
          ErrorCode.CONFLICT,
          owns(caller, view)
              ? "You have a view '" + view.name() + "' already"
              : "Its owner has another view '" + view.name() + "'");
    }
    if (view.shared() && taken(records.shared(caller.tenant()), view)) {
      throw new Refusal(ErrorCode.CONFLICT, "There is a shared view '" + view.name() + "' already");
    }
  }

  private static boolean taken(List<SavedView> among, SavedView view) {
    return among.stream()
        .anyMatch(other -> other.name().equals(view.name()) && !other.id().equals(view.id()));
  }

  private static String name(String written) {
    String name = written.strip();
    if (name.isEmpty()
        || name.length() > SavedView.MAX_NAME
        || name.chars().anyMatch(Character::isISOControl)) {
      throw new Refusal(
          ErrorCode.VALIDATION,
          "A view's name has 1 to " + SavedView.MAX_NAME + " characters in one line");
    }
    return name;
  }

  private static Map<String, Object> described(SavedView view) {
    return new TreeMap<>(
        Map.of(
            "name", view.name(),
            "owner", view.owner(),
            "query", view.query(),
            "shared", view.shared()));
  }

  /// As the audit log names it.
  static String resource(String id) {
    return "view/" + id;
  }

  private static Refusal notFound() {
    return new Refusal(
        ErrorCode.RESOURCE_NOT_FOUND,
        "There is no such view: it was deleted, or is not shared with you");
  }
}
