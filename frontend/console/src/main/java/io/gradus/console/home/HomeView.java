package io.gradus.console.home;

import com.vaadin.flow.component.html.Code;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import jakarta.annotation.security.PermitAll;

/// The overview of an empty tenant: how a program reaches this server.
@Route("")
@PageTitle("Overview · Gradus")
@PermitAll
public final class HomeView extends Main {
  private static final long serialVersionUID = 1L;

  /// Composes the page.
  public HomeView() {
    addClassName("g-page");
    add(
        new H1("Overview"),
        new Paragraph(
            "This server speaks the Step Functions API on the address that you see here. Point the AWS CLI at it:"),
        new Code("aws stepfunctions list-state-machines --endpoint-url <this address>"));
  }
}
