package io.gradus.console.machines.studio;

import com.vaadin.flow.component.Component;
import io.gradus.console.editor.CodeEditor.Mode;

/// Hands a definition to the browser as a file: what is on the screen, saved or not.
final class Export {
  private Export() {}

  static void download(Component page, Written text, String name) {
    boolean yaml = text.mode() == Mode.YAML;
    page.getElement()
        .executeJs(
            """
            const link = document.createElement('a');
            link.href = URL.createObjectURL(new Blob([$0], {type: $1}));
            link.download = $2;
            link.click();
            URL.revokeObjectURL(link.href);
            """,
            text.text(),
            yaml ? "application/yaml" : "application/json",
            name + (yaml ? ".asl.yaml" : ".asl.json"));
  }
}
