package io.gradus.service.trigger;

import io.gradus.engine.PayloadJson;
import io.gradus.engine.TenantId;
import io.gradus.service.ErrorCode;
import io.gradus.service.Refusal;
import io.gradus.service.ShortMemory;
import io.gradus.service.execution.ExecutionInput;
import io.gradus.service.limit.Rates;
import io.gradus.service.trigger.HookSecrets.Shown;
import io.gradus.service.trigger.Trigger.OnWebhook;
import io.gradus.service.trigger.Trigger.Proof;
import io.gradus.service.trigger.TriggerRecords.Stored;
import io.gradus.service.trigger.TriggerStarts.Firing;
import io.gradus.service.trigger.TriggerStarts.Outcome;
import io.gradus.store.Tenants;
import io.gradus.store.engine.TriggerRows;
import io.gradus.store.engine.TriggerRows.Fired;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// Requests of other programs that start executions.
///
/// Whoever does not prove that they may learns nothing: not whether there is such an address,
/// whether it is paused, or what it takes.
public final class Webhooks {
  /// How long a body may be, in bytes.
  public static final int MAX_BODY = 262_144;

  private static final int MAX_ID = 255;
  private static final double BURST = 100;
  private static final double PER_SECOND = 50;
  private static final int TENANTS = 10_000;
  private static final Duration REMEMBERED = Duration.ofSeconds(2);
  private static final Pattern ACCOUNT = Pattern.compile("[0-9]{12}");
  private static final Pattern HOOK = Pattern.compile("[a-zA-Z0-9_-]{22}");

  private final Tenants tenants;
  private final TriggerRecords records;
  private final HookSecrets secrets;
  private final TriggerStarts starts;
  private final TriggerRows rows;
  private final TriggerEvents events;
  private final TriggerFigures figures;
  private final Clock clock;
  private final Rates rates =
      new Rates(Rates.Plan.of(new Rates.Bucket(BURST, PER_SECOND)), System::nanoTime);
  private final ShortMemory<String, Tenants.Tenant> accounts =
      new ShortMemory<>(TENANTS, REMEMBERED);

  /// A request.
  ///
  /// @param githubDelivery `X-GitHub-Delivery`, null for none
  /// @param headers what the event tells of it besides
  /// @param source the address it came from
  public record Delivery(
      String account,
      String hookId,
      Shown shown,
      @Nullable String githubDelivery,
      Map<String, String> headers,
      String source) {
    public Delivery {
      headers = Map.copyOf(headers);
    }
  }

  private record Hook(TenantId tenant, Stored stored, OnWebhook on) {}

  /// @param region stands in every event
  public Webhooks(
      Tenants tenants,
      TriggerRecords records,
      HookSecrets secrets,
      TriggerStarts starts,
      TriggerRows rows,
      TriggerFigures figures,
      String region,
      Clock clock) {
    this.figures = figures;
    this.tenants = tenants;
    this.records = records;
    this.secrets = secrets;
    this.starts = starts;
    this.rows = rows;
    this.events = new TriggerEvents(region);
    this.clock = clock;
  }

  /// Starts the execution that a request asks for; the answer comes when the start is durable. The
  /// same delivery again is answered with the same execution.
  ///
  /// @return the execution's ARN
  /// @throws Refusal AccessDeniedException where the request does not prove that it may
  public String receive(Delivery delivery) {
    Instant now = clock.instant();
    Hook hook;
    Trigger trigger;
    JsonNode body;
    String id;
    try {
      hook = proved(delivery, now);
      trigger = hook.stored().trigger();
      rates.take(hook.tenant(), "hook/" + trigger.id());
      if (!trigger.enabled()) {
        throw new Refusal(ErrorCode.CONFLICT, "The trigger is paused");
      }
      body = json(delivery.shown().body());
      id = id(delivery, hook.on().proof());
    } catch (Refusal refusal) {
      figures.add(TriggerFigures.Kind.WEBHOOK, outcome(refusal.code()));
      throw refusal;
    }
    var event = events.delivered(id, delivery.account(), now, body, delivery.headers());
    var firing =
        new Firing(
            hook.tenant(),
            delivery.account(),
            trigger.id(),
            trigger.name(),
            trigger.stateMachineArn(),
            trigger.input(),
            delivery.source());
    return switch (starts.start(TriggerFigures.Kind.WEBHOOK, firing, event, id)) {
      case Outcome.Started started -> {
        rows.fired(hook.tenant(), trigger.id(), new Fired(id, started.executionArn(), null, null));
        yield started.executionArn();
      }
      case Outcome.Refused refused -> {
        if (!refused.passing()) {
          rows.fired(
              hook.tenant(), trigger.id(), new Fired(id, null, refused.error(), refused.cause()));
        }
        throw new Refusal(refused.code(), refused.error() + ": " + refused.cause());
      }
    };
  }

  private Hook proved(Delivery delivery, Instant now) {
    Shown shown = delivery.shown();
    Optional<Hook> found = find(delivery);
    if (found.isEmpty()) {
      secrets.provesNothing(shown, now);
      throw denied();
    }
    Hook hook = found.get();
    UUID id = hook.stored().trigger().id();
    if (!secrets.proves(hook.tenant(), id, hook.on().proof(), hook.stored().secret(), shown, now)) {
      throw denied();
    }
    return hook;
  }

  private Optional<Hook> find(Delivery delivery) {
    if (!ACCOUNT.matcher(delivery.account()).matches()
        || !HOOK.matcher(delivery.hookId()).matches()) {
      return Optional.empty();
    }
    return accounts
        .get(delivery.account(), tenants::findByAccount)
        .filter(Tenants.Tenant::active)
        .flatMap(
            tenant ->
                records
                    .findHook(tenant.id(), delivery.hookId())
                    .flatMap(
                        stored ->
                            stored.trigger().source() instanceof OnWebhook on
                                ? Optional.of(new Hook(tenant.id(), stored, on))
                                : Optional.empty()));
  }

  private static Refusal denied() {
    return new Refusal(
        ErrorCode.ACCESS_DENIED,
        "There is no such webhook, or the request does not prove that it may call it");
  }

  /// What tells a delivery from every other. A signed request that names none is told by its
  /// signature, so that nobody starts a second execution by sending what they overheard.
  private static String id(Delivery delivery, Proof proof) {
    Shown shown = delivery.shown();
    String id =
        proof == Proof.GITHUB || shown.idempotencyKey() == null
            ? delivery.githubDelivery()
            : shown.idempotencyKey();
    String named = proof == Proof.SIGNATURE ? shown.idempotencyKey() : id;
    if (named != null) {
      if (named.isBlank() || named.length() > MAX_ID || named.indexOf('\0') >= 0) {
        throw new Refusal(
            ErrorCode.VALIDATION, "A delivery's id has 1 to " + MAX_ID + " characters");
      }
      return named;
    }
    String signature = shown.signature();
    return proof == Proof.SIGNATURE && signature != null
        ? UUID.nameUUIDFromBytes(signature.strip().getBytes(StandardCharsets.UTF_8)).toString()
        : UUID.randomUUID().toString();
  }

  private static TriggerFigures.Outcome outcome(ErrorCode code) {
    return code == ErrorCode.ACCESS_DENIED
        ? TriggerFigures.Outcome.DENIED
        : code == ErrorCode.THROTTLING
            ? TriggerFigures.Outcome.POSTPONED
            : TriggerFigures.Outcome.REFUSED;
  }

  private static JsonNode json(byte[] body) {
    if (body.length == 0) {
      throw notJson("it is empty");
    }
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
      return PayloadJson.MAPPER.readTree(ExecutionInput.check(text, MAX_BODY));
    } catch (CharacterCodingException e) {
      throw notJson("it is not UTF-8");
    } catch (Refusal refusal) {
      throw notJson(
          refusal
              .message()
              .replaceFirst("(?s)^Invalid State Machine Execution Input: '(.*)'$", "$1"));
    } catch (JacksonException e) {
      throw notJson(e.getOriginalMessage());
    }
  }

  private static Refusal notJson(@Nullable String why) {
    return new Refusal(ErrorCode.VALIDATION, "The body must be JSON: " + why);
  }
}
