package io.gradus.console.machines.studio;

import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.KeyModifier;
import com.vaadin.flow.component.Shortcuts;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeLeaveEvent;
import com.vaadin.flow.router.BeforeLeaveObserver;
import com.vaadin.flow.router.Route;
import io.gradus.asl.parse.Diagnostic;
import io.gradus.console.editor.CodeEditor.Mode;
import io.gradus.console.executions.InputLink;
import io.gradus.console.executions.StartDialog;
import io.gradus.console.part.Notice;
import io.gradus.console.session.Crumb;
import io.gradus.console.session.KeyHint;
import io.gradus.console.session.Links;
import io.gradus.console.session.NothingThere;
import io.gradus.console.session.SignedIn;
import io.gradus.console.session.TenantPage;
import io.gradus.service.Caller;
import io.gradus.service.ErrorCode;
import io.gradus.service.Page;
import io.gradus.service.Refusal;
import io.gradus.service.Role.Permission;
import io.gradus.service.activity.ActivityService;
import io.gradus.service.arn.Arns;
import io.gradus.service.definition.AuthoringService;
import io.gradus.service.definition.LoggingConfiguration;
import io.gradus.service.definition.Revision;
import io.gradus.service.definition.StateMachine;
import io.gradus.service.definition.StateMachineService;
import io.gradus.service.function.FunctionService;
import io.gradus.service.limit.LimitService;
import io.gradus.service.template.TemplateService;
import jakarta.annotation.security.PermitAll;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A state machine where it is written: code, graph and faults; saved as revisions.
@Route("t/:account([0-9]{12})/state-machines/:name")
@PermitAll
@StyleSheet("gradus-editor.css")
@StyleSheet("gradus-studio.css")
public final class StudioView extends TenantPage
    implements BeforeLeaveObserver, Workbench.Listener, StudioHeader.Actions {
  private static final long serialVersionUID = 1L;

  private final transient SignedIn signedIn;
  private final transient StateMachineService machines;
  private final transient AuthoringService authoring;
  private final transient TemplateService templates;
  private final transient Arns arns;
  private final transient LimitService limits;
  private final transient CompletionLists completion;
  private final StudioHeader header;
  private final Refused refused = new Refused();
  private final Workbench bench;
  private final DraftOffer draft;
  private final Address address = new Address();

  private transient @Nullable StateMachine machine;
  private transient Revision.@Nullable Summary newest;
  private transient @Nullable Caller reader;
  private boolean gone;

  /// Composes the page.
  public StudioView(
      SignedIn signedIn,
      StateMachineService machines,
      AuthoringService authoring,
      TemplateService templates,
      Arns arns,
      FunctionService functions,
      ActivityService activities,
      LimitService limits) {
    super(signedIn);
    this.limits = limits;
    this.signedIn = signedIn;
    this.machines = machines;
    this.authoring = authoring;
    this.templates = templates;
    this.arns = arns;
    completion = new CompletionLists(functions, activities, authoring);
    addClassNames("g-page-fixed", "g-studio");
    bench = new Workbench(this::faults, this);
    draft = new DraftOffer(bench);
    header = new StudioHeader(bench.shows(), this);
    add(header, refused, draft, bench);
    Shortcuts.addShortcutListener(this, this::save, Key.KEY_S, KeyModifier.CONTROL);
    Shortcuts.addShortcutListener(this, this::save, Key.KEY_S, KeyModifier.META);
    Shortcuts.addShortcutListener(this, this::run, Key.ENTER, KeyModifier.CONTROL);
    Shortcuts.addShortcutListener(this, bench::nextProblem, Key.F8);
  }

  @Override
  protected void enter(Caller caller, BeforeEnterEvent event) {
    String name = event.getRouteParameters().get("name").orElse("");
    String arn = arns.stateMachine(caller, name).text();
    StateMachine shown = machine;
    if (shown == null || !shown.arn().equals(arn)) {
      try {
        load(caller, arn);
      } catch (Refusal refusal) {
        if (refusal.code() == ErrorCode.STATE_MACHINE_DOES_NOT_EXIST) {
          throw NothingThere.stateMachine(account(), name);
        }
        throw refusal;
      }
    }
    var query = event.getLocation().getQueryParameters();
    bench.show(Show.of(query.getSingleParameter("view").orElse(null)));
    bench.select(query.getSingleParameter("state").orElse(null));
    address.begin(event.getLocation().getPath());
    if (InputLink.follow(caller, arn, query)) {
      // Loading the page again does not ask again.
      address.write(event.getUI());
    }
  }

  private void load(Caller caller, String arn) {
    reader = caller;
    StateMachine found = machines.describe(caller, arn);
    Revision.Summary number =
        authoring.revisions(caller, arn, new Page.Request(1, null)).items().getFirst();
    machine = found;
    newest = number;
    boolean writes = caller.allows(Permission.AUTHOR);
    header.show(found, number, account(), writes, caller.allows(Permission.RUN));
    if (caller.allows(Permission.RUN)) {
      bench.offerTest(caller, () -> role(found));
    }
    bench.setReadOnly(!writes);
    bench.begin(Written.stored(found.definition()));
    if (writes) {
      completion.offer(caller, bench.editor());
      draft.look(
          "gradus.draft." + signedIn.person().login() + "." + account() + "." + found.name(),
          number.number());
    }
  }

  /// It may be another by now.
  private String role(StateMachine loaded) {
    StateMachine now = machine;
    return (now == null ? loaded : now).roleArn();
  }

  /// Called on threads of its own.
  private List<Diagnostic> faults(String definition) {
    Caller caller = reader;
    StateMachine shown = machine;
    return caller == null || shown == null
        ? List.of()
        : machines.validate(caller, definition, shown.type());
  }

  @Override
  public void save() {
    Revision.Summary before = newest;
    if (before != null && caller().allows(Permission.AUTHOR)) {
      saveAfter(before.number());
    }
  }

  @Override
  public void run() {
    StateMachine shown = machine;
    Caller caller = caller();
    if (shown == null || !caller.allows(Permission.RUN)) {
      return;
    }
    if (caller.allows(Permission.AUTHOR) && bench.isDirty()) {
      save();
      if (bench.isDirty()) {
        return;
      }
    }
    TemplateService.Example example = templates.exampleFor(caller, shown.arn()).orElse(null);
    StartDialog.open(
        caller,
        shown.arn(),
        example == null ? null : example.input(),
        example == null ? null : example.mocks());
  }

  private void saveAfter(int basedOn) {
    StateMachine shown = machine;
    String json = bench.now().json();
    refused.clear();
    if (shown == null) {
      return;
    }
    if (json == null) {
      refused.show("Not saved", "The YAML can't be read; F8 goes to where.");
      return;
    }
    try {
      store(shown, new AuthoringService.Save(basedOn, json, shown.roleArn()));
      bench.saved();
      draft.forget();
    } catch (Refusal refusal) {
      if (refusal.code() == ErrorCode.CONFLICT) {
        conflict(shown, json);
      } else {
        refused.show(refusal);
      }
    }
  }

  private void store(StateMachine shown, AuthoringService.Save save) {
    Revision.Summary saved = authoring.save(caller(), shown.arn(), save);
    boolean same = saved.equals(newest);
    newest = saved;
    StateMachine now = machines.describe(caller(), shown.arn());
    machine = now;
    header.show(now, saved, account(), true, caller().allows(Permission.RUN));
    Notice.info(
        same ? "Nothing changed since it was saved" : "Saved as revision " + saved.number());
  }

  private void conflict(StateMachine shown, String mine) {
    int number =
        authoring
            .revisions(caller(), shown.arn(), new Page.Request(1, null))
            .items()
            .getFirst()
            .number();
    Revision theirs = authoring.revision(caller(), shown.arn(), number);
    new ConflictDialog(
            theirs,
            mine,
            new ConflictDialog.Answers() {
              @Override
              public void saveMine() {
                saveAfter(number);
              }

              @Override
              public void takeTheirs() {
                newest = theirs.summary();
                machine = machines.describe(caller(), shown.arn());
                header.show(
                    shown, theirs.summary(), account(), true, caller().allows(Permission.RUN));
                bench.rewrite(Written.stored(theirs.definition()));
                bench.saved();
              }
            })
        .open();
  }

  @Override
  public void versions(UI ui) {
    StateMachine shown = machine;
    if (shown != null) {
      ui.navigate(Links.versions(account(), shown.name()));
    }
  }

  @Override
  public void settings() {
    StateMachine shown = machine;
    Revision.Summary before = newest;
    if (shown == null || before == null) {
      return;
    }
    boolean readOnly = !caller().allows(Permission.AUTHOR);
    new SettingsDialog(
            shown.roleArn(),
            readOnly,
            role -> {
              Revision.Summary last = newest;
              try {
                store(
                    shown,
                    new AuthoringService.Save(
                        (last == null ? before : last).number(), shown.definition(), role));
              } catch (Refusal refusal) {
                refused.show(refusal);
              }
            },
            new LoggingChoice(shown, readOnly, logging -> log(shown, logging)),
            limits.ofMachine(caller(), shown.arn()),
            caller().allows(Permission.ADMINISTER) ? own -> limit(shown, own) : null)
        .open();
  }

  private void log(StateMachine shown, LoggingConfiguration logging) {
    try {
      machines.update(caller(), shown.arn(), new StateMachine.Change(null, null, logging, null));
      Revision.Summary saved =
          authoring.revisions(caller(), shown.arn(), new Page.Request(1, null)).items().getFirst();
      StateMachine now = machines.describe(caller(), shown.arn());
      newest = saved;
      machine = now;
      header.show(now, saved, account(), true, caller().allows(Permission.RUN));
      Notice.info("Executions that are started from now on are logged like that");
    } catch (Refusal refusal) {
      refused.show(refusal);
    }
  }

  private void limit(StateMachine shown, @Nullable Boolean own) {
    try {
      limits.setMachine(caller(), shown.arn(), own);
      Notice.info("The limits hold for what is started from now on");
    } catch (Refusal refusal) {
      refused.show(refusal);
    }
  }

  @Override
  public void format() {
    Written now = bench.now();
    String json = now.json();
    Written laidOut = json == null ? null : Written.laidOut(json).as(now.mode());
    if (laidOut == null) {
      Notice.error("The text can't be read, so it can't be laid out. F8 goes to where.");
    } else {
      bench.rewrite(laidOut);
    }
  }

  @Override
  public void duplicate(UI ui) {
    StateMachine shown = machine;
    if (shown != null) {
      new Handover(shown.name() + "-copy", bench.now()).leave(ui);
      ui.navigate(Links.create(account()));
    }
  }

  @Override
  public void export(Mode mode) {
    StateMachine shown = machine;
    Written text = bench.now().as(mode);
    if (shown == null || text == null) {
      Notice.error("The text can't be read, so it can't be exported as " + mode + ".");
      return;
    }
    Export.download(this, text, shown.name());
  }

  @Override
  public void delete(UI ui) {
    StateMachine shown = machine;
    if (shown != null) {
      new DeleteDialog(
              shown.name(),
              () -> {
                machines.delete(caller(), shown.arn());
                draft.forget();
                gone = true;
                Notice.info("Deleted " + shown.name());
                ui.navigate(Links.stateMachines(account()));
              })
          .open();
    }
  }

  @Override
  public void beforeLeave(BeforeLeaveEvent event) {
    if (!gone && machine != null && bench.isDirty() && caller().allows(Permission.AUTHOR)) {
      LeaveGuard.ask(event);
    }
  }

  @Override
  public void changed(boolean dirty) {
    header.setDirty(dirty);
  }

  @Override
  public void selected(@Nullable String state) {
    address.put(this, "state", state);
  }

  @Override
  public void shown(Show show) {
    address.put(this, "view", show == Show.SPLIT ? null : show.wireName());
  }

  @Override
  public List<Crumb> crumbs() {
    StateMachine shown = machine;
    return List.of(
        new Crumb("State machines", Links.stateMachines(account())),
        new Crumb(shown == null ? "" : shown.name()));
  }

  @Override
  public List<KeyHint> keys() {
    List<KeyHint> keys = new ArrayList<>(Workbench.KEYS);
    keys.add(new KeyHint("Ctrl Enter", "save and run"));
    return keys;
  }

  @Override
  public boolean usesRail() {
    return true;
  }
}
