package io.gradus.console.executions;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.di.Instantiator;
import io.gradus.console.part.Moments;
import io.gradus.console.part.Status;
import io.gradus.console.part.StatusMark;
import io.gradus.console.session.Links;
import io.gradus.engine.ExecutionStatus;
import io.gradus.service.Caller;
import io.gradus.service.Page;
import io.gradus.service.Refusal;
import io.gradus.service.execution.ExecutionFinder;
import io.gradus.service.execution.ExecutionLookup;
import io.gradus.service.maprun.ChildRecords;
import io.gradus.service.maprun.MapRunViews;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Asks which execution another one is to be compared with: what it was forked from, the last that
/// succeeded, one of the last, or one of any name.
@StyleSheet("gradus-compare.css")
final class CompareDialog extends Dialog {
  private static final long serialVersionUID = 1L;
  private static final int LAST = 8;
  private static final int SUCCEEDED = 2;

  private final transient Caller caller;
  private final transient ExecutionFinder finder;
  private final transient ExecutionFinder.Row of;
  private final TextField name = new TextField("Another execution's name");

  /// One that is offered.
  ///
  /// @param why it is; empty where it is one of the last
  private record Offer(
      String machine,
      String name,
      ExecutionStatus status,
      Instant startedAt,
      @Nullable Instant stoppedAt,
      String why) {}

  private CompareDialog(
      Caller caller, ExecutionFinder finder, ExecutionFinder.Row of, List<Offer> offers) {
    this.caller = caller;
    this.finder = finder;
    this.of = of;
    setHeaderTitle("Compare with…");
    setWidth("560px");
    addClassName("g-cmp-dialog");
    UnorderedList list = new UnorderedList();
    list.addClassName("g-cmp-offers");
    offers.forEach(offer -> list.add(new ListItem(link(offer))));
    Span none = new Span("No other execution of this state machine is kept.");
    none.addClassName("g-secondary");
    none.setVisible(offers.isEmpty());
    list.setVisible(!offers.isEmpty());
    name.setWidthFull();
    name.setMaxLength(80);
    name.setHelperText("Of the state machine " + of.stateMachine());
    name.addValueChangeListener(_ -> name.setInvalid(false));
    Button go = new Button("Compare", _ -> named());
    go.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    name.addKeyPressListener(Key.ENTER, _ -> named());
    Button cancel = new Button("Cancel", _ -> close());
    cancel.addThemeVariants(ButtonVariant.LUMO_TERTIARY);
    Div body = new Div(none, list, name);
    body.addClassName("g-cmp-dialog-body");
    add(body);
    getFooter().add(cancel, go);
  }

  /// Opens one for this execution.
  static void open(Caller caller, ExecutionFinder.Opened of) {
    Instantiator parts = Instantiator.get(UI.getCurrent());
    ExecutionFinder finder = parts.getOrCreate(ExecutionFinder.class);
    List<Offer> offers =
        of.row().mapChild() == null
            ? offers(caller, finder, of)
            : siblings(caller, parts.getOrCreate(MapRunViews.class), of);
    new CompareDialog(caller, finder, of.row(), offers).open();
  }

  private static List<Offer> offers(
      Caller caller, ExecutionFinder finder, ExecutionFinder.Opened of) {
    Map<String, Offer> found = new LinkedHashMap<>();
    ExecutionLookup.Origin origin = of.origin();
    if (origin != null) {
      try {
        add(
            found,
            of.row(),
            offer(
                finder.find(caller, origin.stateMachine(), origin.name()),
                "What it was forked from"));
      } catch (Refusal _) {
        // It is not kept any more.
      }
    }
    String machine = of.row().stateMachine();
    List<ExecutionFinder.Row> succeeded =
        finder
            .newest(caller, wanted(machine, Set.of(ExecutionStatus.SUCCEEDED)), first(SUCCEEDED))
            .items();
    succeeded.stream()
        .filter(row -> !row.key().equals(of.row().key()))
        .limit(1)
        .forEach(row -> add(found, of.row(), offer(row, "The last that succeeded")));
    finder
        .newest(caller, wanted(machine, Set.of()), first(LAST))
        .items()
        .forEach(row -> add(found, of.row(), offer(row, "")));
    return List.copyOf(found.values());
  }

  private static ExecutionFinder.Wanted wanted(String machine, Set<ExecutionStatus> statuses) {
    return new ExecutionFinder.Wanted(machine, statuses, null, null, null, null);
  }

  private static Page.Request first(int count) {
    return new Page.Request(count, null);
  }

  /// A child of a Map Run is compared with others of it, those that succeeded first.
  private static List<Offer> siblings(
      Caller caller, MapRunViews mapRuns, ExecutionFinder.Opened of) {
    ExecutionFinder.Link around = of.parent();
    ExecutionLookup.MapChild child = of.row().mapChild();
    if (around == null || child == null) {
      return List.of();
    }
    Map<String, Offer> found = new LinkedHashMap<>();
    try {
      MapRunViews.Opened run =
          mapRuns.open(caller, around.stateMachine(), around.name(), child.mapRunId().toString());
      List<Set<ExecutionStatus>> wanted =
          List.of(Set.of(ExecutionStatus.SUCCEEDED), Set.<ExecutionStatus>of());
      for (Set<ExecutionStatus> statuses : wanted) {
        mapRuns
            .children(
                caller,
                run,
                new MapRunViews.Wanted(statuses, ChildRecords.Order.IN_ORDER, null),
                first(LAST / 2))
            .items()
            .forEach(
                each ->
                    add(
                        found,
                        of.row(),
                        new Offer(
                            of.row().stateMachine(),
                            each.name(),
                            each.status(),
                            each.startedAt(),
                            each.stoppedAt(),
                            "Item " + Counts.of(each.index()))));
      }
    } catch (Refusal _) {
      // The Map Run is not kept any more: a name may still be given.
    }
    return new ArrayList<>(found.values());
  }

  private static Offer offer(ExecutionFinder.Row row, String why) {
    return new Offer(
        row.stateMachine(), row.name(), row.status(), row.startedAt(), row.stoppedAt(), why);
  }

  private static void add(Map<String, Offer> found, ExecutionFinder.Row of, Offer offer) {
    boolean itself = offer.machine().equals(of.stateMachine()) && offer.name().equals(of.name());
    if (!itself) {
      found.putIfAbsent(offer.machine() + "/" + offer.name(), offer);
    }
  }

  private Component link(Offer offer) {
    Span shown = new Span(offer.name());
    shown.addClassNames("g-mono", "g-break");
    Instant stopped = offer.stoppedAt();
    String took =
        stopped == null
            ? ""
            : " · " + Moments.duration(Duration.between(offer.startedAt(), stopped));
    Span when =
        new Span(
            (offer.why().isEmpty() ? "" : offer.why() + " · ")
                + Moments.here().moment(offer.startedAt(), Instant.now())
                + took);
    when.addClassName("g-cmp-under");
    Div text = new Div(shown, when);
    text.addClassName("g-cmp-offer");
    Anchor link =
        new Anchor(
            href(offer.machine(), offer.name()), new StatusMark(Status.of(offer.status())), text);
    link.getElement().addEventListener("click", _ -> close());
    return link;
  }

  private String href(String machine, String other) {
    return Links.comparison(caller.account(), of.stateMachine(), of.name(), machine, other);
  }

  private void named() {
    String wanted = name.getValue().strip();
    try {
      if (wanted.isEmpty() || wanted.indexOf('\0') >= 0) {
        refuse("Choose one above, or write its name.");
        return;
      }
      finder.find(caller, of.stateMachine(), wanted);
      close();
      UI.getCurrent().navigate(href(of.stateMachine(), wanted));
    } catch (Refusal _) {
      refuse("The state machine " + of.stateMachine() + " has no execution of this name.");
    }
  }

  private void refuse(String why) {
    name.setErrorMessage(why);
    name.setInvalid(true);
    name.focus();
  }
}
