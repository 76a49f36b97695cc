package io.gradus.console.machines;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.progressbar.ProgressBar;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import io.gradus.console.part.Moments;
import io.gradus.console.part.RoomyColumns;
import io.gradus.console.part.Work;
import io.gradus.service.Caller;
import io.gradus.service.pull.PullService;
import io.gradus.service.pull.PullService.Machine;
import io.gradus.service.pull.PullService.Offer;
import io.gradus.service.pull.PullService.Source;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What an AWS account has, to choose from what is taken over.
final class PullPlan extends Div {
  private static final long serialVersionUID = 1L;

  /// So many are taken at once: each takes two calls of AWS, and a look at what came of it.
  static final int MOST_AT_ONCE = 200;

  /// So many rows are shown without scrolling.
  private static final int FEW = 7;

  private final transient PullService pulls;
  private final transient Supplier<Caller> caller;
  private final transient Map<String, Machine> chosen = new LinkedHashMap<>();
  private final Select<Source> sources = new Select<>();
  private final TextField search = new TextField();
  private final Grid<Machine> grid = new Grid<>();
  private final Button every = new Button();
  private final Span told = new Span();
  private final Div waiting = new Div();
  private final Div problem = new Div();
  private final Div list = new Div();
  private transient List<Machine> there = List.of();
  private transient List<Machine> shown = List.of();
  private transient Runnable changed = () -> {};
  private boolean isMore;
  private boolean isBusy;
  private int asked;

  PullPlan(PullService pulls, Supplier<Caller> caller, List<Source> from) {
    this.pulls = pulls;
    this.caller = caller;
    addClassName("g-import-plan");
    sources.setLabel("Connection");
    sources.setItems(from);
    sources.setItemLabelGenerator(PullPlan::words);
    sources.setValue(from.getFirst());
    sources.setVisible(from.size() > 1);
    sources.addValueChangeListener(_ -> read());
    var about = new Paragraph(about(from));
    about.addClassName("g-secondary");
    waiting.addClassName("g-import-waiting");
    problem.addClassName("g-form-problem");
    problem.getElement().setAttribute("role", "alert");
    add(about, sources, problem, waiting, list());
  }

  private static String about(List<Source> from) {
    String where = from.size() > 1 ? "" : "They come through " + words(from.getFirst()) + ". ";
    return where
        + "State machines and activities that they name in their account become those of this"
        + " tenant, and so do functions that are registered here. All else is called as before.";
  }

  private static String words(Source source) {
    String name = source.name().isEmpty() ? "the operator's connection" : source.name();
    return name + " (" + source.region() + ")";
  }

  private Component list() {
    Moments moments = Moments.here();
    search.setPlaceholder("Name contains");
    search.setAriaLabel("Name contains");
    search.setClearButtonVisible(true);
    search.setValueChangeMode(ValueChangeMode.LAZY);
    search.addValueChangeListener(_ -> show());
    every.addThemeVariants(ButtonVariant.LUMO_TERTIARY, ButtonVariant.LUMO_SMALL);
    every.addClickListener(_ -> chooseEvery());
    told.addClassName("g-secondary");
    told.getElement().setAttribute("role", "status");
    grid.setSelectionMode(Grid.SelectionMode.NONE);
    grid.getElement().setAttribute("aria-label", "State machines in AWS");
    grid.addComponentColumn(this::box).setHeader("Name").setFlexGrow(3);
    var type =
        grid.addColumn(each -> each.isExpress() ? "Express" : "Standard")
            .setHeader("Type")
            .setWidth("7rem")
            .setFlexGrow(0);
    var created =
        grid.addColumn(each -> created(each, moments)).setHeader("Created").setFlexGrow(1);
    RoomyColumns.of(grid, List.of(type, created));
    var bar = new Div(search, every, told);
    bar.addClassNames("g-row", "g-import-bar");
    list.add(bar, grid);
    list.setVisible(false);
    return list;
  }

  private static String created(Machine each, Moments moments) {
    @Nullable Instant at = each.createdAt();
    return at == null ? "" : moments.appointment(at);
  }

  private Component box(Machine machine) {
    Checkbox box = new Checkbox(machine.name(), chosen.containsKey(machine.arn()));
    box.addClassName("g-import-choice");
    box.getElement().setAttribute("title", machine.name());
    box.addValueChangeListener(
        change -> {
          if (change.isFromClient()) {
            choose(machine, change.getValue());
            tell();
          }
        });
    return box;
  }

  private void choose(Machine machine, boolean isChosen) {
    if (isChosen) {
      chosen.put(machine.arn(), machine);
    } else {
      chosen.remove(machine.arn());
    }
  }

  private void chooseEvery() {
    boolean none = chosen.keySet().containsAll(shown.stream().map(Machine::arn).toList());
    shown.forEach(each -> choose(each, !none));
    grid.getDataProvider().refreshAll();
    tell();
  }

  @Override
  protected void onAttach(AttachEvent event) {
    read();
  }

  /// Asks AWS; who chose another connection meanwhile is not told of this one.
  private void read() {
    int turn = ++asked;
    chosen.clear();
    there = List.of();
    list.setVisible(false);
    refuse("");
    setBusy(true);
    Caller who = caller.get();
    String source = source();
    Work.start(
        UI.getCurrent(),
        () -> pulls.list(who, source),
        offer -> {
          if (turn == asked) {
            take(offer);
          }
        },
        why -> {
          if (turn == asked) {
            setBusy(false);
            refuse("AWS did not tell its state machines. " + why);
          }
        });
  }

  private void take(Offer offer) {
    setBusy(false);
    there = offer.machines();
    isMore = offer.isMore();
    if (there.isEmpty()) {
      waiting.add(new Paragraph("There are no state machines in that account and region."));
      return;
    }
    list.setVisible(true);
    show();
  }

  private void show() {
    String part = search.getValue().strip().toLowerCase(Locale.ROOT);
    shown =
        there.stream().filter(each -> each.name().toLowerCase(Locale.ROOT).contains(part)).toList();
    grid.setItems(shown);
    boolean few = shown.size() <= FEW;
    grid.setAllRowsVisible(few);
    grid.setClassName("g-import-many", !few);
    every.setVisible(!shown.isEmpty() && shown.size() <= MOST_AT_ONCE);
    tell();
  }

  private void tell() {
    every.setText(
        chosen.keySet().containsAll(shown.stream().map(Machine::arn).toList())
            ? "Choose none of these"
            : "Choose all of these");
    told.setText(words());
    changed.run();
  }

  private String words() {
    String of = there.size() + (isMore ? " and more" : "");
    if (chosen.size() > MOST_AT_ONCE) {
      return chosen.size() + " chosen: at most " + MOST_AT_ONCE + " at once";
    }
    if (!chosen.isEmpty()) {
      return chosen.size() + " of " + of + " chosen";
    }
    return shown.size() == there.size() ? of + " there" : shown.size() + " of " + of;
  }

  /// Shows that AWS is waited for, or is not any more.
  void setBusy(boolean busy) {
    isBusy = busy;
    waiting.removeAll();
    if (busy) {
      var bar = new ProgressBar();
      bar.setIndeterminate(true);
      bar.getElement().setAttribute("aria-label", "Waiting for AWS");
      waiting.add(bar);
    }
    tell();
  }

  /// Says why nothing comes; the empty text for nothing to say.
  void refuse(String sentence) {
    problem.setText(sentence);
    problem.setVisible(!sentence.isEmpty());
  }

  /// Called whenever another choice is made.
  void whenChanged(Runnable work) {
    changed = work;
    work.run();
  }

  /// What can be done with what is chosen, in words.
  String wanted() {
    return chosen.size() > 1 ? "Create " + chosen.size() + " state machines" : "Open in the studio";
  }

  /// Whether something is chosen, and not too much, and nothing is waited for.
  boolean isReady() {
    return !isBusy && !chosen.isEmpty() && chosen.size() <= MOST_AT_ONCE;
  }

  /// What is chosen, in the order it was chosen in.
  List<Machine> chosen() {
    return List.copyOf(chosen.values());
  }

  /// The connection that they come by.
  String source() {
    return sources.getValue().name();
  }

  /// Where they are read.
  PullService pulls() {
    return pulls;
  }
}
