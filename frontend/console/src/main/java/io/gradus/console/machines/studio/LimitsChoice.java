package io.gradus.console.machines.studio;

import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.radiobutton.RadioGroupVariant;
import io.gradus.console.limits.LimitText;
import io.gradus.service.definition.Strictness;
import org.jspecify.annotations.Nullable;

/// Whether AWS's limits hold for a state machine's executions.
final class LimitsChoice extends RadioButtonGroup<LimitsChoice.Own> {
  private static final long serialVersionUID = 1L;

  private final Own before;

  /// What is said of the state machine itself.
  enum Own {
    TENANT,
    STRICT,
    LIFTED
  }

  LimitsChoice(Strictness strictness, boolean open) {
    super("AWS-strict");
    before = strictness.own() == null ? Own.TENANT : strictness.own() ? Own.STRICT : Own.LIFTED;
    addThemeVariants(RadioGroupVariant.LUMO_VERTICAL);
    setItems(Own.values());
    setItemLabelGenerator(
        own ->
            switch (own) {
              case TENANT -> "As the tenant: " + (strictness.tenant() ? "on" : "off");
              case STRICT -> "On";
              case LIFTED -> "Off";
            });
    addValueChangeListener(change -> setHelperText(LimitText.of(holds(strictness))));
    setValue(before);
    setHelperText(LimitText.of(strictness.holds()));
    setReadOnly(!open);
  }

  private boolean holds(Strictness strictness) {
    return new Strictness(strictness.tenant(), own()).holds();
  }

  boolean isChanged() {
    return getValue() != before;
  }

  /// Null for as the tenant.
  @Nullable Boolean own() {
    return switch (getValue()) {
      case TENANT -> null;
      case STRICT -> true;
      case LIFTED -> false;
    };
  }
}
