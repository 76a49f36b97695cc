package io.gradus.asl.validate;

import io.gradus.asl.parse.Diagnostic.Code;
import io.gradus.asl.parse.Faults;
import io.gradus.asl.validate.Outline.Step;
import java.util.HashSet;
import java.util.Set;

/// Names of states, and labels of Maps, are unique in a whole definition.
final class NameRules {
  private NameRules() {}

  static void check(Outline definition, Faults faults) {
    Set<String> names = new HashSet<>();
    Set<String> labels = new HashSet<>();
    definition.each(
        machine -> {
          for (Step step : machine.steps()) {
            if (!names.add(step.name())) {
              faults.error(
                  Code.DUPLICATE_STATE_NAME, "Duplicate State name: " + step.name(), step.at());
            }
            String label = step.type().equals("Map") ? step.text("Label") : null;
            if (label != null && !labels.add(label)) {
              faults.error(
                  Code.DUPLICATE_LABEL_NAME,
                  "Duplicate Label name: " + label,
                  step.at().field("Label"));
            }
          }
        });
  }
}
