package io.gradus.console.shell;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.DescriptionList;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Span;
import io.gradus.console.part.KeysSwitch;
import io.gradus.console.session.KeyHint;
import java.util.ArrayList;
import java.util.List;

/// All keys: those of the whole console, and those of the page that is open.
final class HelpDialog extends Dialog {
  private static final long serialVersionUID = 1L;

  private static final List<KeyHint> EVERYWHERE =
      List.of(
          new KeyHint("Ctrl K", "Go to a page, or to whatever has a name"),
          new KeyHint("/", "Search on this page"),
          new KeyHint("?", "This list"));

  HelpDialog(List<KeyHint> ofThePage) {
    setHeaderTitle("Keys");
    addClassName("g-help");
    List<KeyHint> everywhere = new ArrayList<>(EVERYWHERE);
    Navigation.shortcuts()
        .forEach(go -> everywhere.add(new KeyHint(go.keys(), "Go to " + go.page())));
    if (!ofThePage.isEmpty()) {
      add(new H3("On this page"), list(ofThePage));
    }
    add(new H3("Everywhere"), list(everywhere), new KeysSwitch());
    getFooter().add(new Button("Close", click -> close()));
  }

  private static DescriptionList list(List<KeyHint> hints) {
    var list = new DescriptionList();
    list.addClassName("g-keys");
    for (KeyHint hint : hints) {
      var keys = new DescriptionList.Term();
      for (String key : hint.keys().split(" ", -1)) {
        keys.add(kbd(key));
      }
      list.add(keys, new DescriptionList.Description(hint.does()));
    }
    return list;
  }

  static Component kbd(String key) {
    var kbd = new Span(key);
    kbd.addClassName("g-kbd");
    return kbd;
  }
}
