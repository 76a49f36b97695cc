package io.gradus.service.activity;

import io.gradus.runtime.ExecutionGateway;
import io.gradus.runtime.PollResult;
import io.gradus.service.Awaiting;
import io.gradus.service.Caller;
import io.gradus.service.ErrorCode;
import io.gradus.service.Names;
import io.gradus.service.Page;
import io.gradus.service.Refusal;
import io.gradus.service.Role.Permission;
import io.gradus.service.Transactions;
import io.gradus.service.activity.ActivityRecords.Stored;
import io.gradus.service.arn.Access;
import io.gradus.service.arn.Arns;
import io.gradus.service.arn.StatesArn;
import io.gradus.service.audit.AuditTrail;
import io.gradus.service.definition.EncryptionConfiguration;
import io.gradus.service.tag.TagRecords;
import io.gradus.service.tag.TagRules;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Activities and their workers.
public class ActivityService {
  private final ActivityRecords records;
  private final TagRecords tags;
  private final ExecutionGateway gateway;
  private final Arns arns;
  private final Transactions transactions;
  private final AuditTrail audit;
  private final Clock clock;

  /// Works on these records, and hands out these tasks.
  public ActivityService(
      ActivityRecords records,
      TagRecords tags,
      ExecutionGateway gateway,
      Arns arns,
      Transactions transactions,
      AuditTrail audit,
      Clock clock) {
    this.records = records;
    this.tags = tags;
    this.gateway = gateway;
    this.arns = arns;
    this.transactions = transactions;
    this.audit = audit;
    this.clock = clock;
  }

  /// Makes an activity under our own key, or finds the one of that name.
  public Activity create(Caller caller, String name, Map<String, String> given) {
    return create(caller, name, given, EncryptionConfiguration.OWN);
  }

  /// Makes an activity, or finds the one of that name.
  ///
  /// @throws Refusal ActivityAlreadyExists where that one is encrypted otherwise
  public Activity create(
      Caller caller, String name, Map<String, String> given, EncryptionConfiguration encryption) {
    Names.check(name);
    String arn = arns.activity(caller, name).text();
    Access.require(caller, Permission.AUTHOR, "CreateActivity", arn);
    TagRules.check(arn, given);
    Stored fresh = new Stored(UUID.randomUUID(), name, clock.instant(), encryption);
    Stored kept =
        transactions.call(
            caller.tenant(),
            () -> {
              Stored now = records.insert(caller.tenant(), fresh);
              if (now.id().equals(fresh.id())) {
                tags.put(caller.tenant(), arn, given);
                audit.record(caller, "CreateActivity", arn);
              }
              return now;
            });
    if (!kept.encryption().equals(encryption)) {
      throw new Refusal(
          ErrorCode.ACTIVITY_ALREADY_EXISTS,
          "Activity already exists. EncryptionConfiguration may not be updated.");
    }
    return view(caller, kept);
  }

  /// Deletes an activity, if it is there.
  public void delete(Caller caller, String arnText) {
    StatesArn.Activity arn = arns.readActivity(caller, "DeleteActivity", arnText);
    Access.require(caller, Permission.AUTHOR, "DeleteActivity", arnText);
    if (!isHere(arn)) {
      return;
    }
    transactions.call(
        caller.tenant(),
        () -> {
          boolean deleted = records.delete(caller.tenant(), arn.name());
          if (deleted) {
            tags.clear(caller.tenant(), arn.text());
            audit.record(caller, "DeleteActivity", arnText);
          }
          return deleted;
        });
  }

  /// Shows an activity.
  public Activity describe(Caller caller, String arnText) {
    StatesArn.Activity arn = arns.readActivity(caller, "DescribeActivity", arnText);
    Access.require(caller, Permission.READ, "DescribeActivity", arnText);
    return view(caller, find(caller, arn));
  }

  /// Lists the activities.
  public Page<Activity> list(Caller caller, Page.Request request) {
    Access.require(caller, Permission.READ, "ListActivities", arns.activity(caller, "*").text());
    Page<Stored> page = records.list(caller.tenant(), request);
    return new Page<>(
        page.items().stream().map(stored -> view(caller, stored)).toList(), page.next());
  }

  /// Hands out a task, waiting up to a minute for one; blocks the calling thread.
  public Optional<Activity.Task> poll(Caller caller, String arnText, @Nullable String workerName) {
    StatesArn.Activity arn = arns.readActivity(caller, "GetActivityTask", arnText);
    Access.require(caller, Permission.RUN, "GetActivityTask", arnText);
    find(caller, arn);
    Names.checkText("worker's name", workerName);
    return switch (Awaiting.outcome(
        gateway.pollActivity(caller.tenant(), arn.text(), workerName))) {
      case PollResult.Task taken ->
          Optional.of(new Activity.Task(taken.task().taskToken(), taken.task().input().toString()));
      case PollResult.Nothing _ -> Optional.empty();
      case PollResult.NoSuchActivity _ -> throw doesNotExist(arn);
      case PollResult.TooManyPollers _ ->
          throw new Refusal(
              ErrorCode.ACTIVITY_WORKER_LIMIT_EXCEEDED,
              "Activity Worker Limit Exceeded: '" + arn.text() + "'");
    };
  }

  private Stored find(Caller caller, StatesArn.Activity arn) {
    Optional<Stored> found =
        isHere(arn) ? records.find(caller.tenant(), arn.name()) : Optional.empty();
    return found.orElseThrow(() -> doesNotExist(arn));
  }

  private static Refusal doesNotExist(StatesArn.Activity arn) {
    return new Refusal(
        ErrorCode.ACTIVITY_DOES_NOT_EXIST, "Activity Does Not Exist: '" + arn.text() + "'");
  }

  private boolean isHere(StatesArn arn) {
    return arn.region().equals(arns.region());
  }

  private Activity view(Caller caller, Stored stored) {
    return new Activity(
        arns.activity(caller, stored.name()).text(),
        stored.name(),
        stored.createdAt(),
        stored.encryption());
  }
}
