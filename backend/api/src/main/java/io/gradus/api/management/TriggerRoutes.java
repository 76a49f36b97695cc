package io.gradus.api.management;

import io.gradus.api.json.Member;
import io.gradus.engine.PayloadJson;
import io.gradus.service.Caller;
import io.gradus.service.ErrorCode;
import io.gradus.service.Refusal;
import io.gradus.service.trigger.Trigger;
import io.gradus.service.trigger.Trigger.OnQueue;
import io.gradus.service.trigger.Trigger.OnSchedule;
import io.gradus.service.trigger.Trigger.OnWebhook;
import io.gradus.service.trigger.Trigger.Proof;
import io.gradus.service.trigger.TriggerService;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The calls about what starts executions by itself.
final class TriggerRoutes {
  private static final JsonMapper JSON = PayloadJson.MAPPER;
  private static final int OK = 200;
  private static final int NO_CONTENT = 204;
  private static final int MOST_MESSAGES = 10;

  private final TriggerService triggers;

  TriggerRoutes(TriggerService triggers) {
    this.triggers = triggers;
  }

  List<Route<Caller, ?, ?>> all() {
    return List.of(
        new Route<>(
            "GET",
            "/triggers",
            "listTriggers",
            "Lists the tenant's triggers by name.",
            OK,
            None.class,
            Triggers.class,
            (caller, _) ->
                new Triggers(triggers.list(caller).stream().map(it -> shown(caller, it)).toList())),
        new Route<>(
            "PUT",
            "/triggers/{name}",
            "putTrigger",
            "Makes a trigger, or gives the one of that name other settings. A new webhook's secret is"
                + " in this answer and nowhere else.",
            OK,
            Put.class,
            Kept.class,
            (caller, r) -> kept(caller, triggers.put(caller, r.name(), draft(r)))),
        new Route<>(
            "GET",
            "/triggers/{name}",
            "getTrigger",
            "Shows a trigger.",
            OK,
            Name.class,
            Shown.class,
            (caller, r) -> shown(caller, triggers.describe(caller, r.name()))),
        new Route<>(
            "DELETE",
            "/triggers/{name}",
            "deleteTrigger",
            "Deletes a trigger with its history.",
            NO_CONTENT,
            Name.class,
            Route.Nothing.class,
            this::delete),
        new Route<>(
            "POST",
            "/triggers/{name}/pause",
            "pauseTrigger",
            "Lets a trigger fire no more until it is resumed.",
            OK,
            Name.class,
            Shown.class,
            (caller, r) -> shown(caller, triggers.setEnabled(caller, r.name(), false))),
        new Route<>(
            "POST",
            "/triggers/{name}/resume",
            "resumeTrigger",
            "Lets a trigger fire again.",
            OK,
            Name.class,
            Shown.class,
            (caller, r) -> shown(caller, triggers.setEnabled(caller, r.name(), true))),
        new Route<>(
            "POST",
            "/triggers/{name}/renew-secret",
            "renewTriggerSecret",
            "Gives a webhook another secret; the old one is worthless at once.",
            OK,
            Name.class,
            Kept.class,
            (caller, r) -> kept(caller, triggers.renewSecret(caller, r.name()))),
        new Route<>(
            "GET",
            "/triggers/{name}/fires",
            "listTriggerFires",
            "Lists the last times that a trigger fired, newest first.",
            OK,
            Name.class,
            Fires.class,
            (caller, r) ->
                new Fires(triggers.fires(caller, r.name()).stream().map(Fire::of).toList())),
        new Route<>(
            "POST",
            "/schedules/preview",
            "previewSchedule",
            "Tells the next moments of a schedule expression.",
            OK,
            ScheduleMembers.class,
            Moments.class,
            (caller, r) -> new Moments(triggers.preview(caller, wanted(r)))));
  }

  record None() {}

  record Name(@Member(required = true, min = 1, max = 64) String name) {}

  /// One of `schedule`, `webhook` and `queue`.
  ///
  /// @param stateMachineArn may name a version or an alias
  /// @param input a template, any JSON; the event itself where it is left out
  /// @param enabled true where it is left out
  record Put(
      @Member(required = true, min = 1, max = 64) String name,
      @Member(required = true, min = 1, max = 256) String stateMachineArn,
      @Nullable JsonNode input,
      @Nullable Boolean enabled,
      @Nullable ScheduleMembers schedule,
      @Nullable WebhookMembers webhook,
      @Nullable QueueMembers queue) {}

  /// @param expression `rate(…)`, `cron(…)` or `at(…)`, as EventBridge Scheduler has them
  /// @param timeZone UTC where it is left out
  /// @param startDate nothing before it, such as `2026-11-28T15:00:00Z`
  /// @param endDate nothing after it
  /// @param catchUp whether a moment that was missed is made up for, once; true where it is left
  ///   out
  record ScheduleMembers(
      @Member(required = true, min = 1, max = 256) String expression,
      @Member(max = 64) @Nullable String timeZone,
      @Member(max = 40) @Nullable String startDate,
      @Member(max = 40) @Nullable String endDate,
      @Nullable Boolean catchUp) {}

  /// @param proof `key`, `signature` or `github`; `key` where it is left out
  /// @param path of its address; told, never asked
  record WebhookMembers(
      @Member(pattern = "key|signature|github") @Nullable String proof,
      @Member(max = 256) @Nullable String path) {}

  /// @param batchSize how many messages are taken at once, 1 to 10; 10 where it is left out
  record QueueMembers(
      @Member(required = true, min = 1, max = 2_048) String queueUrl,
      @Member(min = 1, max = MOST_MESSAGES) @Nullable Integer batchSize) {}

  record Fire(
      Instant at,
      String eventId,
      @Nullable String executionArn,
      @Nullable String error,
      @Nullable String cause) {
    static Fire of(Trigger.Fire kept) {
      return new Fire(kept.at(), kept.eventId(), kept.executionArn(), kept.error(), kept.cause());
    }
  }

  record Shown(
      String name,
      String stateMachineArn,
      @Nullable JsonNode input,
      Boolean enabled,
      @Nullable ScheduleMembers schedule,
      @Nullable WebhookMembers webhook,
      @Nullable QueueMembers queue,
      String createdBy,
      Instant createdAt,
      Instant updatedAt,
      @Nullable Instant nextFireAt,
      @Nullable String problem,
      @Nullable Fire lastFire) {}

  record Triggers(List<Shown> triggers) {}

  /// @param secret of a webhook, where it is a new one
  record Kept(Shown trigger, @Nullable String secret) {}

  record Fires(List<Fire> fires) {}

  record Moments(List<Instant> moments) {}

  private static Kept kept(Caller caller, Trigger.Kept kept) {
    return new Kept(shown(caller, kept.trigger()), kept.secret());
  }

  private static Shown shown(Caller caller, Trigger kept) {
    Trigger.Fire last = kept.lastFire();
    return new Shown(
        kept.name(),
        kept.stateMachineArn(),
        kept.input() == null ? null : JSON.readTree(kept.input()),
        kept.enabled(),
        kept.source() instanceof OnSchedule on
            ? new ScheduleMembers(
                on.expression(), on.timeZone(), text(on.start()), text(on.end()), on.catchUp())
            : null,
        kept.source() instanceof OnWebhook on
            ? new WebhookMembers(on.proof().wireName(), "/" + on.path(caller.account()))
            : null,
        kept.source() instanceof OnQueue on ? new QueueMembers(on.url(), on.batchSize()) : null,
        kept.createdBy(),
        kept.createdAt(),
        kept.updatedAt(),
        kept.nextFireAt(),
        kept.problem(),
        last == null ? null : Fire.of(last));
  }

  private static Trigger.Draft draft(Put request) {
    ScheduleMembers schedule = request.schedule();
    WebhookMembers webhook = request.webhook();
    QueueMembers queue = request.queue();
    if (Stream.of(schedule != null, webhook != null, queue != null).filter(it -> it).count() != 1) {
      throw new Refusal(ErrorCode.VALIDATION, "A trigger has one of schedule, webhook and queue");
    }
    JsonNode input = request.input();
    return new Trigger.Draft(
        request.stateMachineArn(),
        input == null || input.isNull() ? null : input.toString(),
        request.enabled() == null || request.enabled(),
        schedule != null
            ? wanted(schedule)
            : webhook != null ? new Trigger.WantedWebhook(proof(webhook.proof())) : wanted(queue));
  }

  private static Trigger.Wanted wanted(@Nullable QueueMembers queue) {
    if (queue == null) {
      throw new IllegalStateException("expected a queue, found none");
    }
    return new Trigger.WantedQueue(
        queue.queueUrl(), queue.batchSize() == null ? MOST_MESSAGES : queue.batchSize());
  }

  private static Trigger.WantedSchedule wanted(ScheduleMembers schedule) {
    return new Trigger.WantedSchedule(
        schedule.expression(),
        schedule.timeZone(),
        MomentText.read("startDate", schedule.startDate()),
        MomentText.read("endDate", schedule.endDate()),
        schedule.catchUp() == null || schedule.catchUp());
  }

  private static Proof proof(@Nullable String wireName) {
    return wireName == null ? Proof.KEY : Proof.valueOf(wireName.toUpperCase(Locale.ROOT));
  }

  private static @Nullable String text(@Nullable Instant moment) {
    return moment == null ? null : moment.toString();
  }

  private Route.Nothing delete(Caller caller, Name request) {
    triggers.delete(caller, request.name());
    return new Route.Nothing();
  }
}
