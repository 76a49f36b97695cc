package io.gradus.console.testcases;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.Location;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import io.gradus.console.part.EmptyState;
import io.gradus.console.part.FormDialog;
import io.gradus.console.part.Glyph;
import io.gradus.console.part.Notice;
import io.gradus.console.part.PageHeader;
import io.gradus.console.part.Work;
import io.gradus.console.session.Crumb;
import io.gradus.console.session.Links;
import io.gradus.console.session.NothingThere;
import io.gradus.console.session.SignedIn;
import io.gradus.console.session.TenantPage;
import io.gradus.engine.PayloadJson;
import io.gradus.service.Caller;
import io.gradus.service.ErrorCode;
import io.gradus.service.Page;
import io.gradus.service.Refusal;
import io.gradus.service.Role.Permission;
import io.gradus.service.arn.Arns;
import io.gradus.service.definition.AuthoringService;
import io.gradus.service.execution.ExecutionFinder;
import io.gradus.service.testcase.KeptCase;
import io.gradus.service.testcase.ProposalService;
import io.gradus.service.testcase.TestCaseService;
import io.gradus.service.testcase.TestRunService;
import io.gradus.service.testcase.run.TestCase;
import jakarta.annotation.security.PermitAll;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The test cases of a state machine: run one or all, see what came of them, write them.
@Route("t/:account([0-9]{12})/state-machines/:name/test-cases")
@PermitAll
@StyleSheet("gradus-people.css")
@StyleSheet("gradus-editor.css")
@StyleSheet("gradus-executions.css")
@StyleSheet("gradus-studio.css")
@StyleSheet("gradus-testcases.css")
public final class TestCasesView extends TenantPage {
  private static final long serialVersionUID = 1L;

  private final transient TestCaseService cases;
  private final transient TestRunService runs;
  private final transient ProposalService proposals;
  private final transient AuthoringService authoring;
  private final transient ExecutionFinder executions;
  private final transient Arns arns;
  private final PageHeader header = new PageHeader("Test cases");
  private final Div body = new Div();
  private final CaseList list = new CaseList(this::choose);
  private final CaseDetail detail = new CaseDetail(new Doing());
  private final Button runAll = new Button("Run all", Glyph.Name.PLAY.glyph(), _ -> runAll());
  private String name = "";
  private String arn = "";
  private @Nullable String chosen;

  /// Composes the page.
  public TestCasesView(
      SignedIn signedIn,
      TestCaseService cases,
      TestRunService runs,
      ProposalService proposals,
      AuthoringService authoring,
      ExecutionFinder executions,
      Arns arns) {
    super(signedIn);
    this.cases = cases;
    this.runs = runs;
    this.proposals = proposals;
    this.authoring = authoring;
    this.executions = executions;
    this.arns = arns;
    addClassNames("g-page-fixed", "g-revisions", "g-cases");
    body.addClassName("g-cases-body");
    add(header, body);
  }

  @Override
  protected void enter(Caller caller, BeforeEnterEvent event) {
    name = event.getRouteParameters().get("name").orElse("");
    arn = arns.stateMachine(caller, name).text();
    var query = event.getLocation().getQueryParameters();
    chosen = query.getSingleParameter("case").orElse(null);
    try {
      show(caller);
    } catch (Refusal refusal) {
      if (refusal.code() == ErrorCode.STATE_MACHINE_DOES_NOT_EXIST) {
        throw NothingThere.stateMachine(account(), name);
      }
      throw refusal;
    }
    query
        .getSingleParameter("execution")
        .filter(_ -> caller.allows(Permission.AUTHOR))
        .ifPresent(execution -> propose(caller, execution));
  }

  private void show(Caller caller) {
    List<KeptCase.Summary> all = cases.list(caller, arn);
    long failed = all.stream().filter(each -> each.last() != null && !each.last().passed()).count();
    long passed = all.stream().filter(each -> each.last() != null && each.last().passed()).count();
    header.setHeading(name);
    header.setMeta(
        all.isEmpty()
            ? "Test cases"
            : "Test cases: "
                + passed
                + " of "
                + all.size()
                + " passed"
                + (failed == 0 ? "" : ", " + failed + " failed"));
    header.setActions(actions(caller, all.isEmpty()).toArray(Component[]::new));
    body.removeAll();
    if (all.isEmpty()) {
      body.add(empty(caller));
      return;
    }
    Div both = new Div(list, detail);
    both.addClassName("g-revisions-both");
    body.add(both);
    if (all.stream().noneMatch(each -> each.name().equals(chosen))) {
      chosen = firstOf(all);
    }
    list.show(all, chosen);
    showDetail(caller);
  }

  /// What failed is looked at first.
  private static String firstOf(List<KeptCase.Summary> all) {
    return all.stream()
        .filter(each -> each.last() != null && !each.last().passed())
        .findFirst()
        .orElse(all.getFirst())
        .name();
  }

  private void showDetail(Caller caller) {
    String shown = chosen;
    if (shown == null) {
      return;
    }
    int newest =
        authoring.revisions(caller, arn, new Page.Request(1, null)).items().getFirst().number();
    detail.show(
        cases.get(caller, arn, shown),
        newest,
        caller.allows(Permission.RUN),
        caller.allows(Permission.AUTHOR));
  }

  private List<Component> actions(Caller caller, boolean none) {
    List<Component> actions = new ArrayList<>();
    var studio = new Anchor(Links.stateMachine(account(), name), "Open in the studio");
    studio.addClassName("g-button-link");
    actions.add(studio);
    if (!none) {
      actions.add(
          new CaseExports(
              name, () -> cases.export(caller(), arn), () -> cases.exportMocks(caller(), arn)));
    }
    if (caller.allows(Permission.AUTHOR)) {
      actions.add(new Button("Import…", _ -> importFile()));
      actions.add(new Button("New test case…", _ -> create()));
    }
    if (caller.allows(Permission.RUN) && !none) {
      runAll.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
      actions.add(runAll);
    }
    return actions;
  }

  private EmptyState empty(Caller caller) {
    String what =
        "A test case runs the state machine in memory, with given results in the place of every"
            + " call, and compares what comes of it with what you expect. Nothing is called, and"
            + " Waits take no time.";
    if (!caller.allows(Permission.AUTHOR)) {
      return new EmptyState("No test cases", what);
    }
    var create = new Button("New test case…", _ -> create());
    create.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    return new EmptyState("No test cases", what, create, new Button("Import…", _ -> importFile()));
  }

  private void choose(String which) {
    chosen = which;
    Caller caller = caller();
    list.mark(which);
    showDetail(caller);
    address();
  }

  private void address() {
    String shown = chosen;
    getUI()
        .ifPresent(
            ui ->
                ui.getPage()
                    .getHistory()
                    .replaceState(
                        null,
                        new Location(
                            Links.testCases(account(), name),
                            shown == null
                                ? QueryParameters.empty()
                                : QueryParameters.simple(Map.of("case", shown)))));
  }

  private void create() {
    edit(
        new TestCase(
            "",
            "",
            PayloadJson.MAPPER.createObjectNode(),
            TestCase.USUAL_START,
            PayloadJson.MAPPER.createObjectNode(),
            TestCase.Expected.SUCCESS),
        true);
  }

  private void edit(TestCase given, boolean isNew) {
    new CaseDialog(
            given,
            isNew,
            caller().allows(Permission.RUN),
            (testCase, run) -> {
              if (isNew) {
                cases.create(caller(), arn, testCase);
              } else {
                cases.put(caller(), arn, testCase);
              }
              chosen = testCase.name();
              show(caller());
              address();
              if (run) {
                run(testCase.name());
              } else {
                Notice.info("Saved " + testCase.name());
              }
            })
        .open();
  }

  private void propose(Caller caller, String execution) {
    String executionArn = executions.arn(caller, name, execution);
    Work.start(
        UI.getCurrent(),
        () -> proposals.of(caller, executionArn),
        made -> edit(made.testCase(), true),
        Notice::error);
  }

  private void importFile() {
    new ImportCasesDialog(
            (text, from) -> {
              List<String> names = cases.importFile(caller(), arn, text, from);
              Notice.info(
                  "Imported " + names.size() + (names.size() == 1 ? " test case" : " test cases"));
              chosen = names.isEmpty() ? chosen : names.getFirst();
              show(caller());
              address();
            })
        .open();
  }

  private void run(String which) {
    Caller caller = caller();
    detail.showRunning(which);
    Work.start(
        UI.getCurrent(),
        () -> runs.run(caller, arn, which, null),
        _ -> show(caller()),
        why -> failed(why));
  }

  private void runAll() {
    Caller caller = caller();
    runAll.setEnabled(false);
    detail.showRunning("all test cases");
    Work.start(
        UI.getCurrent(),
        () -> runs.runAll(caller, arn, null),
        all -> {
          runAll.setEnabled(true);
          chosen = null;
          show(caller());
          address();
          // What failed stands in the head and in the list.
          if (all.stream().allMatch(each -> each.result().passed())) {
            Notice.info("All " + all.size() + " test cases passed");
          }
        },
        why -> {
          runAll.setEnabled(true);
          failed(why);
        });
  }

  private void failed(String why) {
    show(caller());
    Notice.error(why);
  }

  /// What the shown case's buttons do.
  private final class Doing implements CaseDetail.Deeds {
    @Override
    public void run(String which) {
      TestCasesView.this.run(which);
    }

    @Override
    public void edit(KeptCase kept) {
      TestCasesView.this.edit(kept.testCase(), false);
    }

    @Override
    public void delete(String which) {
      new FormDialog("Delete " + which + "?", "Delete test case")
          .dangerous()
          .with(new Span("It and what came of its last run are gone for good."))
          .doing(
              () -> {
                cases.delete(caller(), arn, which);
                chosen = null;
                show(caller());
                address();
                Notice.info("Deleted " + which);
              })
          .open();
    }

    @Override
    public void expect(String which) {
      Caller caller = caller();
      detail.showRunning(which);
      Work.start(
          UI.getCurrent(),
          () -> runs.expectWhatComes(caller, arn, which),
          _ -> {
            show(caller());
            Notice.info("It expects from now on what came of this run");
          },
          why -> failed(why));
    }
  }

  @Override
  public List<Crumb> crumbs() {
    return List.of(
        new Crumb("State machines", Links.stateMachines(account())),
        new Crumb(name, Links.stateMachine(account(), name)),
        new Crumb("Test cases"));
  }
}
