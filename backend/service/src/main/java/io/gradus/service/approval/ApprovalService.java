package io.gradus.service.approval;

import io.gradus.engine.Payload;
import io.gradus.engine.PayloadJson;
import io.gradus.runtime.ExecutionGateway;
import io.gradus.service.Caller;
import io.gradus.service.ErrorCode;
import io.gradus.service.Page;
import io.gradus.service.Refusal;
import io.gradus.service.Role.Permission;
import io.gradus.service.Transactions;
import io.gradus.service.arn.Access;
import io.gradus.service.audit.AuditTrail;
import io.gradus.service.audit.Change;
import io.gradus.service.people.Directory;
import io.gradus.store.ApprovalStatus;
import io.gradus.store.Approvals;
import io.gradus.store.AuditEntry;
import io.gradus.store.EngineApprovals;
import io.gradus.store.Listing;
import io.gradus.store.Position;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What waits for a person: found, taken up, talked about and decided.
///
/// Whoever may read a tenant sees its approvals. To decide one takes the permission to approve,
/// being named in it or in one of its groups at that moment, not having started the execution
/// (unless the author allows it), and not having decided it before.
public class ApprovalService {
  private static final String USER = "user/";
  private static final int MAX_COMMENT = 4_000;
  private static final int MAX_FORM_BYTES = 65_536;

  private final Stores stores;
  private final ApprovalViews views;
  private final Directory directory;
  private final Transactions transactions;
  private final AuditTrail audit;
  private final Signals signals;
  private final Clock clock;

  /// Where approvals are kept.
  public record Stores(Approvals approvals, EngineApprovals engine) {}

  /// Whom to tell what happened.
  public record Signals(ApprovalWatch watch, Supplier<ExecutionGateway> gateway) {}

  /// Works on these stores.
  public ApprovalService(
      Stores stores,
      ApprovalViews views,
      Directory directory,
      Transactions transactions,
      AuditTrail audit,
      Signals signals,
      Clock clock) {
    this.stores = stores;
    this.views = views;
    this.directory = directory;
    this.transactions = transactions;
    this.audit = audit;
    this.signals = signals;
    this.clock = clock;
  }

  /// Approvals, the most urgent first; of those that are done, the latest.
  public Page<Approval.Summary> list(Caller caller, Approval.Which which, Page.Request request) {
    Access.require(caller, Permission.READ, "ListApprovals", "*");
    Position after = null;
    if (request.after() != null) {
      after = Position.parse(request.after());
      if (after == null) {
        throw new Refusal(ErrorCode.INVALID_TOKEN, "Invalid Token: 'Invalid token'");
      }
    }
    Listing<Approvals.Summary> found =
        stores
            .approvals()
            .list(
                caller.tenant(),
                Approvals.Which.valueOf(which.name()),
                viewer(caller),
                after,
                request.limit());
    Position next = found.next();
    return new Page<>(views.summaries(caller, found.rows()), next == null ? null : next.text());
  }

  /// How many are open, and how many of them wait for the caller.
  public Approval.Counts counts(Caller caller) {
    Access.require(caller, Permission.READ, "ListApprovals", "*");
    Approvals.Counts counts = stores.approvals().counts(caller.tenant(), viewer(caller));
    return new Approval.Counts(counts.mine(), counts.groups(), counts.open());
  }

  /// Shows an approval as the caller sees it.
  public Approval find(Caller caller, String id) {
    Access.require(caller, Permission.READ, "GetApproval", id);
    Approvals.Detail detail = detail(caller, id);
    return views.view(caller, detail, refusal(caller, detail).orElse(null));
  }

  /// Takes an approval up, so that others see that someone is at it. It keeps nobody from deciding.
  public void claim(Caller caller, String id) {
    Access.require(caller, Permission.APPROVE, "ClaimApproval", id);
    Approvals.Detail detail = open(caller, id);
    requireNoRefusal(caller, detail);
    String login = login(caller);
    change(
        caller,
        "ClaimApproval",
        detail,
        Change.NONE,
        () -> {
          if (!stores.approvals().claim(caller.tenant(), detail.summary().id(), login)) {
            throw conflict(views.whyNotClaimed(caller, detail(caller, id)));
          }
        });
  }

  /// Gives an approval back that the caller, or for an administrator anyone, has taken up.
  public void unclaim(Caller caller, String id) {
    Access.require(caller, Permission.APPROVE, "UnclaimApproval", id);
    Approvals.Detail detail = open(caller, id);
    String login = login(caller);
    String has = detail.summary().claimedBy();
    if (has != null && !has.equals(login) && !caller.allows(Permission.ADMINISTER)) {
      throw conflict(views.whyNotClaimed(caller, detail));
    }
    change(
        caller,
        "UnclaimApproval",
        detail,
        Change.NONE,
        () -> stores.approvals().unclaim(caller.tenant(), detail.summary().id(), login));
  }

  /// Says something about an approval, without deciding it.
  public void comment(Caller caller, String id, String text) {
    Access.require(caller, Permission.APPROVE, "CommentOnApproval", id);
    Approvals.Detail detail = open(caller, id);
    String login = login(caller);
    String said = comment(text);
    if (said == null) {
      throw new Refusal(ErrorCode.VALIDATION, "A comment needs a word at least");
    }
    change(
        caller,
        "CommentOnApproval",
        detail,
        Change.made(Map.of("comment", said)),
        () -> stores.approvals().comment(caller.tenant(), detail.summary().id(), login, said));
  }

  /// Puts an approval before another person. Who could decide may do so, and an administrator, so
  /// that what nobody can decide finds someone.
  public void delegate(Caller caller, String id, String to, @Nullable String note) {
    Access.require(caller, Permission.APPROVE, "DelegateApproval", id);
    Approvals.Detail detail = open(caller, id);
    if (!caller.allows(Permission.ADMINISTER)) {
      requireNoRefusal(caller, detail);
    }
    String login = login(caller);
    boolean able =
        directory
            .member(caller.tenant(), to)
            .filter(member -> views.mayApprove(member, detail.summary()))
            .isPresent();
    if (!able) {
      throw new Refusal(
          ErrorCode.VALIDATION, "There is nobody named '" + to + "' who could decide this");
    }
    String said = comment(note);
    change(
        caller,
        "DelegateApproval",
        detail,
        Change.made(Map.of("to", to)),
        () -> {
          if (!stores
              .approvals()
              .delegate(caller.tenant(), detail.summary().id(), login, to, said)) {
            throw conflict(views.whyClosed(caller, detail(caller, id)));
          }
        });
  }

  /// Display names of the tenant's people, by login.
  public Map<String, String> names(Caller caller) {
    Access.require(caller, Permission.READ, "ListApprovals", "*");
    return views.names(caller);
  }

  /// Whom an approval could be put before: display names by login.
  public Map<String, String> delegates(Caller caller, String id) {
    Access.require(caller, Permission.APPROVE, "DelegateApproval", id);
    return views.delegates(caller, detail(caller, id).summary());
  }

  /// What is wrong with what was filled in: a sentence by field, by `""` where it is none's.
  public Map<String, String> faults(Caller caller, String id, JsonNode form) {
    Access.require(caller, Permission.READ, "GetApproval", id);
    return views.form(detail(caller, id)).map(schema -> schema.faults(form)).orElse(Map.of());
  }

  /// Decides an approval, or adds one of several decisions that it takes. What is answered is
  /// durable, and with the last decision so is the task's result.
  ///
  /// @throws Refusal ConflictException with who decided and when, if someone was faster
  public Approval decide(Caller caller, String id, Approval.Answer answer) {
    Access.require(caller, Permission.APPROVE, "DecideApproval", id);
    Approvals.Detail detail = open(caller, id);
    requireNoRefusal(caller, detail);
    String outcome = answer.outcome();
    boolean rejects = outcome.equals(Approval.REJECTED);
    if (!rejects && !outcome.equals(Approval.APPROVED) && !detail.outcomes().contains(outcome)) {
      throw new Refusal(
          ErrorCode.VALIDATION, "This approval has no outcome named '" + outcome + "'");
    }
    String comment = comment(answer.comment());
    if (rejects && comment == null) {
      throw new Refusal(ErrorCode.VALIDATION, "Say why: a rejection needs a comment");
    }
    JsonNode form = rejects ? null : checkedForm(detail, answer.form());
    Directory.Member member = member(caller);
    EngineApprovals.Outcome outcomeOf =
        stores
            .engine()
            .choose(
                caller.tenant(),
                detail.summary().id(),
                new EngineApprovals.Choice(
                    member.login(),
                    member.displayName(),
                    outcome,
                    rejects,
                    comment,
                    form == null ? null : Payload.of(form).bytes()),
                new EngineApprovals.Written(
                    ended -> ApprovalResult.message(ended, form),
                    audited(caller, detail, outcome, comment)));
    switch (outcomeOf) {
      case EngineApprovals.Outcome.Taken taken -> {
        if (taken.ended()) {
          signals.gateway().get().posted();
        }
        signals.watch().poke(caller.tenant());
      }
      case EngineApprovals.Outcome.Closed _ ->
          throw conflict(views.whyClosed(caller, detail(caller, id)));
      case EngineApprovals.Outcome.Repeated _ -> throw conflict("You have decided this already");
      case EngineApprovals.Outcome.Unknown _ -> throw notFound(id);
    }
    return find(caller, id);
  }

  private AuditEntry.What audited(
      Caller caller, Approvals.Detail detail, String outcome, @Nullable String comment) {
    Map<String, Object> said = new LinkedHashMap<>();
    said.put("outcome", outcome);
    said.put("execution", views.executionArn(caller, detail.summary()));
    if (comment != null) {
      said.put("comment", comment);
    }
    return new AuditEntry.What(
        clock.instant(),
        caller.principal(),
        "DecideApproval",
        target(detail),
        caller.source(),
        Change.made(said).bytes());
  }

  private JsonNode checkedForm(Approvals.Detail detail, @Nullable JsonNode given) {
    ObjectNode empty = PayloadJson.MAPPER.createObjectNode();
    Optional<FormSchema> schema = views.form(detail);
    if (schema.isEmpty()) {
      return empty;
    }
    JsonNode form = given == null || given.isNull() ? empty : given;
    if (!form.isObject() || Payload.of(form).size() > MAX_FORM_BYTES) {
      throw new Refusal(
          ErrorCode.VALIDATION,
          "The form must be an object of " + MAX_FORM_BYTES + " bytes at most");
    }
    Map<String, String> faults = schema.get().faults(form);
    if (!faults.isEmpty()) {
      var first = faults.entrySet().iterator().next();
      throw new Refusal(
          ErrorCode.VALIDATION,
          first.getKey().isEmpty()
              ? first.getValue()
              : "The field '" + first.getKey() + "': " + first.getValue());
    }
    return form;
  }

  private static @Nullable String comment(@Nullable String text) {
    if (text == null || text.isBlank()) {
      return null;
    }
    if (text.length() > MAX_COMMENT || text.indexOf('\0') >= 0) {
      throw new Refusal(ErrorCode.VALIDATION, "A comment may have " + MAX_COMMENT + " characters");
    }
    return text.strip();
  }

  private void change(
      Caller caller, String action, Approvals.Detail detail, Change change, Runnable work) {
    transactions.call(
        caller.tenant(),
        () -> {
          work.run();
          audit.record(caller, action, target(detail), change);
          return true;
        });
    signals.watch().poke(caller.tenant());
  }

  private static String target(Approvals.Detail detail) {
    return "approval/" + detail.summary().id();
  }

  private Approvals.Viewer viewer(Caller caller) {
    String login =
        caller.principal().startsWith(USER) ? caller.principal().substring(USER.length()) : "";
    return new Approvals.Viewer(
        login, login.isEmpty() ? Set.of() : directory.groupsOf(caller.tenant(), login));
  }

  private Approvals.Detail open(Caller caller, String id) {
    Approvals.Detail detail = detail(caller, id);
    if (detail.summary().status() != ApprovalStatus.OPEN) {
      throw conflict(views.whyClosed(caller, detail));
    }
    return detail;
  }

  private Approvals.Detail detail(Caller caller, String id) {
    UUID uuid;
    try {
      uuid = UUID.fromString(id);
    } catch (IllegalArgumentException _) {
      throw notFound(id);
    }
    return stores.approvals().find(caller.tenant(), uuid).orElseThrow(() -> notFound(id));
  }

  private void requireNoRefusal(Caller caller, Approvals.Detail detail) {
    refusal(caller, detail)
        .ifPresent(
            sentence -> {
              throw new Refusal(ErrorCode.ACCESS_DENIED, sentence);
            });
  }

  /// Why the caller cannot decide an approval that is open.
  private Optional<String> refusal(Caller caller, Approvals.Detail detail) {
    if (!caller.principal().startsWith(USER)) {
      return Optional.of("A person decides; an access key is none");
    }
    if (!caller.allows(Permission.APPROVE)) {
      return Optional.of("Deciding takes the role of an approver");
    }
    Optional<Directory.Member> member = directory.member(caller.tenant(), login(caller));
    if (member.isEmpty() || !member.get().active()) {
      return Optional.of("You are not a member of this tenant any more");
    }
    return views.refusal(
        caller,
        detail,
        member.get(),
        key -> stores.approvals().knowsKey(caller.tenant(), caller.principal(), key));
  }

  private Directory.Member member(Caller caller) {
    return directory
        .member(caller.tenant(), login(caller))
        .orElseThrow(
            () ->
                new Refusal(
                    ErrorCode.ACCESS_DENIED, "You are not a member of this tenant any more"));
  }

  private static String login(Caller caller) {
    if (!caller.principal().startsWith(USER)) {
      throw new Refusal(ErrorCode.ACCESS_DENIED, "A person decides; an access key is none");
    }
    return caller.principal().substring(USER.length());
  }

  private static Refusal conflict(String sentence) {
    return new Refusal(ErrorCode.CONFLICT, sentence);
  }

  private static Refusal notFound(String id) {
    return new Refusal(ErrorCode.RESOURCE_NOT_FOUND, "Resource not found: '" + id + "'");
  }
}
