package io.gradus.console.testcases;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.html.Code;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.progressbar.ProgressBar;
import io.gradus.console.editor.CodeEditor.Mode;
import io.gradus.console.editor.DiffView;
import io.gradus.console.editor.JsonView;
import io.gradus.console.executions.JsonCheck;
import io.gradus.console.part.Glyph;
import io.gradus.console.part.Moments;
import io.gradus.console.part.People;
import io.gradus.console.part.RowTable;
import io.gradus.console.part.Status;
import io.gradus.console.part.StatusMark;
import io.gradus.service.testcase.KeptCase;
import io.gradus.service.testcase.run.CaseResult;
import io.gradus.service.testcase.run.JsonDifference;
import io.gradus.service.testcase.run.TestCaseJson;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A test case: what came of its last run, and what it is made of.
final class CaseDetail extends Div {
  private static final long serialVersionUID = 1L;

  private final transient Deeds deeds;

  /// What can be done with it.
  interface Deeds {
    void run(String name);

    void edit(KeptCase kept);

    void delete(String name);

    /// Lets it expect what came of its last run.
    void expect(String name);
  }

  CaseDetail(Deeds deeds) {
    this.deeds = deeds;
    addClassName("g-case");
    getElement().setAttribute("aria-live", "polite");
  }

  /// Shows that it runs.
  void showRunning(String name) {
    removeAll();
    ProgressBar bar = new ProgressBar();
    bar.setIndeterminate(true);
    bar.getElement().setAttribute("aria-label", "Running " + name);
    add(new H2(name), bar);
  }

  /// Shows a case.
  ///
  /// @param newest the number of the newest revision
  void show(KeptCase kept, int newest, boolean mayRun, boolean mayWrite) {
    removeAll();
    add(head(kept, mayRun, mayWrite));
    if (!kept.summary().description().isEmpty()) {
      add(new Paragraph(kept.summary().description()));
    }
    CaseResult result = kept.result();
    KeptCase.LastRun last = kept.summary().last();
    if (result == null || last == null) {
      Paragraph never = new Paragraph("It has not been run as it is now.");
      never.addClassName("g-secondary");
      add(never);
    } else {
      add(verdict(result, last, newest));
      if (!result.passed()) {
        add(problems(kept, result, mayWrite));
      }
      differences(kept, result);
      add(path(result));
      add(events(result));
    }
    add(content(kept, result));
  }

  private Component head(KeptCase kept, boolean mayRun, boolean mayWrite) {
    String name = kept.summary().name();
    H2 title = new H2(name);
    Div actions = new Div();
    actions.addClassName("g-case-actions");
    if (mayWrite) {
      Button delete = new Button("Delete…", _ -> deeds.delete(name));
      delete.addThemeVariants(ButtonVariant.LUMO_SMALL);
      Button edit = new Button("Edit…", _ -> deeds.edit(kept));
      edit.addThemeVariants(ButtonVariant.LUMO_SMALL);
      actions.add(delete, edit);
    }
    if (mayRun) {
      Button run = new Button("Run", Glyph.Name.PLAY.glyph(), _ -> deeds.run(name));
      run.addThemeVariants(ButtonVariant.LUMO_SMALL);
      actions.add(run);
    }
    Div head = new Div(title, actions);
    head.addClassName("g-case-head");
    return head;
  }

  private static Component verdict(CaseResult result, KeptCase.LastRun last, int newest) {
    Span told =
        new Span(
            "on revision "
                + last.revision()
                + (last.revision() == newest ? "" : " (now " + newest + ")")
                + " by "
                + People.name(last.by())
                + ", ");
    told.addClassName("g-secondary");
    Span when = Moments.here().span(last.at(), Clock.systemUTC().instant());
    Span came =
        new Span(
            "The execution "
                + switch (result.status()) {
                  case "SUCCEEDED" -> "succeeded";
                  case "FAILED" -> "failed";
                  case "TIMED_OUT" -> "timed out";
                  default -> "did not come to an end";
                }
                + ", in "
                + result.eventCount()
                + " events.");
    Div row = new Div(mark(result.passed()).asBadge(), came, new Span(told, when));
    row.addClassName("g-case-verdict");
    return row;
  }

  static StatusMark mark(@Nullable Boolean passed) {
    if (passed == null) {
      return new StatusMark(Status.NOT_REACHED, "Not run");
    }
    return passed
        ? new StatusMark(Status.SUCCEEDED, "Passed")
        : new StatusMark(Status.FAILED, "Failed");
  }

  private Component problems(KeptCase kept, CaseResult result, boolean mayWrite) {
    UnorderedList list = new UnorderedList();
    result.problems().forEach(problem -> list.add(new ListItem(problem)));
    Div box = new Div(list);
    box.addClassName("g-case-problems");
    if (mayWrite && !result.status().equals(CaseResult.BROKEN_OFF)) {
      Button expect =
          new Button("This is right: expect it", _ -> deeds.expect(kept.summary().name()));
      expect.addThemeVariants(ButtonVariant.LUMO_SMALL);
      box.add(expect);
    }
    return box;
  }

  private void differences(KeptCase kept, CaseResult result) {
    if (result.differences().isEmpty()) {
      return;
    }
    var table =
        new RowTable<JsonDifference>("Differences of the output")
            .column(
                "Place",
                null,
                each -> new Code(each.pointer().isEmpty() ? "the whole" : each.pointer()))
            .column("Expected", "g-case-value", each -> value(each.expected()))
            .column("Found", "g-case-value", each -> value(each.found()));
    table.setRows(result.differences());
    add(section("Differences of the output", table));
    JsonNode expected = kept.testCase().expected().output();
    JsonNode found = result.output();
    if (expected != null && found != null) {
      DiffView both = new DiffView();
      both.addClassName("g-case-diff");
      both.compare(
          new DiffView.Side("Expected output", JsonCheck.laidOut(expected.toString())),
          new DiffView.Side("Output found", JsonCheck.laidOut(found.toString())),
          Mode.JSON);
      add(both);
    }
  }

  private static Component value(@Nullable JsonNode value) {
    if (value == null) {
      Span none = new Span("nothing");
      none.addClassName("g-tertiary");
      return none;
    }
    return new Code(value.toString());
  }

  private static Component path(CaseResult result) {
    if (result.steps().isEmpty()) {
      return new Span();
    }
    var table =
        new RowTable<CaseResult.Step>("Path")
            .text("State", null, CaseResult.Step::state)
            .text("In", null, CaseResult.Step::place)
            .text("Type", "g-nowrap", CaseResult.Step::kind)
            .column("Status", "g-nowrap", CaseDetail::status)
            .text(
                "Retries",
                "g-nowrap",
                step -> step.retries() == 0 ? "" : String.valueOf(step.retries()))
            .text("Error", null, step -> step.error() == null ? "" : step.error());
    table.setRows(result.steps());
    Component section = section("Path", table);
    if (result.stepCount() > result.steps().size()) {
      return new Div(
          section,
          new Paragraph(
              "The first " + result.steps().size() + " of " + result.stepCount() + " states."));
    }
    return section;
  }

  private static Component status(CaseResult.Step step) {
    Status status =
        switch (step.status()) {
          case "SUCCEEDED" -> Status.SUCCEEDED;
          case "CAUGHT" -> Status.CAUGHT;
          case "FAILED" -> Status.FAILED;
          case "TIMED_OUT" -> Status.TIMED_OUT;
          case "ABORTED" -> Status.STOPPED;
          case "RETRYING" -> Status.RETRYING;
          case "WAITING", "CALLBACK" -> Status.WAITING;
          default -> Status.RUNNING;
        };
    return new StatusMark(status);
  }

  private static Component events(CaseResult result) {
    if (result.events().isEmpty()) {
      return new Span();
    }
    var table =
        new RowTable<CaseResult.Event>("Events")
            .text("Event", "g-nowrap", event -> String.valueOf(event.id()))
            .text("Type", null, CaseResult.Event::type)
            .text("State", null, CaseResult.Event::state);
    table.setRows(result.events());
    Details details =
        new Details(
            result.eventCount() > result.events().size()
                ? "The first %d of %d events".formatted(result.events().size(), result.eventCount())
                : result.eventCount() + " events",
            table);
    details.setWidthFull();
    return details;
  }

  private static Component content(KeptCase kept, @Nullable CaseResult result) {
    JsonView view = new JsonView("Test case", kept.summary().name() + ".json");
    view.addClassName("g-case-json");
    view.setPayload(TestCaseJson.write(kept.testCase()).toString());
    Section section = section("What it is made of", view);
    JsonNode output = result == null ? null : result.output();
    if (result != null && output != null && result.differences().isEmpty()) {
      JsonView came = new JsonView("Output", "output.json");
      came.addClassName("g-case-json");
      came.setPayload(output.toString());
      section.addComponentAsFirst(came);
      section.addComponentAsFirst(new H3("Output"));
    }
    return section;
  }

  private static Section section(String title, Component... parts) {
    Section section = new Section(new H3(title));
    section.add(List.of(parts));
    section.addClassName("g-case-section");
    return section;
  }
}
