package io.gradus.console.machines.studio;

import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.KeyModifier;
import com.vaadin.flow.component.Shortcuts;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeLeaveEvent;
import com.vaadin.flow.router.BeforeLeaveObserver;
import com.vaadin.flow.router.NotFoundException;
import com.vaadin.flow.router.Route;
import io.gradus.asl.parse.Diagnostic;
import io.gradus.console.editor.CodeEditor.Mode;
import io.gradus.console.part.Notice;
import io.gradus.console.part.PageHeader;
import io.gradus.console.session.Crumb;
import io.gradus.console.session.KeyHint;
import io.gradus.console.session.Links;
import io.gradus.console.session.NothingThere;
import io.gradus.console.session.SignedIn;
import io.gradus.console.session.TenantPage;
import io.gradus.service.Caller;
import io.gradus.service.Refusal;
import io.gradus.service.Role.Permission;
import io.gradus.service.activity.ActivityService;
import io.gradus.service.definition.AuthoringService;
import io.gradus.service.definition.StateMachineService;
import io.gradus.service.function.FunctionService;
import io.gradus.service.template.Template;
import io.gradus.service.template.TemplateService;
import jakarta.annotation.security.PermitAll;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where a state machine is begun: from nothing, a template, an import or another machine.
@Route("t/:account([0-9]{12})/create")
@PermitAll
@StyleSheet("gradus-editor.css")
@StyleSheet("gradus-studio.css")
public final class CreateView extends TenantPage
    implements BeforeLeaveObserver, Workbench.Listener {
  private static final long serialVersionUID = 1L;

  private static final String EMPTY =
      """
      {
        "StartAt": "Hello",
        "QueryLanguage": "JSONata",
        "States": {
          "Hello": {
            "Type": "Pass",
            "End": true
          }
        }
      }""";

  private final transient SignedIn signedIn;
  private final transient StateMachineService machines;
  private final transient TemplateService templates;
  private final transient CompletionLists completion;
  private final Workbench bench;
  private final DraftOffer draft;
  private final Refused refused = new Refused();
  private final NewMachine settings = new NewMachine(this::judge);
  private transient @Nullable Caller reader;
  private @Nullable String begun;
  private boolean created;

  /// Composes the page.
  public CreateView(
      SignedIn signedIn,
      StateMachineService machines,
      AuthoringService authoring,
      TemplateService templates,
      FunctionService functions,
      ActivityService activities) {
    super(signedIn);
    this.signedIn = signedIn;
    this.machines = machines;
    this.templates = templates;
    completion = new CompletionLists(functions, activities, authoring);
    addClassNames("g-page-fixed", "g-studio");
    bench = new Workbench(this::faults, this);
    draft = new DraftOffer(bench);
    var create = new Button("Create", click -> create());
    create.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    create.setTooltipText("Ctrl S");
    var head = new PageHeader("New state machine", bench.shows(), settings.more(), create);
    head.setMeta(settings.name(), settings.type());
    add(head, refused, draft, bench);
    Shortcuts.addShortcutListener(this, this::create, Key.KEY_S, KeyModifier.CONTROL);
    Shortcuts.addShortcutListener(this, this::create, Key.KEY_S, KeyModifier.META);
    Shortcuts.addShortcutListener(this, bench::nextProblem, Key.F8);
  }

  @Override
  protected void enter(Caller caller, BeforeEnterEvent event) {
    if (!caller.allows(Permission.AUTHOR)) {
      event.rerouteToError(NotFoundException.class);
      return;
    }
    reader = caller;
    if (caller.allows(Permission.RUN)) {
      bench.offerTest(caller, settings::chosenRole);
    }
    String template =
        event.getLocation().getQueryParameters().getSingleParameter("template").orElse("");
    if (template.equals(begun)) {
      return;
    }
    Template found = templates.find(template).orElse(null);
    if (found == null && !template.isEmpty()) {
      throw NothingThere.template(caller.account());
    }
    begun = template;
    settings.begin(caller.account());
    Handover left = Handover.take(event.getUI());
    if (left != null) {
      settings.propose(left);
      bench.begin(left.written());
    } else if (found != null) {
      settings.propose(found.id());
      settings.tag(TemplateService.TAG, found.id());
      bench.begin(Written.stored(templates.definitionFor(caller, found)));
    } else {
      bench.begin(new Written(EMPTY, Mode.JSON));
    }
    completion.offer(caller, bench.editor());
    draft.look("gradus.draft." + signedIn.person().login() + "." + account() + "/new", 0);
  }

  private List<Diagnostic> faults(String definition) {
    Caller caller = reader;
    return caller == null
        ? List.of()
        : machines.validate(caller, definition, settings.chosenType());
  }

  private void judge() {
    bench.judge();
  }

  private void create() {
    refused.clear();
    String json = bench.now().json();
    if (json == null) {
      refused.show("Not created", "The YAML can't be read; F8 goes to where.");
      return;
    }
    if (settings.isNameMissing()) {
      return;
    }
    try {
      var made = machines.create(caller(), settings.draft(json));
      created = true;
      bench.saved();
      draft.forget();
      Notice.info("Created " + made.name());
      complete(made.name());
      getUI().orElseThrow().navigate(Links.stateMachine(account(), made.name()));
    } catch (Refusal refusal) {
      refused.show(refusal);
    }
  }

  /// The machine is there already: what cannot be made besides is told, and nothing else.
  private void complete(String name) {
    String template = begun;
    if (template == null) {
      return;
    }
    try {
      templates.find(template).ifPresent(found -> templates.complete(caller(), found, name));
    } catch (Refusal refusal) {
      Notice.error("Not everything of the template was made: " + refusal.forPeople());
    }
  }

  @Override
  public void beforeLeave(BeforeLeaveEvent event) {
    if (!created && bench.isDirty()) {
      LeaveGuard.ask(event);
    }
  }

  @Override
  public void changed(boolean dirty) {
    // Whatever is written here is new; there is nothing to compare it with.
  }

  @Override
  public void selected(@Nullable String state) {
    // What is not saved has no address that could say it.
  }

  @Override
  public void shown(Show show) {
    // As above.
  }

  @Override
  public List<Crumb> crumbs() {
    return List.of(new Crumb("State machines", Links.stateMachines(account())), new Crumb("New"));
  }

  @Override
  public List<KeyHint> keys() {
    return Workbench.KEYS;
  }

  @Override
  public boolean usesRail() {
    return true;
  }
}
