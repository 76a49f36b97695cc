package io.gradus.console.machines.studio;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Aside;
import com.vaadin.flow.component.html.DescriptionList;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Span;
import io.gradus.asl.graph.StateGraph;
import io.gradus.asl.graph.StateGraph.Edge;
import io.gradus.asl.graph.StateGraph.Kind;
import io.gradus.asl.graph.StateGraph.Node;
import io.gradus.console.editor.CodeEditor;
import io.gradus.console.editor.StateForm;
import io.gradus.console.graph.StateGraphView;
import io.gradus.console.part.Glyph;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What the selected state is, where it leads and what it does, and where none is selected what the
/// machine is; who may write changes all of it.
final class StatePanel extends Aside {
  private static final long serialVersionUID = 1L;

  private final transient Consumer<@Nullable String> select;
  private final WayFields ways;
  private final StateForm form;
  private final Div before = new Div();
  private final Div behind = new Div();
  private transient @Nullable Consumer<Node> test;
  private boolean readOnly;

  /// @param select told the node that a person wants to see, null for none
  /// @param picture leads ways elsewhere
  /// @param editor has the text that the fields show
  StatePanel(Consumer<@Nullable String> select, StateGraphView picture, CodeEditor editor) {
    this.select = select;
    ways = new WayFields(picture);
    form = new StateForm(editor);
    add(before, ways, form, behind);
    addClassName("g-state");
    setVisible(false);
  }

  /// Offers to try a state.
  ///
  /// @param asked told which one
  void offerTest(Consumer<Node> asked) {
    test = asked;
  }

  /// Lets people read and not write.
  void setReadOnly(boolean readOnly) {
    this.readOnly = readOnly;
    ways.setVisible(!readOnly);
  }

  /// Shows the node; the machine where there is none.
  void show(@Nullable StateGraph graph, @Nullable String id) {
    before.removeAll();
    behind.removeAll();
    Node node =
        graph == null
            ? null
            : graph.nodes().stream().filter(n -> n.id().equals(id)).findFirst().orElse(null);
    setVisible(graph != null);
    setClassName("g-state-machine", node == null);
    getElement().setAttribute("aria-label", node == null ? "State machine" : "Selected state");
    form.show(node == null ? null : node.id());
    if (graph == null || node == null) {
      ways.hide();
      before.add(machineHead());
      return;
    }
    before.add(head(node));
    var facts = new DescriptionList();
    if (node.parent() != null) {
      fact(facts, "Inside of", link(graph, node.parent()));
    }
    if (node.start()) {
      fact(facts, "Begins", new Span(node.parent() == null ? "the machine" : "its branch"));
    }
    if (readOnly) {
      for (Edge edge : graph.edges()) {
        if (edge.from().equals(node.id())) {
          fact(facts, why(edge), target(graph, edge));
        }
      }
    } else {
      ways.show(graph, node);
    }
    boolean last = node.kind() == Kind.SUCCEED || node.kind() == Kind.FAIL;
    if (node.end() && (readOnly || last)) {
      fact(facts, "Then", new Span(node.parent() == null ? "ends the machine" : "ends its branch"));
    }
    if (facts.getChildren().findAny().isPresent()) {
      before.add(facts);
    }
    Consumer<Node> tested = test;
    if (tested != null) {
      var button = new Button("Test state…", click -> tested.accept(node));
      button.addThemeVariants(ButtonVariant.LUMO_SMALL);
      button.addClassName("g-state-try");
      behind.add(button);
    }
  }

  private static Component machineHead() {
    var head = new Div(Glyph.Name.MACHINES.glyph(), new Div(new H2("State machine")));
    head.addClassName("g-state-head");
    return head;
  }

  private Component head(Node node) {
    var title = new H2(node.name());
    var kind =
        new Span(node.kind().wireName() + (node.caption().isEmpty() ? "" : " · " + node.caption()));
    kind.addClassName("g-tertiary");
    var close = new Button(Glyph.Name.CLOSE.glyph(), click -> select.accept(null));
    close.addThemeVariants(ButtonVariant.LUMO_TERTIARY_INLINE, ButtonVariant.LUMO_ICON);
    close.setAriaLabel("Close");
    var glyph = Glyph.Name.valueOf(node.kind().wireName().toUpperCase(Locale.ROOT)).glyph();
    var text = new Div(title, kind);
    text.addClassName("g-grow");
    var head = new Div(glyph, text, close);
    head.addClassName("g-state-head");
    return head;
  }

  static String why(Edge edge) {
    return switch (edge.reason()) {
      case NEXT -> "Then";
      case CHOICE -> edge.label().isEmpty() ? "Rule " + (edge.index() + 1) : edge.label();
      case DEFAULT -> "Otherwise";
      case CATCH -> "Catches " + edge.label();
    };
  }

  private Component target(StateGraph graph, Edge edge) {
    if (edge.missing()) {
      var missing = new Span("no state of the name " + edge.to());
      missing.addClassName("g-status-fail");
      return missing;
    }
    return link(graph, edge.to());
  }

  private Component link(StateGraph graph, String id) {
    String name =
        graph.nodes().stream()
            .filter(node -> node.id().equals(id))
            .map(Node::name)
            .findFirst()
            .orElse(id);
    var button = new NativeButton(name, click -> select.accept(id));
    button.addClassName("g-link");
    return button;
  }

  private static void fact(DescriptionList list, String term, Component value) {
    list.add(new DescriptionList.Term(term), new DescriptionList.Description(value));
  }
}
