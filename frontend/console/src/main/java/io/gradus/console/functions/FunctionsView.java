package io.gradus.console.functions;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.html.Code;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.Route;
import io.gradus.console.part.EmptyState;
import io.gradus.console.part.FormDialog;
import io.gradus.console.part.Moments;
import io.gradus.console.part.Notice;
import io.gradus.console.part.PageHeader;
import io.gradus.console.part.RowTable;
import io.gradus.console.session.Crumb;
import io.gradus.console.session.SignedIn;
import io.gradus.console.session.TenantPage;
import io.gradus.service.Caller;
import io.gradus.service.Role.Permission;
import io.gradus.service.function.FunctionService;
import io.gradus.service.function.FunctionTrial;
import io.gradus.service.function.HttpFunction;
import jakarta.annotation.security.PermitAll;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The functions that tasks call by name, and the HTTP endpoints behind them.
@Route("t/:account([0-9]{12})/functions")
@PermitAll
@StyleSheet("gradus-people.css")
public final class FunctionsView extends TenantPage {
  private static final long serialVersionUID = 1L;
  private static final int DEFAULT_SECONDS = 60;
  private static final int MAX_SECONDS = 900;

  private final transient FunctionService functions;
  private final transient FunctionTrial trial;
  private final transient Clock clock;
  private final Button register = new Button("Register function…");
  private final PageHeader header = new PageHeader("Functions", register);
  private final Div rows = new Div();

  /// For whoever is signed in.
  public FunctionsView(
      SignedIn signedIn, FunctionService functions, FunctionTrial trial, Clock clock) {
    super(signedIn);
    this.functions = functions;
    this.trial = trial;
    this.clock = clock;
    register.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    register.addClickListener(click -> edit(null));
    rows.addClassName("g-page-rows");
    add(header, rows);
  }

  @Override
  protected void enter(Caller caller, BeforeEnterEvent event) {
    register.setVisible(caller.allows(Permission.AUTHOR));
    show(caller, event.getLocation().getQueryParameters().getSingleParameter("name").orElse(""));
  }

  @Override
  public List<Crumb> crumbs() {
    return List.of(new Crumb("Functions"));
  }

  private void refresh() {
    show(caller(), "");
  }

  /// @param sought the name of the function that somebody came for; empty for none
  private void show(Caller caller, String sought) {
    List<HttpFunction> all = functions.list(caller);
    header.setMeta(all.isEmpty() ? "" : all.size() + " registered");
    rows.removeAll();
    if (all.isEmpty()) {
      rows.add(
          new EmptyState(
              "No functions",
              "A task of resource arn:aws:states:::lambda:invoke calls a function by its name. Register"
                  + " the HTTP endpoint behind the name here: it gets the payload as a POST and"
                  + " answers with the result.",
              register));
      return;
    }
    header.setActions(register);
    Instant now = clock.instant();
    Moments moments = Moments.here();
    var table =
        new RowTable<HttpFunction>("Functions")
            .column("Name", null, function -> new Code(function.name()))
            .column("URL", "g-wide", function -> new Code(function.url().toString()))
            .text("Timeout", "g-nowrap", function -> function.timeoutSeconds() + " s")
            .column("Changed", null, function -> moments.span(function.updatedAt(), now))
            .column("", "g-actions", function -> actions(function, caller));
    table.pointingAt(function -> function.name().equals(sought)).setRows(all);
    rows.add(table);
  }

  private Component actions(HttpFunction function, Caller caller) {
    var row = new Div();
    row.addClassName("g-row-actions");
    if (caller.allows(Permission.RUN)) {
      row.add(
          action("Test…", function, () -> new TrialDialog(trial, this::caller, function).open()));
    }
    if (caller.allows(Permission.AUTHOR)) {
      row.add(
          action("Edit…", function, () -> edit(function)),
          action("Delete…", function, () -> delete(function)));
    }
    return row;
  }

  private static Button action(String verb, HttpFunction function, Runnable work) {
    var button = new Button(verb, click -> work.run());
    button.addThemeVariants(ButtonVariant.LUMO_TERTIARY, ButtonVariant.LUMO_SMALL);
    button.setAriaLabel(verb.replace("…", "") + " " + function.name());
    return button;
  }

  private void edit(@Nullable HttpFunction function) {
    var name = new TextField("Name");
    name.setHelperText("1 to 64 letters, digits, - and _. Definitions call the function by it.");
    name.setMaxLength(64);
    name.setWidthFull();
    var url = new TextField("URL");
    url.setPlaceholder("https://functions.example.org/resize");
    url.setHelperText(
        "Private and metadata addresses are refused unless the operator allows them.");
    url.setMaxLength(2_048);
    url.setWidthFull();
    var seconds = new IntegerField("Timeout in seconds");
    seconds.setMin(1);
    seconds.setMax(MAX_SECONDS);
    seconds.setStepButtonsVisible(true);
    seconds.setValue(DEFAULT_SECONDS);
    if (function != null) {
      name.setValue(function.name());
      name.setReadOnly(true);
      url.setValue(function.url().toString());
      seconds.setValue(function.timeoutSeconds());
    }
    new FormDialog(
            function == null ? "Register function" : "Edit " + function.name(),
            function == null ? "Register function" : "Save function")
        .with(name, url, seconds)
        .doing(
            () -> {
              if (function == null) {
                functions.register(
                    caller(), name.getValue().strip(), url.getValue().strip(), seconds.getValue());
              } else {
                functions.put(
                    caller(), function.name(), url.getValue().strip(), seconds.getValue());
              }
              refresh();
              Notice.info("Saved " + name.getValue().strip());
            })
        .open();
  }

  private void delete(HttpFunction function) {
    new FormDialog("Delete " + function.name() + "?", "Delete function")
        .dangerous()
        .with(
            new Span(
                "Tasks that call it fail from then on, unless the tenant's Lambda endpoint has a"
                    + " function of that name. What runs at the URL is not touched."))
        .doing(
            () -> {
              functions.delete(caller(), function.name());
              refresh();
              Notice.info("Deleted " + function.name());
            })
        .open();
  }
}
