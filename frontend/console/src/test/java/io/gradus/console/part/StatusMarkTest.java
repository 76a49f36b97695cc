package io.gradus.console.part;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.browserless.BrowserlessTest;
import com.vaadin.browserless.ViewPackages;
import com.vaadin.flow.component.UI;
import io.gradus.engine.ExecutionStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@ViewPackages(packages = "io.gradus.console.part")
class StatusMarkTest extends BrowserlessTest {
  @Test
  void aStatusIsAShapeAndAWord() {
    var mark = new StatusMark(Status.RETRYING, "Retry 2 of 5");
    UI.getCurrent().add(mark);

    assertThat(mark.getElement().getTextRecursively()).isEqualTo("Retry 2 of 5");
    assertThat(mark.getClassNames()).containsExactly("g-status", "g-status-retry");
    assertThat(find(Glyph.class).single().getElement().getAttribute("name"))
        .isEqualTo("status-retry");
  }

  @Test
  void anotherStatusLeavesNothingOfTheOneBefore() {
    var mark = new StatusMark(Status.RUNNING).asBadge();

    mark.set(Status.FAILED, Status.FAILED.word());

    assertThat(mark.getClassNames())
        .containsExactlyInAnyOrder("g-status", "g-status-badge", "g-status-fail");
    assertThat(mark.getElement().getTextRecursively()).isEqualTo("Failed");
  }

  @ParameterizedTest
  @EnumSource(ExecutionStatus.class)
  void everyExecutionHasAStatusOfItsOwn(ExecutionStatus status) {
    assertThat(Status.of(status).word()).isNotEmpty();
  }
}
