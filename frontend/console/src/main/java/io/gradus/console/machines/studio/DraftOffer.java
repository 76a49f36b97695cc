package io.gradus.console.machines.studio;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import io.gradus.console.editor.CodeEditor.Mode;
import io.gradus.console.part.Moments;
import java.time.Clock;
import java.time.Instant;
import tools.jackson.databind.JsonNode;

/// Offers what was written in this browser and never saved. Drafts are kept under the person's
/// login, so that people who share a browser do not see each other's.
public final class DraftOffer extends Div {
  private static final long serialVersionUID = 1L;

  private final transient Workbench bench;
  private final Span text = new Span();
  private transient Written draft = new Written("", Mode.JSON);

  /// Offers drafts for this workbench.
  public DraftOffer(Workbench bench) {
    this.bench = bench;
    addClassName("g-draft");
    text.addClassName("g-grow");
    var restore =
        new Button(
            "Bring it back",
            click -> {
              bench.rewrite(draft);
              setVisible(false);
            });
    restore.addThemeVariants(ButtonVariant.LUMO_SMALL);
    var discard = new Button("Throw it away", click -> discard());
    discard.addThemeVariants(ButtonVariant.LUMO_SMALL, ButtonVariant.LUMO_TERTIARY);
    add(text, restore, discard);
    setVisible(false);
  }

  /// Keeps drafts from now on, and offers one that says something else than what is there.
  ///
  /// @param key what drafts are kept under
  /// @param revision the revision that is changed; 0 for a new state machine
  public void look(String key, int revision) {
    setVisible(false);
    var element = bench.editor().getElement();
    element.setProperty("draftKey", key);
    element.setProperty("draftBase", String.valueOf(revision));
    element.executeJs("return this.draft()").then(found -> offer(found, revision));
  }

  /// What is written is saved or given up: there is no draft of it any more.
  public void forget() {
    setVisible(false);
    bench.editor().getElement().executeJs("this.forgetDraft()");
  }

  private void offer(JsonNode found, int revision) {
    if (!found.isObject()) {
      return;
    }
    Mode mode = "yaml".equals(found.path("mode").asString("")) ? Mode.YAML : Mode.JSON;
    draft = new Written(found.path("text").asString(""), mode);
    if (draft.saysTheSameAs(bench.now()) || draft.text().isBlank()) {
      return;
    }
    Instant at = Instant.ofEpochMilli(found.path("at").asLong(0));
    String base = found.path("base").asString("");
    boolean older = revision > 0 && !base.equals(String.valueOf(revision));
    text.setText(
        "A draft of "
            + Moments.here().brief(at, Clock.systemUTC().instant())
            + " was never saved"
            + (older ? "; it changes revision " + base + "." : "."));
    setVisible(true);
  }

  private void discard() {
    forget();
  }
}
