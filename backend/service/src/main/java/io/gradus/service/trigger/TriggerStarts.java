package io.gradus.service.trigger;

import io.gradus.asl.expr.EvaluationFailure;
import io.gradus.engine.TenantId;
import io.gradus.service.Caller;
import io.gradus.service.ErrorCode;
import io.gradus.service.Refusal;
import io.gradus.service.Role;
import io.gradus.service.ShortMemory;
import io.gradus.service.execution.Execution;
import io.gradus.service.execution.ExecutionService;
import io.gradus.service.limit.LimitService;
import io.gradus.service.limit.Rates;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/// Starts executions for events, by the same rules and within the same limits as for any caller of
/// the tenant.
///
/// An execution's name is made of its trigger and its event, so that the same event starts the same
/// execution, whoever tries it how often.
public final class TriggerStarts {
  private static final Logger LOG = LoggerFactory.getLogger(TriggerStarts.class);
  private static final int MAX_NAME = 80;
  private static final int ID_LENGTH = 8;
  private static final int DIGEST_BYTES = 16;
  private static final int TEMPLATES = 10_000;
  private static final int MAX_CAUSE = 1_000;
  private static final Duration REMEMBERED = Duration.ofHours(1);
  private static final Pattern PLAIN = Pattern.compile("[a-zA-Z0-9_-]{1,36}");

  private final ExecutionService executions;
  private final Rates rates;
  private final LimitService limits;
  private final Clock clock;
  private final TriggerFigures figures;
  private final ShortMemory<String, TriggerInput> templates =
      new ShortMemory<>(TEMPLATES, REMEMBERED);

  /// A trigger that has something to start.
  ///
  /// @param source where the event came from, for the audit log
  record Firing(
      TenantId tenant,
      String account,
      UUID id,
      String name,
      String stateMachineArn,
      @Nullable String input,
      String source) {}

  /// What came of an event.
  sealed interface Outcome {
    record Started(String executionArn) implements Outcome {}

    /// @param passing whether the same may work later
    record Refused(ErrorCode code, String error, String cause, boolean passing)
        implements Outcome {}
  }

  /// Starts through this service.
  public TriggerStarts(
      ExecutionService executions,
      Rates rates,
      LimitService limits,
      Clock clock,
      TriggerFigures figures) {
    this.figures = figures;
    this.executions = executions;
    this.rates = rates;
    this.limits = limits;
    this.clock = clock;
  }

  /// Starts the execution of an event; the answer comes when the start is durable.
  ///
  /// @param key tells the event from every other of its trigger
  Outcome start(TriggerFigures.Kind kind, Firing firing, ObjectNode event, String key) {
    Outcome outcome = started(firing, event, key);
    figures.add(
        kind,
        switch (outcome) {
          case Outcome.Started _ -> TriggerFigures.Outcome.STARTED;
          case Outcome.Refused refused ->
              refused.passing() ? TriggerFigures.Outcome.POSTPONED : TriggerFigures.Outcome.REFUSED;
        });
    return outcome;
  }

  private Outcome started(Firing firing, ObjectNode event, String key) {
    Caller caller =
        new Caller(
            firing.tenant(),
            firing.account(),
            "trigger/" + firing.name(),
            Set.of(Role.OPERATOR),
            firing.source());
    try {
      String input = template(firing.input()).of(event, firing.name(), clock.instant());
      rates.takeStart(
          firing.tenant(), () -> limits.startsExpress(caller, firing.stateMachineArn()));
      return new Outcome.Started(
          executions.startOnce(
              caller,
              new Execution.Start(
                  firing.stateMachineArn(),
                  name(firing.name(), firing.id(), key),
                  input,
                  null,
                  null)));
    } catch (EvaluationFailure failure) {
      return new Outcome.Refused(
          ErrorCode.VALIDATION, failure.error().value(), bounded(failure.causeText()), false);
    } catch (Refusal refusal) {
      return new Outcome.Refused(
          refusal.code(),
          refusal.code().wireName(),
          bounded(refusal.message()),
          isPassing(refusal.code()));
    } catch (RuntimeException e) {
      LOG.atWarn()
          .addKeyValue("tenant", firing.tenant().value())
          .addKeyValue("trigger", firing.name())
          .setCause(e)
          .log("A trigger could not start its execution by a fault of ours; it is tried again");
      return new Outcome.Refused(
          ErrorCode.SERVICE_UNAVAILABLE,
          ErrorCode.SERVICE_UNAVAILABLE.wireName(),
          "The service is temporarily unavailable",
          true);
    }
  }

  private TriggerInput template(@Nullable String text) {
    return text == null
        ? TriggerInput.parse(null)
        : templates.get(text, each -> Optional.of(TriggerInput.parse(each))).orElseThrow();
  }

  private static boolean isPassing(ErrorCode code) {
    return code == ErrorCode.THROTTLING
        || code == ErrorCode.SERVICE_UNAVAILABLE
        || code == ErrorCode.EXECUTION_LIMIT_EXCEEDED;
  }

  private static String bounded(String text) {
    String plain = text.replace('\0', '\uFFFD');
    return plain.length() <= MAX_CAUSE ? plain : plain.substring(0, MAX_CAUSE - 1) + "…";
  }

  /// `<trigger>-<event>-<the trigger's id, shortened>`, within AWS's 80 characters.
  static String name(String trigger, UUID id, String key) {
    String told = PLAIN.matcher(key).matches() ? key : digest(key);
    int room = MAX_NAME - told.length() - ID_LENGTH - 2;
    String head = trigger.length() <= room ? trigger : trigger.substring(0, room);
    return head + "-" + told + "-" + id.toString().substring(0, ID_LENGTH);
  }

  private static String digest(String key) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, DIGEST_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("expected every Java to have SHA-256", e);
    }
  }
}
