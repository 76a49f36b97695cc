package io.gradus.console.logs;

import com.vaadin.flow.component.html.Code;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import io.gradus.console.part.Moments;
import io.gradus.console.part.Status;
import io.gradus.console.part.StatusMark;
import io.gradus.service.log.LogPage.Delivery;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// How sending to log groups goes: what fails first, and why.
final class DeliveryLines extends Div {
  private static final long serialVersionUID = 1L;

  DeliveryLines() {
    getElement().setAttribute("aria-live", "polite");
    setVisible(false);
  }

  void show(List<Delivery> deliveries, Moments moments, Instant now) {
    removeAll();
    deliveries.stream().filter(Delivery::fails).forEach(each -> add(line(each, moments, now)));
    deliveries.stream()
        .filter(each -> !each.fails())
        .forEach(each -> add(line(each, moments, now)));
    setVisible(getComponentCount() > 0);
  }

  private static Div line(Delivery delivery, Moments moments, Instant now) {
    var line = new Div(mark(delivery));
    line.addClassName("g-chain");
    String group = delivery.logGroup();
    if (group != null) {
      line.add(new Code(group));
    }
    String told = told(delivery, moments, now);
    if (!told.isEmpty()) {
      var span = new Span(told);
      span.addClassName("g-secondary");
      line.add(span);
    }
    String failure = delivery.failure();
    if (failure != null && delivery.fails()) {
      line.add(new Span(failure));
    }
    return line;
  }

  private static StatusMark mark(Delivery delivery) {
    if (delivery.logGroup() == null) {
      return new StatusMark(
          Status.CAUGHT, "Runs of events that are not in this log: " + number(delivery.lost()));
    }
    if (delivery.fails()) {
      return new StatusMark(Status.FAILED, "Sending to CloudWatch Logs fails");
    }
    return delivery.waiting() > 0 && delivery.sentAt() == null
        ? new StatusMark(Status.WAITING, "To be sent to CloudWatch Logs")
        : new StatusMark(Status.SUCCEEDED, "Sent to CloudWatch Logs");
  }

  private static String told(Delivery delivery, Moments moments, Instant now) {
    if (delivery.logGroup() == null) {
      return when("the last time", delivery.failedAt(), moments, now);
    }
    var text = new StringBuilder(number(delivery.sent())).append(" sent");
    text.append(when(", the last", delivery.sentAt(), moments, now));
    if (delivery.waiting() > 0) {
      text.append(", ").append(number(delivery.waiting())).append(" waiting");
      text.append(when(", the oldest from", delivery.since(), moments, now));
    }
    if (delivery.lost() > 0) {
      text.append(", ").append(number(delivery.lost())).append(" lost");
    }
    return text.toString();
  }

  private static String when(String what, @Nullable Instant at, Moments moments, Instant now) {
    return at == null ? "" : what + " " + moments.brief(at, now);
  }

  private static String number(long count) {
    return String.format(Locale.ENGLISH, "%,d", count);
  }
}
