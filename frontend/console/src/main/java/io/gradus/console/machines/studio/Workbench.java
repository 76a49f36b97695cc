package io.gradus.console.machines.studio;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.splitlayout.SplitLayout;
import io.gradus.asl.graph.StateGraph;
import io.gradus.asl.parse.Diagnostic;
import io.gradus.console.editor.CodeEditor;
import io.gradus.console.editor.CodeEditor.Mode;
import io.gradus.console.graph.NodeDiagnostic;
import io.gradus.console.graph.StateGraphView;
import io.gradus.console.graph.StatePalette;
import io.gradus.console.part.Glyph;
import io.gradus.console.part.Notice;
import io.gradus.console.part.Segments;
import io.gradus.console.session.KeyHint;
import io.gradus.service.Caller;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Code and graph of one definition, and its faults: whatever is selected in one is selected in
/// all. The browser draws each change by itself, in the frame that shows it; what nodes and edges
/// say in words and what the validator finds follow a moment later, and are not told on the page's
/// thread.
public final class Workbench extends Div {
  private static final long serialVersionUID = 1L;

  private static final Duration REST = Duration.ofMillis(60);

  /// What the page around it wants to hear.
  public interface Listener {
    /// What is written is another.
    ///
    /// @param dirty whether it says something else than what is saved
    void changed(boolean dirty);

    /// Another state is selected, or with null none.
    void selected(@Nullable String state);

    /// Something else of it is looked at.
    void shown(Show show);
  }

  /// The keys that it hears.
  public static final List<KeyHint> KEYS =
      List.of(
          new KeyHint("Ctrl Z, Ctrl Y", "undo and redo"),
          new KeyHint("Ctrl Space", "what can be written here"),
          new KeyHint("F8", "next problem"),
          new KeyHint("Ctrl .", "ways to mend it"),
          new KeyHint("Ctrl F", "search in the text"),
          new KeyHint("Ctrl S", "save"),
          new KeyHint(
              "T C P M", "on the graph: a Task, Choice, Parallel or Map behind the selected state"),
          new KeyHint("A W S F", "on the graph: a Pass, Wait, Succeed or Fail behind it"),
          new KeyHint("F2", "on the graph: rename the state"),
          new KeyHint("Ctrl D", "on the graph: duplicate it"),
          new KeyHint("Delete", "on the graph: delete it"));

  private final CodeEditor editor = new CodeEditor(Mode.JSON, "Definition");
  private final StateGraphView picture = new StateGraphView();
  private final StatePalette palette = new StatePalette(picture);
  private final ProblemList problems = new ProblemList(this::goTo, this::mend);
  private final StatePanel state = new StatePanel(this::choose, picture, editor);
  private final Segments<Mode> modes;
  private final Segments<Show> shows;
  private final Span language = new Span();
  private final NativeButton undo = tool(Glyph.Name.UNDO, "Undo", "Undo (Ctrl Z)");
  private final NativeButton redo = tool(Glyph.Name.REDO, "Redo", "Redo (Ctrl Y)");
  private final transient Listener listener;
  private final transient Function<String, List<Diagnostic>> validator;
  private final transient LatestOnly<Asked> checking = new LatestOnly<>(REST, this::check);

  private transient Written base = new Written("", Mode.JSON);

  /// The graph of [#drawn], as far as that could be drawn; older where it could not.
  private transient @Nullable StateGraph graph;

  private transient @Nullable Written drawn;
  private transient List<Fault> faults = List.of();
  private transient @Nullable UI ui;
  private @Nullable String selected;
  private Show show = Show.SPLIT;

  /// What is to be judged, and what it is compared with.
  private record Asked(Written written, Written base) {}

  /// @param validator every fault of a definition's JSON; called on threads of its own
  public Workbench(Function<String, List<Diagnostic>> validator, Listener listener) {
    this.validator = validator;
    this.listener = listener;
    addClassName("g-workbench");
    Map<Mode, String> modeWords = new LinkedHashMap<>();
    modeWords.put(Mode.JSON, "JSON");
    modeWords.put(Mode.YAML, "YAML");
    modes = new Segments<>("Language of the text", modeWords, this::write);
    Map<Show, String> showWords = new LinkedHashMap<>();
    for (Show each : Show.values()) {
      showWords.put(each, each.word());
    }
    shows = new Segments<>("What is shown", showWords, this::show);
    shows.addClassName("g-shows");
    compose();
    editor.addTextListener(event -> written());
    editor.addStateListener(event -> cursorIn(event.state()));
    picture.addSelectListener(event -> choose(event.nodeId()));
    picture.setLabel("State machine graph");
    show(show);
  }

  private void compose() {
    language.addClassName("g-tag");
    var position = new Span();
    position.addClassNames("g-code-position", "g-tertiary");
    editor.showPositionIn(position);
    editor.drawOn(picture);
    editor.undoBy(undo, redo);
    var file = new Span("definition");
    file.addClassNames("g-mono", "g-code-file");
    var spring = new Span();
    spring.addClassName("g-grow");
    var bar = new Div(file, language, spring, position, undo, redo, modes);
    bar.addClassName("g-code-bar");
    var code = new Div(bar, editor);
    code.addClassName("g-code-pane");
    var drawn = new Div(palette, picture);
    drawn.addClassName("g-graph-pane");
    var split = new SplitLayout(drawn, code);
    split.setSplitterPosition(54);
    split.addClassName("g-workbench-split");
    var middle = new Div(split, state);
    middle.addClassName("g-workbench-middle");
    add(middle, problems);
  }

  private static NativeButton tool(Glyph.Name drawing, String name, String hint) {
    var button = new NativeButton();
    button.add(drawing.glyph());
    button.addClassName("g-code-tool");
    button.setAriaLabel(name);
    button.setTitle(hint);
    return button;
  }

  /// The choice of what is shown, for the page's head.
  public Segments<Show> shows() {
    return shows;
  }

  /// Offers to try the selected state, as it is written.
  ///
  /// @param role told when it is asked for: the machine's
  public void offerTest(Caller caller, Supplier<String> role) {
    state.offerTest(
        node -> {
          String json = now().json();
          if (json == null) {
            Notice.error(
                "The text can't be read, so its states can't be tested. F8 goes to where.");
          } else {
            StateTestDialog.open(caller, node, json, role.get());
          }
        });
  }

  /// The editor, for what only the page knows: drafts, completion.
  public CodeEditor editor() {
    return editor;
  }

  /// Begins with this text: it is what "unsaved" is measured against.
  public void begin(Written text) {
    base = text;
    editor.setValue(text.text(), text.mode());
    current();
    if (graph != null) {
      picture.setGraph(graph);
    }
    written();
  }

  /// What is written now is what is saved.
  public void saved() {
    base = now();
    tell(false);
  }

  /// Writes this in place of what is there, as a step that can be undone.
  public void rewrite(Written text) {
    editor.replace(text.text(), text.mode());
  }

  /// What is written now.
  public Written now() {
    return new Written(editor.getValue(), editor.getMode());
  }

  /// Whether something is written that is not saved.
  public boolean isDirty() {
    return !now().saysTheSameAs(base);
  }

  /// Judges again what is written, because the type of the machine is another.
  public void judge() {
    checking.submit(new Asked(now(), base));
  }

  /// Lets people read and not write.
  public void setReadOnly(boolean readOnly) {
    editor.setReadOnly(readOnly);
    problems.setReadOnly(readOnly);
    palette.setVisible(!readOnly);
    state.setReadOnly(readOnly);
    modes.setVisible(!readOnly);
    undo.setVisible(!readOnly);
    redo.setVisible(!readOnly);
  }

  /// Shows more or less of it.
  public void show(Show what) {
    show = what;
    shows.show(what);
    getElement().setAttribute("data-show", what.wireName());
    listener.shown(what);
  }

  /// Selects a state everywhere.
  ///
  /// @param name null for none
  public void select(@Nullable String name) {
    if (selectBeside(name)) {
      editor.getElement().executeJs("this.revealState($0)", name == null ? "" : name);
    }
  }

  /// Selects a state everywhere but in the text.
  ///
  /// @return whether another was selected
  private boolean selectBeside(@Nullable String name) {
    if (Objects.equals(name, selected)) {
      return false;
    }
    selected = name;
    current();
    String id = name == null ? null : id(name);
    picture.select(id);
    state.show(graph, id);
    listener.selected(name);
    return true;
  }

  /// The next fault, in the order of the text.
  public void nextProblem() {
    if (show == Show.GRAPH) {
      show(Show.SPLIT);
    }
    editor.getElement().executeJs("this.nextProblem()");
  }

  @Override
  protected void onAttach(AttachEvent event) {
    ui = event.getUI();
    judge();
  }

  @Override
  protected void onDetach(DetachEvent event) {
    ui = null;
  }

  private void choose(@Nullable String nodeId) {
    current();
    select(nodeId == null || graph == null ? null : name(graph, nodeId));
  }

  /// The text itself is left alone: the cursor may be elsewhere by now.
  private void cursorIn(@Nullable String name) {
    if (name != null) {
      selectBeside(name);
    }
  }

  private void showCode() {
    if (show == Show.GRAPH || show == Show.PROBLEMS) {
      show(show == Show.GRAPH ? Show.SPLIT : Show.CODE);
    }
  }

  private void mend(Fault fault) {
    showCode();
    editor.fix(fault.line(), fault.column());
  }

  private void goTo(Fault fault) {
    showCode();
    if (fault.node() != null) {
      choose(fault.node());
    }
    editor.reveal(fault.line(), fault.column());
  }

  private void write(Mode mode) {
    Written now = now();
    Written converted = now.as(mode);
    if (converted == null) {
      Notice.error(
          "The text can't be read as "
              + now.mode()
              + ", so it can't be written as "
              + mode
              + ". Mend what the problem list says first.");
    } else if (mode != now.mode()) {
      rewrite(converted);
    }
  }

  /// After each change; the browser has drawn it already.
  private void written() {
    Written now = now();
    modes.show(now.mode());
    tell(!now.equals(base));
    judge();
  }

  private void tell(boolean dirty) {
    editor.getElement().setProperty("dirty", dirty);
    listener.changed(dirty);
  }

  /// The graph of what is written now: whoever points at a node means one of those.
  private void current() {
    Written now = now();
    if (!now.equals(drawn)) {
      keep(now, Verdict.sketch(now));
    }
  }

  private void keep(Written of, @Nullable StateGraph sketched) {
    drawn = of;
    if (sketched != null) {
      graph = sketched;
    }
  }

  /// On a thread of its own.
  private void check(Asked asked) {
    Verdict verdict = Verdict.of(asked.written(), validator);
    boolean dirty = !asked.written().saysTheSameAs(asked.base());
    UI page = ui;
    if (page != null) {
      var _ =
          page.access(
              () -> {
                if (asked.written().equals(now())) {
                  show(verdict);
                  tell(dirty && asked.base().equals(base));
                }
              });
    }
  }

  private void show(Verdict verdict) {
    keep(verdict.written(), verdict.graph());
    if (graph != null) {
      picture.setGraph(graph);
    }
    language.setText(verdict.language());
    faults = verdict.faults();
    problems.show(verdict);
    long errors = verdict.errors();
    shows.button(Show.PROBLEMS).setText(errors == 0 ? "Problems" : "Problems (" + errors + ")");
    editor.setProblems(faults.stream().map(Fault::problem).toList());
    picture.setDiagnostics(
        faults.stream()
            .filter(fault -> fault.node() != null)
            .map(
                fault ->
                    new NodeDiagnostic(
                        Objects.requireNonNull(fault.node()),
                        fault.diagnostic().severity(),
                        fault.diagnostic().message()))
            .toList());
    state.show(graph, selected == null ? null : id(selected));
  }

  private @Nullable String id(String name) {
    return graph == null
        ? null
        : graph.nodes().stream()
            .filter(node -> node.name().equals(name))
            .map(StateGraph.Node::id)
            .findFirst()
            .orElse(null);
  }

  private static @Nullable String name(StateGraph graph, String id) {
    return graph.nodes().stream()
        .filter(node -> node.id().equals(id))
        .map(StateGraph.Node::name)
        .findFirst()
        .orElse(null);
  }
}
