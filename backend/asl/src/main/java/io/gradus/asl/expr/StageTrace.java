package io.gradus.asl.expr;

import tools.jackson.databind.JsonNode;

/// Is told what each stage of a state's data flow produced. The stages are AWS's `inspectionData`
/// members.
@FunctionalInterface
public interface StageTrace {
  StageTrace NONE = (_, _) -> {};

  enum Stage {
    AFTER_INPUT_PATH,
    AFTER_PARAMETERS,
    AFTER_ARGUMENTS,
    AFTER_ITEMS_PATH,
    AFTER_ITEMS_POINTER,
    AFTER_ITEM_SELECTOR,
    RESULT,
    AFTER_RESULT_SELECTOR,
    AFTER_RESULT_PATH
  }

  void stage(Stage stage, JsonNode value);
}
