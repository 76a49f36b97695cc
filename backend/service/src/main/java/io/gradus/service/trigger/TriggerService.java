package io.gradus.service.trigger;

import io.gradus.service.Caller;
import io.gradus.service.ErrorCode;
import io.gradus.service.Refusal;
import io.gradus.service.Role.Permission;
import io.gradus.service.Transactions;
import io.gradus.service.arn.Access;
import io.gradus.service.audit.AuditTrail;
import io.gradus.service.audit.Change;
import io.gradus.service.trigger.Trigger.Draft;
import io.gradus.service.trigger.Trigger.Kept;
import io.gradus.service.trigger.Trigger.OnWebhook;
import io.gradus.service.trigger.TriggerRecords.Stored;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The triggers of a tenant: made, changed, paused, looked at.
public class TriggerService {
  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9-_]{1,64}");
  private static final int PREVIEWED = 5;

  private final TriggerRecords records;
  private final TriggerDrafts drafts;
  private final HookSecrets secrets;
  private final Transactions transactions;
  private final AuditTrail audit;
  private final Clock clock;
  private final Runnable changed;

  /// Keeps them in these records.
  ///
  /// @param changed called when something else may be due; a hint, which may be lost
  public TriggerService(
      TriggerRecords records,
      TriggerDrafts drafts,
      HookSecrets secrets,
      Transactions transactions,
      AuditTrail audit,
      Clock clock,
      Runnable changed) {
    this.records = records;
    this.drafts = drafts;
    this.secrets = secrets;
    this.transactions = transactions;
    this.audit = audit;
    this.clock = clock;
    this.changed = changed;
  }

  /// Makes a trigger under a name that is free.
  ///
  /// @throws Refusal ConflictException where there is one of that name,
  ///   ServiceQuotaExceededException where there are as many as there may be
  public Kept create(Caller caller, String name, Draft draft) {
    Access.require(caller, Permission.AUTHOR, "CreateTrigger", name);
    requireName(name);
    Instant now = clock.instant();
    Planned planned = drafts.plan(caller, draft, null, now);
    String secret = planned.source() instanceof OnWebhook ? HookSecrets.fresh() : null;
    Trigger trigger = planned.trigger(UUID.randomUUID(), name, draft, caller.principal(), now, now);
    transactions.call(
        caller.tenant(),
        () -> {
          if (records.countAlone(caller.tenant()) >= Trigger.MAX_PER_TENANT) {
            throw new Refusal(
                ErrorCode.SERVICE_QUOTA_EXCEEDED,
                "A tenant has at most " + Trigger.MAX_PER_TENANT + " triggers");
          }
          if (!records.insert(
              caller.tenant(), stored(caller, trigger, secret, NOTHING), planned.dueAt())) {
            throw new Refusal(
                ErrorCode.CONFLICT, "There is a trigger '" + name + "' already: edit that one");
          }
          audit.record(caller, "CreateTrigger", name, Change.made(TriggerDrafts.told(trigger)));
          return name;
        });
    changed.run();
    return new Kept(trigger, secret);
  }

  /// Makes a trigger, or gives the one of that name other settings. Its kind stays.
  public Kept put(Caller caller, String name, Draft draft) {
    Access.require(caller, Permission.AUTHOR, "UpdateTrigger", name);
    requireName(name);
    return records.find(caller.tenant(), name).isPresent()
        ? update(caller, name, draft)
        : create(caller, name, draft);
  }

  /// Gives a trigger other settings. Its kind stays; a webhook keeps its address, and its secret
  /// unless it is to be proved otherwise.
  public Kept update(Caller caller, String name, Draft draft) {
    Access.require(caller, Permission.AUTHOR, "UpdateTrigger", name);
    Kept kept = change(caller, "UpdateTrigger", name, _ -> draft, false);
    changed.run();
    return kept;
  }

  /// Lets it fire, or not.
  public Trigger setEnabled(Caller caller, String name, boolean enabled) {
    String action = enabled ? "ResumeTrigger" : "PauseTrigger";
    Access.require(caller, Permission.AUTHOR, action, name);
    Kept kept = change(caller, action, name, before -> TriggerDrafts.of(before, enabled), false);
    changed.run();
    return kept.trigger();
  }

  /// Gives a webhook another secret; the old one is worthless at once, on other nodes within
  /// seconds.
  public Kept renewSecret(Caller caller, String name) {
    Access.require(caller, Permission.AUTHOR, "RenewTriggerSecret", name);
    return change(
        caller,
        "RenewTriggerSecret",
        name,
        before -> {
          if (before.source() instanceof OnWebhook) {
            return TriggerDrafts.of(before, before.enabled());
          }
          throw new Refusal(ErrorCode.VALIDATION, "Only a webhook has a secret");
        },
        true);
  }

  @FunctionalInterface
  private interface Edit {
    Draft of(Trigger before);
  }

  private Kept change(Caller caller, String action, String name, Edit edit, boolean renew) {
    requireName(name);
    Instant now = clock.instant();
    return transactions.call(
        caller.tenant(),
        () -> {
          Stored before = find(caller, name);
          Trigger was = before.trigger();
          Draft draft = edit.of(was);
          Planned planned = drafts.plan(caller, draft, was, now);
          Trigger is =
              planned.trigger(was.id(), name, draft, was.createdBy(), was.createdAt(), now);
          boolean otherProof =
              planned.source() instanceof OnWebhook hook
                  && was.source() instanceof OnWebhook old
                  && hook.proof() != old.proof();
          String secret = renew || otherProof ? HookSecrets.fresh() : null;
          if (!records.update(
              caller.tenant(), stored(caller, is, secret, before.secret()), planned.dueAt())) {
            throw notFound(name);
          }
          audit.record(
              caller, action, name, new Change(TriggerDrafts.told(was), TriggerDrafts.told(is)));
          return new Kept(is, secret);
        });
  }

  private static final byte[] NOTHING = {};

  private Stored stored(Caller caller, Trigger trigger, @Nullable String secret, byte[] otherwise) {
    return secret != null && trigger.source() instanceof OnWebhook hook
        ? new Stored(trigger, secrets.kept(caller.tenant(), trigger.id(), hook.proof(), secret))
        : new Stored(trigger, otherwise);
  }

  /// Deletes a trigger with its history; executions that it started are not touched.
  public void delete(Caller caller, String name) {
    Access.require(caller, Permission.AUTHOR, "DeleteTrigger", name);
    requireName(name);
    transactions.call(
        caller.tenant(),
        () -> {
          Trigger before = find(caller, name).trigger();
          if (!records.delete(caller.tenant(), before.id())) {
            throw notFound(name);
          }
          audit.record(caller, "DeleteTrigger", name, Change.removed(TriggerDrafts.told(before)));
          return name;
        });
  }

  /// Shows a trigger.
  public Trigger describe(Caller caller, String name) {
    Access.require(caller, Permission.READ, "GetTrigger", name);
    requireName(name);
    return find(caller, name).trigger();
  }

  /// The tenant's triggers by name.
  public List<Trigger> list(Caller caller) {
    Access.require(caller, Permission.READ, "ListTriggers", "*");
    return records.list(caller.tenant());
  }

  /// The names alone, for who looks for one.
  public List<String> names(Caller caller) {
    Access.require(caller, Permission.READ, "ListTriggers", "*");
    return records.names(caller.tenant(), Trigger.MAX_PER_TENANT);
  }

  /// The last times that a trigger fired, newest first: at most [Trigger#FIRES_KEPT].
  public List<Trigger.Fire> fires(Caller caller, String name) {
    Access.require(caller, Permission.READ, "ListTriggerFires", name);
    requireName(name);
    return records.fires(caller.tenant(), find(caller, name).trigger().id(), Trigger.FIRES_KEPT);
  }

  /// The next moments of a schedule, as it would be kept now.
  ///
  /// @throws Refusal ValidationException, with what is wrong with it
  public List<Instant> preview(Caller caller, Trigger.WantedSchedule wanted) {
    Access.require(caller, Permission.READ, "PreviewSchedule", "*");
    Instant now = clock.instant();
    return TriggerDrafts.schedule(TriggerDrafts.onSchedule(wanted, null, now)).next(now, PREVIEWED);
  }

  private Stored find(Caller caller, String name) {
    return records.find(caller.tenant(), name).orElseThrow(() -> notFound(name));
  }

  private static void requireName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new Refusal(
          ErrorCode.INVALID_NAME,
          "Invalid Name: '" + name + "': a trigger's has 1 to 64 letters, digits, - and _");
    }
  }

  private static Refusal notFound(String name) {
    return new Refusal(ErrorCode.RESOURCE_NOT_FOUND, "Resource not found: '" + name + "'");
  }
}
