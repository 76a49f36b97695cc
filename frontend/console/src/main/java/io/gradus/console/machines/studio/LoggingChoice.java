package io.gradus.console.machines.studio;

import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import io.gradus.engine.LogLevel;
import io.gradus.service.definition.LoggingConfiguration;
import io.gradus.service.definition.StateMachine;
import java.util.List;
import java.util.function.Consumer;

/// How much of a state machine's executions is logged, and where to.
final class LoggingChoice extends Div {
  private static final long serialVersionUID = 1L;
  private static final int MAX_ARN = 256;

  private final Select<LogLevel> level = new Select<>();
  private final Checkbox data = new Checkbox("Log inputs and outputs too");
  private final TextField group = new TextField("Log group ARN");
  private final transient LoggingConfiguration before;
  private final transient Consumer<LoggingConfiguration> saved;

  /// @param saved is told what was chosen, where it is something else
  LoggingChoice(StateMachine machine, boolean readOnly, Consumer<LoggingConfiguration> saved) {
    this.before = machine.logging();
    this.saved = saved;
    level.setLabel("Log level");
    level.setWidthFull();
    level.setItems(LogLevel.OFF, LogLevel.FATAL, LogLevel.ERROR, LogLevel.ALL);
    level.setItemLabelGenerator(LoggingChoice::word);
    level.setValue(before.level());
    level.setReadOnly(readOnly);
    level.setHelperText("What is logged stands on the page Logs.");
    data.setValue(before.includeExecutionData());
    data.setReadOnly(readOnly);
    group.setWidthFull();
    group.setMaxLength(MAX_ARN);
    group.setReadOnly(readOnly);
    group.setHelperText(
        "AWS asks for one. Where this tenant has an AWS connection, events are sent to that log"
            + " group of CloudWatch Logs as well, unless its name begins with /gradus/.");
    List<String> arns = before.destinations();
    group.setValue(arns == null || arns.isEmpty() ? own(machine.arn()) : arns.getFirst());
    level.addValueChangeListener(change -> show());
    add(level, data, group);
    show();
  }

  private static String word(LogLevel level) {
    return switch (level) {
      case OFF -> "Off";
      case FATAL -> "Failed executions";
      case ERROR -> "Errors";
      case ALL -> "All events";
    };
  }

  private void show() {
    boolean on = level.getValue() != LogLevel.OFF;
    data.setVisible(on);
    group.setVisible(on);
  }

  /// The log group that is the own log and nothing else.
  ///
  /// @param arn of the state machine
  private static String own(String arn) {
    String[] parts = arn.split(":", -1);
    return "arn:aws:logs:%s:%s:log-group:/gradus/%s:*".formatted(parts[3], parts[4], parts[6]);
  }

  /// Tells what was chosen, where it is something else.
  void save() {
    String arn = group.getValue().strip();
    LoggingConfiguration chosen =
        level.getValue() == LogLevel.OFF
            ? new LoggingConfiguration(
                LogLevel.OFF, before.includeExecutionData(), before.destinations())
            : new LoggingConfiguration(
                level.getValue(), data.getValue(), arn.isEmpty() ? List.of() : List.of(arn));
    if (!chosen.equals(before)) {
      saved.accept(chosen);
    }
  }
}
