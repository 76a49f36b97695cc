package io.gradus.console.dashboard;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import io.gradus.console.dashboard.DashboardQuery.By;
import io.gradus.console.part.Segments;
import io.gradus.service.statistics.StateFigures;
import io.gradus.service.statistics.StateSampling;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;

/// What is behind the figures: the state machines of a tenant, or the states of one state machine.
final class TablePanel extends Section {
  private static final long serialVersionUID = 1L;

  private final H2 title = new H2();
  private final Span note = new Span();
  private final Div below = new Div();
  private final Segments<By> ofMachines;
  private final Segments<By> ofStates;
  private final Div order = new Div();
  private final MachineTable machines;
  private final StateTable states;

  /// @param ordered shows another order
  /// @param ofMachine the address of a state machine's dashboard
  /// @param ofExecution the address of an execution, by its name and one of its states
  TablePanel(
      Consumer<By> ordered,
      Function<String, String> ofMachine,
      BiFunction<String, String, String> ofExecution) {
    addClassName("g-dash-below-charts");
    ofMachines =
        new Segments<>(
            "Order", words(By.FAILURES, "Most failures", By.STARTS, "Most starts"), ordered);
    ofStates =
        new Segments<>(
            "Order", words(By.DURATION, "Slowest", By.FAILURES, "Most failures"), ordered);
    machines = new MachineTable(ofMachine);
    states = new StateTable(ofExecution);
    note.addClassName("g-dash-note");
    Div head = new Div(title, note, order);
    head.addClassName("g-dash-head");
    below.addClassName("g-dash-rows");
    add(head, below);
  }

  private static Map<By, String> words(By one, String first, By other, String second) {
    Map<By, String> words = new LinkedHashMap<>();
    words.put(one, first);
    words.put(other, second);
    return words;
  }

  /// Shows what was read.
  void show(Reading now, DashboardQuery query) {
    StateFigures sampled = now.states();
    setVisible(query.machine() == null || sampled != null);
    if (sampled == null) {
      put(ofMachines, machines);
      ofMachines.show(query.by());
      title.setText("State machines");
      note.setText("");
      machines.show(now.machines());
      return;
    }
    put(ofStates, states);
    ofStates.show(query.by());
    title.setText("States");
    note.setText(note(sampled));
    states.show(sampled, query.by() == By.FAILURES);
  }

  private void put(Segments<By> choice, Div table) {
    if (choice.getParent().isEmpty()) {
      order.removeAll();
      order.add(choice);
      below.removeAll();
      below.add(table);
    }
  }

  private static String note(StateFigures sampled) {
    String of =
        switch (sampled.executions()) {
          case 0 -> "no execution has ended yet";
          case 1 -> "of the last execution that ended";
          default -> "of the last " + sampled.executions() + " executions that ended";
        };
    return sampled.tooLong() == 0
        ? of
        : of
            + "; "
            + sampled.tooLong()
            + " with more than "
            + Words.count(StateSampling.MOST_EVENTS)
            + " events are left out";
  }
}
