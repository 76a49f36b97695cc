package io.gradus.console.editor;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.ClientCallable;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.ComponentEvent;
import com.vaadin.flow.component.ComponentEventListener;
import com.vaadin.flow.component.HasElement;
import com.vaadin.flow.component.HasSize;
import com.vaadin.flow.component.HasStyle;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JsModule;
import com.vaadin.flow.component.dependency.NpmPackage;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.shared.Registration;
import io.gradus.console.graph.StateGraphView;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A code editor: JSON, YAML or plain text, with folding, search, undo, faults in the margin and
/// completion. What a person types is in [#getValue()] a moment later; a click or a shortcut always
/// finds the text that was on the screen.
@Tag("gradus-code")
@JsModule("./editor/gradus-code.ts")
@NpmPackage(value = "@codemirror/autocomplete", version = "6.20.4")
@NpmPackage(value = "@codemirror/commands", version = "6.11.1")
@NpmPackage(value = "@codemirror/lang-json", version = "6.0.2")
@NpmPackage(value = "@codemirror/lang-yaml", version = "6.1.3")
@NpmPackage(value = "@codemirror/language", version = "6.13.1")
@NpmPackage(value = "@codemirror/lint", version = "6.9.8")
@NpmPackage(value = "@codemirror/search", version = "6.7.2")
@NpmPackage(value = "@codemirror/state", version = "6.7.6")
@NpmPackage(value = "@codemirror/view", version = "6.43.15")
@NpmPackage(value = "@lezer/common", version = "1.5.5")
@NpmPackage(value = "@lezer/highlight", version = "1.2.5")
public final class CodeEditor extends Component implements HasSize, HasStyle {
  private static final long serialVersionUID = 1L;

  /// The longest text that a browser may send, in characters: twice the longest definition.
  private static final int MAX_LENGTH = 2 * 1_048_576;

  private String text = "";
  private Mode mode;
  private boolean readOnly;

  /// Counts the texts that the server put in: what a browser sends about an older one is not meant
  /// for this one.
  private int epoch = 1;

  private transient List<Problem> problems = List.of();

  /// What kind of text it is.
  public enum Mode {
    JSON,
    YAML,
    TEXT;

    String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }

    private static Mode of(String wireName) {
      return switch (wireName) {
        case "json" -> JSON;
        case "yaml" -> YAML;
        default -> TEXT;
      };
    }
  }

  /// The text changed.
  public static final class TextEvent extends ComponentEvent<CodeEditor> {
    private static final long serialVersionUID = 1L;

    TextEvent(CodeEditor source, boolean fromClient) {
      super(source, fromClient);
    }
  }

  /// The cursor came to rest in another state.
  public static final class StateEvent extends ComponentEvent<CodeEditor> {
    private static final long serialVersionUID = 1L;

    private final @Nullable String state;

    StateEvent(CodeEditor source, @Nullable String state) {
      super(source, true);
      this.state = state;
    }

    /// The state's name, null where the cursor is in none.
    public @Nullable String state() {
      return state;
    }
  }

  /// An empty editor.
  ///
  /// @param label what it is for, for people who do not see it
  public CodeEditor(Mode mode, String label) {
    this.mode = mode;
    getElement().setProperty("label", label);
  }

  /// What is written now; lines end with `\n`.
  public String getValue() {
    return text;
  }

  /// What kind of text it is now: undoing brings back the kind as well.
  public Mode getMode() {
    return mode;
  }

  /// Shows this text, as if it had always been there: nothing can be undone. Listeners hear
  /// nothing.
  public void setValue(String value) {
    setValue(value, mode);
  }

  /// As [#setValue(String)], of another kind.
  public void setValue(String value, Mode kind) {
    text = withPlainLineEnds(value);
    mode = kind;
    epoch++;
    load();
  }

  /// Changes the text in one step that can be undone, to another kind perhaps. Listeners are told.
  public void replace(String value, Mode kind) {
    text = withPlainLineEnds(value);
    mode = kind;
    epoch++;
    getElement().executeJs("this.replace($0, $1, $2)", text, mode.wireName(), epoch);
    fireEvent(new TextEvent(this, false));
  }

  /// Whether it is for reading only.
  public void setReadOnly(boolean readOnly) {
    this.readOnly = readOnly;
    getElement().setProperty("readOnly", readOnly);
  }

  /// Shown while nothing is written.
  public void setPlaceholder(String hint) {
    getElement().setProperty("hintText", hint);
  }

  /// Whether long lines are broken to fit.
  public void setLineWrapping(boolean wrap) {
    getElement().setProperty("lineWrapping", wrap);
  }

  /// Marks faults in the margin and under the words. They hold for the text as it is now: what is
  /// typed meanwhile lets them pass unshown.
  public void setProblems(List<Problem> found) {
    problems = List.copyOf(found);
    getElement().executeJs("this.showProblems($0, $1)", problems, epoch);
  }

  /// Puts the cursor there and shows it; both count from 1.
  public void reveal(int line, int column) {
    getElement().executeJs("this.reveal($0, $1)", line, column);
  }

  /// As [#reveal], and offers what may be done about the fault there.
  public void fix(int line, int column) {
    getElement().executeJs("this.fixAt($0, $1)", line, column);
  }

  /// Draws what is written there, as soon as it is.
  public void drawOn(StateGraphView graph) {
    getElement().executeJs("this.drawOn($0)", graph.getElement());
  }

  /// Lets these take back what was done, and do it again; they are enabled while there is
  /// something.
  public void undoBy(NativeButton undo, NativeButton redo) {
    getElement().executeJs("this.undoBy($0, $1)", undo.getElement(), redo.getElement());
  }

  /// Writes there where the cursor is.
  public void showPositionIn(HasElement shown) {
    getElement().executeJs("this.showPositionIn($0)", shown.getElement());
  }

  /// Puts the cursor into the editor.
  public void focus() {
    getElement().executeJs("this.focus()");
  }

  /// Tells when the text changed, a moment after it did.
  public Registration addTextListener(ComponentEventListener<TextEvent> listener) {
    return addListener(TextEvent.class, listener);
  }

  /// Tells which state of a definition the cursor is in.
  public Registration addStateListener(ComponentEventListener<StateEvent> listener) {
    getElement().setAttribute("states", true);
    return addListener(StateEvent.class, listener);
  }

  @Override
  protected void onAttach(AttachEvent event) {
    load();
    if (!problems.isEmpty()) {
      setProblems(problems);
    }
  }

  private void load() {
    getElement().executeJs("this.load($0, $1, $2)", text, mode.wireName(), epoch);
  }

  /// What a browser replaced: from here to there by this.
  ///
  /// @param length of the whole text behind the change: another length here means that something
  ///   was lost, and the whole is asked for
  @ClientCallable
  void changed(int of, int from, int to, String insert, int length, String kind) {
    if (readOnly || of != epoch) {
      return;
    }
    boolean fits = 0 <= from && from <= to && to <= text.length() && length <= MAX_LENGTH;
    if (!fits || text.length() - (to - from) + insert.length() != length) {
      getElement().executeJs("this.resend()");
      return;
    }
    accept(text.substring(0, from) + insert + text.substring(to), kind);
  }

  @ClientCallable
  void replaced(int of, String whole, String kind) {
    if (!readOnly && of == epoch && whole.length() <= MAX_LENGTH) {
      accept(whole, kind);
    }
  }

  @ClientCallable
  void stateAtCursor(String name) {
    fireEvent(new StateEvent(this, name.isEmpty() ? null : name));
  }

  private void accept(String changed, String kind) {
    text = changed;
    mode = Mode.of(kind);
    fireEvent(new TextEvent(this, true));
  }

  private static String withPlainLineEnds(String value) {
    return value.indexOf('\r') < 0 ? value : value.replace("\r\n", "\n").replace('\r', '\n');
  }
}
