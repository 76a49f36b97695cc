package io.gradus.service.trigger;

import io.gradus.service.Caller;
import io.gradus.service.ErrorCode;
import io.gradus.service.Refusal;
import io.gradus.service.arn.Arns;
import io.gradus.service.arn.StatesArn;
import io.gradus.service.definition.Machines;
import io.gradus.service.trigger.Trigger.Draft;
import io.gradus.service.trigger.Trigger.OnQueue;
import io.gradus.service.trigger.Trigger.OnSchedule;
import io.gradus.service.trigger.Trigger.OnWebhook;
import io.gradus.service.trigger.Trigger.Source;
import io.gradus.service.trigger.Trigger.WantedQueue;
import io.gradus.service.trigger.Trigger.WantedSchedule;
import io.gradus.service.trigger.Trigger.WantedWebhook;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What a trigger is to be: looked at before it is kept, and told to the audit log.
public final class TriggerDrafts {
  private static final int MAX_URL = 2_048;
  private static final int MAX_BATCH = 10;
  private static final String UTC = "UTC";
  private static final Instant EARLIEST = Instant.parse("1970-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

  private final Arns arns;
  private final Machines machines;

  /// Looks state machines up there.
  public TriggerDrafts(Arns arns, Machines machines) {
    this.arns = arns;
    this.machines = machines;
  }

  /// Lets a sound draft pass.
  ///
  /// @param before what it changes; null for what is new
  /// @throws Refusal with what is wrong with it
  Planned plan(Caller caller, Draft draft, @Nullable Trigger before, Instant now) {
    boolean otherMachine =
        before == null || !before.stateMachineArn().equals(draft.stateMachineArn());
    // What is there already may be paused or mended when its state machine is gone.
    if (otherMachine) {
      requireMachine(caller, draft.stateMachineArn());
    }
    TriggerInput.parse(draft.input());
    Source old = before == null ? null : before.source();
    Source source =
        switch (draft.source()) {
          case WantedSchedule wanted -> onSchedule(wanted, old, now);
          case WantedWebhook wanted -> onWebhook(wanted, old);
          case WantedQueue wanted -> onQueue(wanted);
        };
    if (old != null && old.getClass() != source.getClass()) {
      throw new Refusal(
          ErrorCode.CONFLICT,
          "A %s does not become a %s: delete it and make another"
              .formatted(old.kind(), source.kind()));
    }
    return planned(draft, source, before, now);
  }

  private static Planned planned(
      Draft draft, Source source, @Nullable Trigger before, Instant now) {
    return switch (source) {
      case OnSchedule on -> {
        Instant next = next(on, draft, before, now);
        yield new Planned(source, next, next);
      }
      case OnWebhook _ -> new Planned(source, null, null);
      case OnQueue _ -> new Planned(source, null, draft.enabled() ? now : null);
    };
  }

  /// What goes on firing keeps its moment, also one that has come and is being seen to.
  private static @Nullable Instant next(
      OnSchedule on, Draft draft, @Nullable Trigger before, Instant now) {
    if (before != null && on.equals(before.source())) {
      if (!draft.enabled()) {
        return null;
      }
      return before.enabled() ? before.nextFireAt() : schedule(on).atOrAfter(now).orElse(null);
    }
    Instant next = schedule(on).atOrAfter(now).orElse(null);
    if (next == null) {
      throw ScheduleExpression.refused("names no moment to come");
    }
    return draft.enabled() ? next : null;
  }

  private void requireMachine(Caller caller, String arnText) {
    StatesArn.StateMachine arn = arns.readStateMachine(caller, "CreateTrigger", arnText);
    boolean here = arn.region().equals(arns.region());
    if (!here || machines.target(caller.tenant(), arn).isEmpty()) {
      throw new Refusal(
          ErrorCode.STATE_MACHINE_DOES_NOT_EXIST,
          "State Machine Does Not Exist: '" + arn.text() + "'");
    }
  }

  /// A schedule as it is kept. What a rate is counted from stays as long as the expression does.
  static OnSchedule onSchedule(WantedSchedule wanted, @Nullable Source before, Instant now) {
    String zone =
        wanted.timeZone() == null || wanted.timeZone().isBlank() ? UTC : wanted.timeZone();
    String expression = wanted.expression().strip();
    ScheduleExpression parsed = ScheduleExpression.parse(expression);
    var checkedZone = Schedule.zone(zone);
    Instant start = whole("start", wanted.start());
    Instant end = whole("end", wanted.end());
    if (start != null && end != null && !start.isBefore(end)) {
      throw new Refusal(ErrorCode.VALIDATION, "The end must be after the start");
    }
    if (parsed instanceof ScheduleExpression.At at
        && checkedZone.getRules().getValidOffsets(at.time()).isEmpty()) {
      throw ScheduleExpression.refused(
          "names a time that the clocks of " + zone + " leave out that day");
    }
    Instant anchor =
        start != null
            ? start
            : before instanceof OnSchedule old && old.expression().equals(expression)
                ? old.anchor()
                : now.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
    return new OnSchedule(expression, zone, anchor, start, end, wanted.catchUp());
  }

  private static @Nullable Instant whole(String what, @Nullable Instant moment) {
    if (moment == null) {
      return null;
    }
    if (moment.isBefore(EARLIEST) || !moment.isBefore(LATEST)) {
      throw new Refusal(ErrorCode.VALIDATION, "The " + what + " must be in the years 1970 to 2199");
    }
    return moment.truncatedTo(ChronoUnit.SECONDS);
  }

  /// The moments of a schedule that was found sound.
  static Schedule schedule(OnSchedule on) {
    return new Schedule(
        ScheduleExpression.parse(on.expression()),
        Schedule.zone(on.timeZone()),
        on.anchor(),
        on.start(),
        on.end());
  }

  private static OnWebhook onWebhook(WantedWebhook wanted, @Nullable Source before) {
    return new OnWebhook(
        before instanceof OnWebhook old ? old.hookId() : HookSecrets.freshHook(), wanted.proof());
  }

  private static OnQueue onQueue(WantedQueue wanted) {
    if (wanted.batchSize() < 1 || wanted.batchSize() > MAX_BATCH) {
      throw new Refusal(ErrorCode.VALIDATION, "batchSize must be between 1 and " + MAX_BATCH);
    }
    String url = wanted.url().strip();
    try {
      URI uri = new URI(url);
      boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      if (url.length() <= MAX_URL && web && uri.getHost() != null && uri.getUserInfo() == null) {
        return new OnQueue(url, wanted.batchSize());
      }
    } catch (URISyntaxException e) {
      // Told below, like every other fault of it.
    }
    throw new Refusal(
        ErrorCode.VALIDATION,
        "queueUrl must be a queue's URL, such as"
            + " https://sqs.us-east-1.amazonaws.com/000000000000/orders");
  }

  /// What a trigger was made of, but for whether it fires.
  static Draft of(Trigger trigger, boolean enabled) {
    return new Draft(
        trigger.stateMachineArn(),
        trigger.input(),
        enabled,
        switch (trigger.source()) {
          case OnSchedule on ->
              new WantedSchedule(
                  on.expression(), on.timeZone(), on.start(), on.end(), on.catchUp());
          case OnWebhook on -> new WantedWebhook(on.proof());
          case OnQueue on -> new WantedQueue(on.url(), on.batchSize());
        });
  }

  /// For the audit log: settings, neither payloads nor secrets.
  static Map<String, Object> told(Trigger trigger) {
    Map<String, Object> told = new TreeMap<>();
    told.put("kind", trigger.source().kind());
    told.put("stateMachineArn", trigger.stateMachineArn());
    told.put("enabled", trigger.enabled());
    told.put("input", trigger.input() == null ? "the event" : "a template");
    switch (trigger.source()) {
      case OnSchedule on -> {
        told.put("expression", on.expression());
        told.put("timeZone", on.timeZone());
        told.put("catchUp", on.catchUp());
        if (on.start() != null) {
          told.put("start", on.start().toString());
        }
        if (on.end() != null) {
          told.put("end", on.end().toString());
        }
      }
      case OnWebhook on -> told.put("proof", on.proof().wireName());
      case OnQueue on -> {
        told.put("queueUrl", on.url());
        told.put("batchSize", on.batchSize());
      }
    }
    return told;
  }
}
