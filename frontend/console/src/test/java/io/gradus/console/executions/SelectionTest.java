package io.gradus.console.executions;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.router.QueryParameters;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What is looked at on an execution's page, as its address says it.
class SelectionTest {
  @Test
  void anAddressSaysWhatItWasMadeOf() {
    for (Selection selection :
        List.of(
            Selection.NONE,
            Selection.NONE.withState("Charge", "0.1", 17).withTab(Selection.Tab.INPUT),
            Selection.NONE.withTab(Selection.Tab.CHILDREN).withPane(Selection.Pane.MAP_RUNS),
            Selection.NONE.withState("Charge", null, 0).withMoment(12),
            Selection.NONE.withEvent(4).withPane(Selection.Pane.EVENTS))) {
      assertThat(Selection.of(selection.query())).isEqualTo(selection);
    }
  }

  @Test
  void whatAnAddressDoesNotSayOrSaysWronglyIsLeftToThePage() {
    assertThat(Selection.NONE.query().getParameters()).isEmpty();
    assertThat(
            Selection.of(
                QueryParameters.simple(Map.of("tab", "inside", "pane", "sky", "visit", "-1"))))
        .isEqualTo(Selection.NONE);
  }
}
