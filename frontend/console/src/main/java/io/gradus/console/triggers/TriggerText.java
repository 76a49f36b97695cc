package io.gradus.console.triggers;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Code;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import io.gradus.console.part.Moments;
import io.gradus.console.part.Status;
import io.gradus.console.part.StatusMark;
import io.gradus.console.session.Links;
import io.gradus.service.trigger.Trigger;
import io.gradus.service.trigger.Trigger.OnQueue;
import io.gradus.service.trigger.Trigger.OnSchedule;
import io.gradus.service.trigger.Trigger.OnWebhook;
import io.gradus.service.trigger.Trigger.Proof;
import java.time.Instant;

/// How triggers are told on pages.
final class TriggerText {
  private static final int MACHINE = 6;
  private static final int NAME = 7;
  private static final int QUALIFIER = 7;

  private TriggerText() {}

  /// The word for its kind.
  static String kind(Trigger.Source source) {
    return switch (source) {
      case OnSchedule _ -> "Schedule";
      case OnWebhook _ -> "Webhook";
      case OnQueue _ -> "SQS queue";
    };
  }

  /// What makes it fire, in a line.
  static Component fires(Trigger.Source source) {
    var cell = new Div(new Span(kind(source)));
    cell.addClassName("g-trigger-source");
    switch (source) {
      case OnSchedule on -> {
        cell.add(new Code(on.expression()));
        cell.add(secondary(on.timeZone()));
      }
      case OnWebhook on -> cell.add(secondary(proof(on.proof())));
      case OnQueue on -> cell.add(new Code(on.url()));
    }
    return cell;
  }

  static String proof(Proof proof) {
    return switch (proof) {
      case KEY -> "with a key";
      case SIGNATURE -> "signed, with a time";
      case GITHUB -> "signed, as GitHub does";
    };
  }

  /// The state machine that it starts, with the version or the alias.
  static Component machine(String account, String arn) {
    String[] parts = arn.split(":", -1);
    if (parts.length <= MACHINE) {
      return new Code(arn);
    }
    String qualifier = parts.length > QUALIFIER ? ":" + parts[QUALIFIER] : "";
    return new Anchor(Links.stateMachine(account, parts[MACHINE]), parts[MACHINE] + qualifier);
  }

  /// The execution that a fire started, by its name.
  static Component execution(String account, String arn) {
    String[] parts = arn.split(":", -1);
    var name = new Code(parts.length <= NAME ? arn : parts[NAME]);
    name.addClassName("g-break");
    // An Express execution has no page of its own.
    return parts.length > NAME && parts[5].equals("execution")
        ? new Anchor(Links.execution(account, parts[MACHINE], parts[NAME]), name)
        : name;
  }

  /// What came of a fire: the execution, or the error.
  static Component result(String account, Trigger.Fire fire) {
    String arn = fire.executionArn();
    if (arn == null) {
      return new StatusMark(Status.FAILED, String.valueOf(fire.error()));
    }
    String[] parts = arn.split(":", -1);
    if (parts.length <= NAME) {
      return new Code(arn);
    }
    var mark = new StatusMark(Status.SUCCEEDED, "Started");
    // An Express execution has no page of its own.
    return parts[5].equals("execution")
        ? new Anchor(Links.execution(account, parts[MACHINE], parts[NAME]), mark)
        : mark;
  }

  /// How it stands: paused, broken, or when it fires next.
  static Component next(Trigger trigger, Moments moments, Instant now) {
    if (!trigger.enabled()) {
      return new StatusMark(Status.STOPPED, "Paused");
    }
    if (trigger.problem() != null) {
      return new StatusMark(Status.RETRYING, "Trying again");
    }
    Instant next = trigger.nextFireAt();
    return switch (trigger.source()) {
      case OnSchedule _ when next != null -> moments.span(next, now);
      case OnSchedule _ -> secondary("Ended");
      case OnWebhook _ -> secondary("On each request");
      case OnQueue _ -> secondary("On each message");
    };
  }

  /// The same where no heading says that the moment is the next one.
  static Component standing(Trigger trigger, Moments moments, Instant now) {
    Component next = next(trigger, moments, now);
    boolean moment = trigger.enabled() && trigger.problem() == null && trigger.nextFireAt() != null;
    return moment ? new Span(secondary("Fires next "), next) : next;
  }

  private static Span secondary(String text) {
    var span = new Span(text);
    span.addClassName("g-secondary");
    return span;
  }
}
