package io.gradus.console.executions;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.browserless.BrowserlessTest;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.TextField;
import io.gradus.asl.validate.MachineType;
import io.gradus.engine.ExecutionStatus;
import io.gradus.engine.TenantId;
import io.gradus.service.Caller;
import io.gradus.service.ErrorCode;
import io.gradus.service.Refusal;
import io.gradus.service.Role;
import io.gradus.service.definition.EncryptionConfiguration;
import io.gradus.service.definition.LoggingConfiguration;
import io.gradus.service.definition.StateMachine;
import io.gradus.service.execution.Execution;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What is asked before an execution is started: what cannot be right starts nothing and is said
/// beside its field, and the dialog stays.
class StartDialogTest extends BrowserlessTest {
  private static final Caller ANN =
      new Caller(
          new TenantId(new UUID(0, 1)), "000000000000", "user/ann", Set.of(Role.AUTHOR), "here");

  private final List<Execution.Start> started = new ArrayList<>();
  private @Nullable Refusal refusal;

  private final class Recorded implements StartDialog.Starts {
    @Override
    public Execution.Started start(Caller caller, Execution.Start wanted) {
      started.add(wanted);
      if (refusal != null) {
        throw refusal;
      }
      return new Execution.Started("arn:aws:states:x:0:execution:m:made", Instant.EPOCH);
    }

    @Override
    public Execution startSync(Caller caller, Execution.Start wanted) {
      started.add(wanted);
      return new Execution(
          "arn",
          "arn:machine",
          null,
          null,
          "made",
          ExecutionStatus.FAILED,
          Instant.EPOCH,
          Instant.EPOCH.plusMillis(12),
          "{}",
          null,
          "Sold.Out",
          null,
          null,
          0,
          null,
          null);
    }
  }

  @Test
  void inputThatIsNoJsonIsSaidWithItsPlace() {
    StartDialog dialog = open(MachineType.STANDARD, "{\n  \"a\": }", null);

    press();

    assertThat(started).isEmpty();
    assertThat(dialog.isOpened()).isTrue();
    assertThat(faults()).anySatisfy(said -> assertThat(said).startsWith("Line 2, column"));
    assertThat(button().isEnabled()).isTrue();
  }

  @Test
  void mocksMayBeMissingAndMustBeJsonOtherwise() {
    open(MachineType.STANDARD, null, "[");

    press();

    assertThat(started).isEmpty();
    assertThat(faults()).anySatisfy(said -> assertThat(said).startsWith("Line 1"));
  }

  @Test
  void aNameThatIsTakenIsSaidAtTheName() {
    refusal = new Refusal(ErrorCode.EXECUTION_ALREADY_EXISTS, "Execution Already Exists");
    StartDialog dialog = open(MachineType.STANDARD, null, null);
    find(TextField.class).single().setValue(" again ");

    press();

    assertThat(started)
        .containsExactly(new Execution.Start("arn:machine", "again", "{}", null, null));
    assertThat(find(TextField.class).single().isInvalid()).isTrue();
    assertThat(find(TextField.class).single().getErrorMessage())
        .isEqualTo("Execution Already Exists");
    assertThat(dialog.isOpened()).isTrue();
    assertThat(button().isEnabled()).isTrue();
  }

  @Test
  void anExpressOneShowsItsEndHere() {
    StartDialog dialog = open(MachineType.EXPRESS, null, null);

    press();

    assertThat(started).hasSize(1);
    assertThat(dialog.isOpened()).isTrue();
    assertThat(find(Span.class).all()).anyMatch(span -> span.getText().equals("Sold.Out"));
  }

  private StartDialog open(MachineType type, @Nullable String input, @Nullable String mocks) {
    var machine =
        new StateMachine(
            "arn:machine",
            "orders",
            type,
            StateMachine.Status.ACTIVE,
            "{}",
            "arn:role",
            LoggingConfiguration.OFF,
            false,
            EncryptionConfiguration.OWN,
            Instant.EPOCH,
            Instant.EPOCH,
            null,
            null,
            Map.of());
    var dialog = new StartDialog(ANN, machine, new Recorded(), input, mocks);
    dialog.open();
    return dialog;
  }

  private Button button() {
    return find(Button.class).withText("Start execution").single();
  }

  private void press() {
    button().click();
  }

  private List<String> faults() {
    return find(Span.class).all().stream()
        .filter(span -> span.hasClassName("g-fault"))
        .map(Span::getText)
        .toList();
  }
}
