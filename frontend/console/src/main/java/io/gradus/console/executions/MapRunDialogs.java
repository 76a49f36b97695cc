package io.gradus.console.executions;

import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.NumberField;
import io.gradus.console.part.FormDialog;
import io.gradus.console.part.Notice;
import io.gradus.engine.MapProgress;
import io.gradus.engine.MapRun;
import io.gradus.service.ErrorCode;
import io.gradus.service.Refusal;
import io.gradus.service.execution.MapRunService;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What is asked before a Map Run is changed.
final class MapRunDialogs {
  private static final int ALL = 100;

  private MapRunDialogs() {}

  /// Asks for other bounds.
  static FormDialog limits(MapRun run, Consumer<MapRunService.Change> save) {
    MapProgress now = run.progress();
    IntegerField concurrency = new IntegerField("Maximum concurrency");
    concurrency.setValue(now.maxConcurrency());
    concurrency.setMin(0);
    concurrency.setMax(MapProgress.MAX_CONCURRENCY);
    concurrency.setRequiredIndicatorVisible(true);
    concurrency.setStepButtonsVisible(true);
    concurrency.setHelperText(
        "Child executions at once, up to "
            + Counts.of(MapProgress.MAX_CONCURRENCY)
            + "; 0 for no limit of its own. What runs already is not stopped.");
    IntegerField count = new IntegerField("Tolerated failures: items");
    count.setValue(now.tolerance().count());
    count.setMin(0);
    count.setHelperText("The Map Run fails when more items than that failed or timed out.");
    NumberField percentage = new NumberField("Tolerated failures: percentage");
    percentage.setValue(now.tolerance().percentage());
    percentage.setMin(0);
    percentage.setMax(ALL);
    percentage.setHelperText("Of all items, 0 to 100. Where both are given, either ends it.");
    return new FormDialog("Edit limits of " + run.state(), "Save limits")
        .with(concurrency, count, percentage)
        .doing(
            () -> {
              if (concurrency.isEmpty()
                  || concurrency.isInvalid()
                  || count.isInvalid()
                  || percentage.isInvalid()) {
                throw new Refusal(
                    ErrorCode.VALIDATION,
                    "Concurrency is a whole number from 0 to "
                        + Counts.of(MapProgress.MAX_CONCURRENCY)
                        + ", a tolerated count a whole number from 0, a percentage from 0 to 100.");
              }
              if ((count.isEmpty() && now.tolerance().count() != null)
                  || (percentage.isEmpty() && now.tolerance().percentage() != null)) {
                throw new Refusal(
                    ErrorCode.VALIDATION, "A bound can be changed, but not be taken away.");
              }
              MapRunService.Change change =
                  new MapRunService.Change(
                      changed(concurrency.getValue(), now.maxConcurrency()),
                      changed(percentage.getValue(), now.tolerance().percentage()),
                      changed(asLong(count), asLong(now.tolerance().count())));
              if (change.equals(new MapRunService.Change(null, null, null))) {
                throw new Refusal(ErrorCode.VALIDATION, "Nothing was changed.");
              }
              save.accept(change);
              Notice.info("The limits were changed.");
            });
  }

  private static @Nullable Long asLong(IntegerField field) {
    return field.isEmpty() ? null : Long.valueOf(field.getValue());
  }

  private static @Nullable Long asLong(@Nullable Integer number) {
    return number == null ? null : Long.valueOf(number);
  }

  private static <T> @Nullable T changed(@Nullable T to, @Nullable T from) {
    return Objects.equals(to, from) ? null : to;
  }

  /// Asks whether to do again what failed.
  static FormDialog redrive(MapRun run, String execution, Runnable redrive) {
    MapProgress progress = run.progress();
    long never = progress.notRedrivable();
    long again = progress.failed() + progress.timedOut() + progress.aborted() - never;
    return new FormDialog("Redrive " + execution + "?", "Redrive execution")
        .with(
            new Paragraph(
                "A Map Run is redriven with the execution that it belongs to: that goes on where it"
                    + " failed or was stopped, with the same input, definition and variables."),
            new Paragraph(
                "Of this Map Run, "
                    + (again == 1
                        ? "the one child execution that did not succeed is"
                        : "the " + Counts.of(again) + " child executions that did not succeed are")
                    + " done again, and items that were not begun are begun. What succeeded stays"
                    + " done."
                    + (never == 0
                        ? ""
                        : " "
                            + Counts.of(never)
                            + " cannot be redriven and "
                            + (never == 1 ? "stays as it is." : "stay as they are."))))
        .doing(
            () -> {
              redrive.run();
              Notice.info("The execution goes on.");
            });
  }
}
