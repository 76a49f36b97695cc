package io.gradus.console.part;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HasStyle;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JsModule;
import java.util.Locale;

/// One of the console's own drawings, in the colour of the text around it. It is hidden from
/// assistive technology: what it means is said in words beside it.
@Tag("gradus-icon")
@JsModule("./part/gradus-icon.ts")
public final class Glyph extends Component implements HasStyle {
  private static final long serialVersionUID = 1L;

  /// What there is to draw; `part/drawings.ts` has each under the same name in lower case, with
  /// hyphens.
  public enum Name {
    APPROVAL,
    APPROVALS,
    AUDIT,
    BELL,
    BULB,
    CALENDAR,
    CHECK,
    CHOICE,
    CLOCK,
    CLOSE,
    COMPARE,
    COPY,
    DB,
    DOWN,
    DOWNLOAD,
    EDIT,
    EXECUTIONS,
    EXIT,
    EYE,
    FAIL,
    FILTER,
    FIRST,
    FIT,
    FORK,
    FUNCTION,
    GRIP,
    HELP,
    HTTP,
    KEY,
    LAMBDA,
    LEFT,
    LINK,
    LOGO,
    MACHINES,
    MAP,
    MEMBERS,
    MENU,
    MINUS,
    MOON,
    MORE,
    OVERVIEW,
    PARALLEL,
    PASS,
    PERSON,
    PLAY,
    PLUG,
    PLUS,
    QUEUE,
    REDO,
    RERUN,
    RIGHT,
    SEARCH,
    SETTINGS,
    STAR,
    STATUS_DIFFERS,
    STATUS_ERR,
    STATUS_IDLE,
    STATUS_LEFT,
    STATUS_RIGHT,
    STATUS_SAME,
    STATUS_WARN,
    STOP,
    SUCCEED,
    SUN,
    SWAP,
    SYSTEM,
    TABLE,
    TASK,
    TEMPLATES,
    TENANTS,
    TRASH,
    UNDO,
    UP,
    UPLOAD,
    WAIT;

    /// A drawing of it.
    public Glyph glyph() {
      return new Glyph(name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }
  }

  Glyph(String name) {
    getElement().setAttribute("name", name);
    getElement().setAttribute("aria-hidden", "true");
  }
}
