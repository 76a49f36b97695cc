package io.gradus.console.triggers;

import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.datetimepicker.DateTimePicker;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.OrderedList;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import io.gradus.console.part.Moments;
import io.gradus.service.Refusal;
import io.gradus.service.trigger.Trigger.OnSchedule;
import io.gradus.service.trigger.Trigger.WantedSchedule;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// When a schedule is to fire, with the moments that this means.
final class ScheduleFields extends Div {
  private static final long serialVersionUID = 1L;
  private static final int MAX_EXPRESSION = 256;
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("EEE d MMM yyyy, HH:mm:ss xxx", Locale.ENGLISH);

  private final transient Function<WantedSchedule, List<Instant>> preview;
  private final TextField expression = new TextField("Schedule expression");
  private final ComboBox<String> zone = new ComboBox<>("Time zone");
  private final DateTimePicker start = new DateTimePicker("Not before");
  private final DateTimePicker end = new DateTimePicker("Not after");
  private final Checkbox catchUp = new Checkbox("Make up for a missed moment, once");
  private final Div next = new Div();

  /// @param preview tells the next moments, or what is wrong
  ScheduleFields(Function<WantedSchedule, List<Instant>> preview) {
    this.preview = preview;
    addClassName("g-fields");
    expression.setMaxLength(MAX_EXPRESSION);
    expression.setValue("cron(0 9 ? * MON-FRI *)");
    expression.addClassName("g-mono-field");
    expression.setHelperText(
        "rate(5 minutes), cron(minutes hours day-of-month month day-of-week year) or"
            + " at(2026-12-24T18:00:00), as EventBridge Scheduler has them.");
    expression.setValueChangeMode(ValueChangeMode.LAZY);
    expression.setWidthFull();
    zone.setItems(zones());
    zone.setValue(here());
    zone.setWidthFull();
    start.setWidthFull();
    end.setWidthFull();
    catchUp.setValue(true);
    catchUp.setHelperText(
        "A moment is missed when no node saw to it for a minute. Of several, the latest is made up"
            + " for.");
    next.addClassName("g-trigger-next");
    next.getElement().setAttribute("aria-live", "polite");
    expression.addValueChangeListener(change -> show());
    zone.addValueChangeListener(change -> show());
    start.addValueChangeListener(change -> show());
    end.addValueChangeListener(change -> show());
    var bounds = new Div(start, end);
    bounds.addClassName("g-trigger-bounds");
    add(expression, zone, next, bounds, catchUp);
    show();
  }

  /// Shows a schedule as it is.
  void set(OnSchedule on) {
    expression.setValue(on.expression());
    zone.setValue(on.timeZone());
    start.setValue(local(on.start(), on.timeZone()));
    end.setValue(local(on.end(), on.timeZone()));
    catchUp.setValue(on.catchUp());
    show();
  }

  /// What is asked for.
  WantedSchedule value() {
    return new WantedSchedule(
        expression.getValue(), zone.getValue(), moment(start), moment(end), catchUp.getValue());
  }

  private void show() {
    next.removeAll();
    try {
      List<Instant> moments = preview.apply(value());
      if (moments.isEmpty()) {
        next.add(problem("This schedule names no moment to come."));
        return;
      }
      var title = new Span("Fires next, in " + zoneName());
      title.addClassName("g-once-name");
      var list = new OrderedList();
      ZoneId in = ZoneId.of(zoneName());
      moments.forEach(at -> list.add(new ListItem(MOMENT.format(at.atZone(in)))));
      next.add(title, list);
    } catch (Refusal refusal) {
      next.add(problem(refusal.forPeople()));
    }
  }

  private static Span problem(String text) {
    var problem = new Span(text);
    problem.addClassName("g-trigger-wrong");
    return problem;
  }

  private String zoneName() {
    String chosen = zone.getValue();
    return chosen == null ? "UTC" : chosen;
  }

  private @Nullable Instant moment(DateTimePicker picker) {
    LocalDateTime local = picker.getValue();
    return local == null ? null : local.atZone(ZoneId.of(zoneName())).toInstant();
  }

  private static @Nullable LocalDateTime local(@Nullable Instant at, String zone) {
    return at == null ? null : LocalDateTime.ofInstant(at, ZoneId.of(zone));
  }

  private static String here() {
    String zone = Moments.here().zone().getId();
    return zones().contains(zone) ? zone : "UTC";
  }

  /// Regions and UTC: offsets and old names say nothing about summer time.
  private static List<String> zones() {
    return ZoneId.getAvailableZoneIds().stream()
        .filter(
            id ->
                id.equals("UTC")
                    || (id.contains("/") && !id.startsWith("Etc/") && !id.startsWith("SystemV/")))
        .sorted()
        .toList();
  }
}
