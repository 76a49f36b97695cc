package io.gradus.console.machines.studio;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.splitlayout.SplitLayout;
import io.gradus.asl.graph.StateGraph;
import io.gradus.asl.parse.Diagnostic;
import io.gradus.console.editor.CodeEditor;
import io.gradus.console.editor.CodeEditor.Mode;
import io.gradus.console.graph.NodeDiagnostic;
import io.gradus.console.graph.StateGraphView;
import io.gradus.console.part.Notice;
import io.gradus.console.part.Segments;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Code and graph of one definition, and its faults: whatever is selected in one is selected in
/// all. The graph follows each change at once, the validator a moment later and not on the page's
/// thread.
public final class Workbench extends Div {
  private static final long serialVersionUID = 1L;

  private static final Duration REST = Duration.ofMillis(60);

  /// What is seen of it. [#PROBLEMS] is a choice on phones alone; elsewhere they are always there.
  public enum Show {
    GRAPH("Graph"),
    SPLIT("Split"),
    CODE("Code"),
    PROBLEMS("Problems");

    private final String word;

    Show(String word) {
      this.word = word;
    }

    /// The one of that word in a link, in lower case; [#SPLIT] where there is none.
    public static Show of(@Nullable String wireName) {
      for (Show show : values()) {
        if (show.wireName().equals(wireName)) {
          return show;
        }
      }
      return SPLIT;
    }

    /// Its word in a link.
    public String wireName() {
      return word.toLowerCase(java.util.Locale.ROOT);
    }
  }

  /// What the page around it wants to hear.
  public interface Listener {
    /// What is written is another.
    void changed();

    /// Another state is selected, or with null none.
    void selected(@Nullable String state);

    /// Something else of it is looked at.
    void shown(Show show);
  }

  private final CodeEditor editor = new CodeEditor(Mode.JSON, "Definition");
  private final StateGraphView picture = new StateGraphView();
  private final ProblemList problems = new ProblemList(this::goTo);
  private final StatePanel state = new StatePanel(this::choose);
  private final Segments<Mode> modes;
  private final Segments<Show> shows;
  private final Span language = new Span();
  private final transient Listener listener;
  private final transient Function<String, List<Diagnostic>> validator;
  private final transient LatestOnly<Written> checking = new LatestOnly<>(REST, this::check);

  private transient Written base = new Written("", Mode.JSON);
  private transient @Nullable StateGraph graph;
  private transient List<Fault> faults = List.of();
  private transient @Nullable UI ui;
  private @Nullable String selected;
  private Show show = Show.SPLIT;

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
      showWords.put(each, each.word);
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
    editor.getElement().executeJs("this.showPositionIn($0)", position.getElement());
    var file = new Span("definition");
    file.addClassNames("g-mono", "g-code-file");
    var spring = new Span();
    spring.addClassName("g-grow");
    var bar = new Div(file, language, spring, position, modes);
    bar.addClassName("g-code-bar");
    var code = new Div(bar, editor);
    code.addClassName("g-code-pane");
    var drawn = new Div(picture);
    drawn.addClassName("g-graph-pane");
    var split = new SplitLayout(drawn, code);
    split.setSplitterPosition(54);
    split.addClassName("g-workbench-split");
    var middle = new Div(split, state);
    middle.addClassName("g-workbench-middle");
    add(middle, problems);
  }

  /// The choice of what is shown, for the page's head.
  public Segments<Show> shows() {
    return shows;
  }

  /// The editor, for what only the page knows: drafts, completion.
  public CodeEditor editor() {
    return editor;
  }

  /// Begins with this text: it is what "unsaved" is measured against.
  public void begin(Written text) {
    base = text;
    editor.setValue(text.text(), text.mode());
    written();
  }

  /// What is written now is what is saved.
  public void saved() {
    base = now();
    editor.getElement().setProperty("dirty", false);
    listener.changed();
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
    checking.submit(now());
  }

  /// Lets people read and not write.
  public void setReadOnly(boolean readOnly) {
    editor.setReadOnly(readOnly);
    modes.setVisible(!readOnly);
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
    if (Objects.equals(name, selected)) {
      return;
    }
    selected = name;
    String id = name == null ? null : id(name);
    picture.select(id);
    editor.getElement().executeJs("this.revealState($0)", name == null ? "" : name);
    state.show(graph, id, faults);
    listener.selected(name);
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
    checking.submit(now());
  }

  @Override
  protected void onDetach(DetachEvent event) {
    ui = null;
  }

  private void choose(@Nullable String nodeId) {
    select(nodeId == null || graph == null ? null : name(graph, nodeId));
  }

  private void cursorIn(@Nullable String name) {
    if (name != null) {
      select(name);
    }
  }

  private void goTo(Fault fault) {
    if (show == Show.GRAPH || show == Show.PROBLEMS) {
      show(show == Show.GRAPH ? Show.SPLIT : Show.CODE);
    }
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

  /// After each change: the graph at once, the faults when the validator is done.
  private void written() {
    Written now = now();
    modes.show(now.mode());
    String json = now.json();
    StateGraph drawn = json == null ? null : StateGraph.sketch(json);
    if (drawn != null && !drawn.equals(graph)) {
      graph = drawn;
      picture.setGraph(drawn);
      state.show(drawn, selected == null ? null : id(selected), faults);
    }
    if (json != null) {
      language.setText(json.contains("\"JSONata\"") ? "JSONata" : "JSONPath");
    }
    editor.getElement().setProperty("dirty", isDirty());
    checking.submit(now);
    listener.changed();
  }

  /// On a thread of its own.
  private void check(Written text) {
    Verdict verdict = Verdict.of(text, graph, validator);
    UI page = ui;
    if (page != null) {
      var _ = page.access(() -> show(verdict));
    }
  }

  private void show(Verdict verdict) {
    if (!verdict.written().equals(now())) {
      return;
    }
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
    state.show(graph, selected == null ? null : id(selected), faults);
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
