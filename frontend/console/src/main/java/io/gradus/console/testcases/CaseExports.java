package io.gradus.console.testcases;

import com.vaadin.flow.component.Composite;
import com.vaadin.flow.component.contextmenu.MenuItem;
import com.vaadin.flow.component.menubar.MenuBar;
import com.vaadin.flow.component.menubar.MenuBarVariant;
import io.gradus.console.executions.JsonCheck;
import io.gradus.console.part.Glyph;
import io.gradus.console.part.Notice;
import io.gradus.service.Refusal;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/// Hands out all test cases as a file of either form.
final class CaseExports extends Composite<MenuBar> {
  private static final long serialVersionUID = 1L;

  private final String machine;

  /// @param cases in their own form
  /// @param mocks as Step Functions Local has them
  CaseExports(String machine, Supplier<ObjectNode> cases, Supplier<ObjectNode> mocks) {
    this.machine = machine;
    MenuBar bar = getContent();
    bar.addThemeVariants(MenuBarVariant.LUMO_ICON, MenuBarVariant.LUMO_TERTIARY_INLINE);
    MenuItem more = bar.addItem(Glyph.Name.MORE.glyph());
    more.setAriaLabel("More");
    var menu = more.getSubMenu();
    menu.addItem("Export test cases", _ -> hand(cases, ".testcases.json"));
    menu.addItem("Export mocks for Step Functions Local", _ -> hand(mocks, ".MockConfigFile.json"));
  }

  private void hand(Supplier<ObjectNode> file, String ending) {
    try {
      getElement()
          .executeJs(
              """
              const link = document.createElement('a');
              link.href = URL.createObjectURL(new Blob([$0], {type: 'application/json'}));
              link.download = $1;
              link.click();
              URL.revokeObjectURL(link.href);
              """,
              JsonCheck.laidOut(file.get().toString()),
              machine + ending);
    } catch (Refusal refusal) {
      Notice.error(refusal.forPeople());
    }
  }
}
