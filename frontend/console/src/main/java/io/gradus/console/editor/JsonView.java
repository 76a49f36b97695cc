package io.gradus.console.editor;

import com.vaadin.flow.component.ComponentUtil;
import com.vaadin.flow.component.Composite;
import com.vaadin.flow.component.HasSize;
import com.vaadin.flow.component.HasStyle;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.server.streams.DownloadHandler;
import com.vaadin.flow.server.streams.DownloadResponse;
import io.gradus.asl.text.JsonLayout;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;

/// A payload for reading: JSON laid out, its escapes as characters, folding, with its size, to copy
/// and to download. The download is what is stored, to the letter. A big one shows its first 256
/// kB. What is not JSON is shown as it is. Long lines are broken to fit, until the reader wants
/// them whole; every view of the browser's tab is then opened so.
@StyleSheet("gradus-editor.css")
public final class JsonView extends Composite<Div> implements HasSize, HasStyle {
  private static final long serialVersionUID = 1L;

  /// How much of a payload is shown, in characters.
  public static final int SHOWN = 256 * 1024;

  private static final long KILOBYTE = 1000;

  /// Under which the tab remembers that its reader wants lines as they are.
  private static final String KEEPS_LINES = JsonView.class.getName();

  private final CodeEditor editor;
  private final Span size = new Span();
  private final Div bar = new Div();
  private final Button wrap = new Button("Wrap");
  private final Button copy = new Button("Copy");
  private final Anchor download = new Anchor();
  private final String fileName;
  private String payload = "";

  /// An empty view.
  ///
  /// @param label what is shown, for people who do not see it: `Input of the execution`
  /// @param fileName what a download is called: `input.json`
  public JsonView(String label, String fileName) {
    this.fileName = fileName;
    editor = new CodeEditor(CodeEditor.Mode.JSON, label);
    editor.setReadOnly(true);
    editor.addClassName("g-json-code");
    size.addClassName("g-json-size");
    wrap.addThemeVariants(ButtonVariant.LUMO_TERTIARY, ButtonVariant.LUMO_SMALL);
    wrap.addClassName("g-json-wrap");
    wrap.setTooltipText("Break long lines to fit");
    wrap.addClickListener(_ -> wrap(!wraps()));
    wrap(wraps());
    copy.addThemeVariants(ButtonVariant.LUMO_TERTIARY, ButtonVariant.LUMO_SMALL);
    copy.setAriaLabel("Copy: " + label);
    // The browser allows the clipboard only within the click itself, so the text is there already.
    copy.getElement()
        .executeJs(
            "this.addEventListener('click', () => navigator.clipboard.writeText($0.text))",
            editor.getElement());
    download.getElement().setAttribute("download", fileName);
    download.addClassName("g-json-download");
    bar.add(size, wrap, copy, download);
    bar.addClassName("g-json-bar");
    getContent().addClassName("g-json");
    getContent().add(bar, editor);
  }

  /// Puts something else that can be done beside these.
  public void addAction(Button action) {
    bar.addComponentAtIndex(1, action);
  }

  private static boolean wraps() {
    UI ui = UI.getCurrent();
    return ui == null || !(ComponentUtil.getData(ui, KEEPS_LINES) instanceof Boolean);
  }

  private void wrap(boolean on) {
    UI ui = UI.getCurrent();
    if (ui != null) {
      ComponentUtil.setData(ui, KEEPS_LINES, on ? null : Boolean.TRUE);
    }
    editor.setLineWrapping(on);
    wrap.getElement().setAttribute("aria-pressed", String.valueOf(on));
  }

  /// Shows this payload.
  ///
  /// @param text as it is stored: JSON, or whatever it is instead
  public void setPayload(String text) {
    payload = text;
    String laidOut = JsonLayout.readable(text);
    boolean json = laidOut != null;
    String whole = laidOut == null ? text : laidOut;
    boolean cut = whole.length() > SHOWN;
    editor.setValue(
        cut ? whole.substring(0, SHOWN) : whole,
        json ? CodeEditor.Mode.JSON : CodeEditor.Mode.TEXT);
    String bytes = bytes(text.getBytes(StandardCharsets.UTF_8).length);
    size.setText(cut ? "First 256 kB of " + bytes : bytes);
    download.setText("Download" + (cut ? " " + bytes : ""));
    download.setHref(
        DownloadHandler.fromInputStream(
            event ->
                new DownloadResponse(
                    new ByteArrayInputStream(payload.getBytes(StandardCharsets.UTF_8)),
                    fileName,
                    json ? "application/json" : "text/plain",
                    -1)));
    // Only the first part of a big payload is in the browser: copying it would copy less than is
    // promised.
    copy.setVisible(!cut);
  }

  private static String bytes(long count) {
    if (count < KILOBYTE) {
      return count + " B";
    }
    boolean mega = count >= KILOBYTE * KILOBYTE;
    double shown = (double) count / (mega ? KILOBYTE * KILOBYTE : KILOBYTE);
    return "%.1f %s".formatted(shown, mega ? "MB" : "kB");
  }
}
