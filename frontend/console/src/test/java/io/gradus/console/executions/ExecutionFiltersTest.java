package io.gradus.console.executions;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.browserless.BrowserlessTest;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.combobox.MultiSelectComboBox;
import com.vaadin.flow.component.datetimepicker.DateTimePicker;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import io.gradus.engine.ExecutionStatus;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The bar above the executions: each change goes to the address, and nothing else does.
class ExecutionFiltersTest extends BrowserlessTest {
  private static final ListQuery ALL = ListQuery.ALL;

  private final List<ListQuery> gone = new ArrayList<>();
  private final ExecutionFilters filters =
      new ExecutionFilters(ZoneId.of("Europe/Helsinki"), gone::add);

  @BeforeEach
  void shown() {
    UI.getCurrent().add(filters);
    filters.show(ALL, List.of("orders", "photos"));
  }

  @Test
  void showingAFilterGoesNowhere() {
    filters.show(
        new ListQuery(
            "a-machine-that-is-gone",
            Set.of(ExecutionStatus.FAILED),
            "24h",
            null,
            null,
            "SO-",
            "E"),
        List.of("orders"));

    assertThat(gone).isEmpty();
    assertThat(find(ComboBox.class).single().getValue()).isEqualTo("a-machine-that-is-gone");
    Object chosen = find(MultiSelectComboBox.class).single().getValue();
    assertThat(chosen).isEqualTo(Set.of(ExecutionStatus.FAILED));
    assertThat(find(Select.class).single().getValue()).isEqualTo("24h");
    assertThat(find(TextField.class).all())
        .extracting(TextField::getValue)
        .containsExactly("SO-", "E");
  }

  @Test
  @SuppressWarnings("unchecked")
  void eachChangeGoesToTheListThatItMeans() {
    find(ComboBox.class).single().setValue("orders");
    assertThat(gone.getLast()).isEqualTo(ALL.withMachine("orders"));

    find(MultiSelectComboBox.class).single().setValue(Set.of(ExecutionStatus.ABORTED));
    assertThat(gone.getLast()).isEqualTo(ALL.withStatuses(Set.of(ExecutionStatus.ABORTED)));

    find(Select.class).single().setValue("7d");
    assertThat(gone.getLast()).isEqualTo(ALL.withSince("7d"));

    find(TextField.class).all().getFirst().setValue("  SO-9 ");
    assertThat(gone.getLast()).isEqualTo(ALL.withName("SO-9"));
    assertThat(gone).hasSize(4);
  }

  @Test
  @SuppressWarnings("unchecked")
  void aRangeIsInTheReadersTimeAndIsAskedForOnceThereIsOne() {
    find(Select.class).single().setValue("range");
    assertThat(gone).isEmpty();

    List<DateTimePicker> pickers = find(DateTimePicker.class).all();
    assertThat(pickers).hasSize(2);
    pickers.getFirst().setValue(LocalDateTime.of(2026, 7, 1, 9, 0));

    assertThat(gone).containsExactly(ALL.withTimes(Instant.parse("2026-07-01T06:00:00Z"), null));
  }
}
