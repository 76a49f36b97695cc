package io.gradus.console.shell;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.ErrorParameter;
import com.vaadin.flow.router.HasErrorParameter;
import com.vaadin.flow.router.NotFoundException;
import com.vaadin.flow.router.ParentLayout;
import io.gradus.console.session.Crumb;
import io.gradus.console.session.NothingThere;
import jakarta.annotation.security.PermitAll;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/// An address that no page has, or that of something that is not there.
@ParentLayout(MainLayout.class)
@PermitAll
public final class NotFoundPage extends ProblemPage
    implements HasErrorParameter<NotFoundException> {
  private static final long serialVersionUID = 1L;
  private static final int NOT_FOUND = 404;

  static final String HEADING = "There is no such page";
  static final String TEXT =
      "Nothing has this address, or it belongs to a tenant that you are no member of. Check the"
          + " address, or choose a tenant above.";

  @Override
  public int setErrorParameter(
      BeforeEnterEvent event, ErrorParameter<NotFoundException> parameter) {
    if (parameter.getException() instanceof NothingThere missing) {
      Crumb others = missing.others();
      tell(
          List.of(others, new Crumb(missing.what())),
          missing.what(),
          missing.text(),
          new Anchor(
              Objects.requireNonNull(others.href()),
              "All " + others.text().toLowerCase(Locale.ROOT)));
    } else {
      tell(HEADING, TEXT);
    }
    return NOT_FOUND;
  }
}
