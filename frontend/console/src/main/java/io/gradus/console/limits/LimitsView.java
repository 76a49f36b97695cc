package io.gradus.console.limits;

import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.Route;
import io.gradus.console.part.Notice;
import io.gradus.console.part.PageHeader;
import io.gradus.console.session.Crumb;
import io.gradus.console.session.SignedIn;
import io.gradus.console.session.TenantPage;
import io.gradus.service.Caller;
import io.gradus.service.Refusal;
import io.gradus.service.Role.Permission;
import io.gradus.service.limit.LimitService;
import jakarta.annotation.security.PermitAll;
import java.util.List;

/// Whether AWS's limits hold for the tenant.
@Route("t/:account([0-9]{12})/limits")
@PermitAll
@StyleSheet("gradus-people.css")
public final class LimitsView extends TenantPage {
  private static final long serialVersionUID = 1L;

  private final transient LimitService limits;
  private final Checkbox strict = new Checkbox("AWS-strict");
  private final Paragraph says = new Paragraph();

  /// For whoever is signed in.
  public LimitsView(SignedIn signedIn, LimitService limits) {
    super(signedIn);
    this.limits = limits;
    strict.addValueChangeListener(
        change -> {
          if (change.isFromClient()) {
            set(change.getValue());
          }
        });
    addClassName("g-page");
    var machines = new Paragraph(LimitText.MACHINES);
    machines.addClassName("g-secondary");
    var section = new Section(new H2("Executions"));
    section.addClassName("g-profile-section");
    section.add(strict, says, machines);
    var body = new Div(section);
    body.addClassName("g-profile");
    add(new PageHeader("Limits"), body);
  }

  @Override
  protected void enter(Caller caller, BeforeEnterEvent event) {
    show(caller, limits.ofTenant(caller));
  }

  @Override
  public List<Crumb> crumbs() {
    return List.of(new Crumb("Limits"));
  }

  private void show(Caller caller, boolean now) {
    strict.setValue(now);
    strict.setReadOnly(!caller.allows(Permission.ADMINISTER));
    says.setText(LimitText.of(now));
  }

  private void set(boolean wanted) {
    Caller caller = caller();
    try {
      limits.setTenant(caller, wanted);
      Notice.info(
          wanted
              ? "AWS's limits hold for what is started from now on"
              : "AWS's limits do not hold for what is started from now on");
    } catch (Refusal refusal) {
      Notice.error(refusal.forPeople());
    }
    show(caller, limits.ofTenant(caller));
  }
}
