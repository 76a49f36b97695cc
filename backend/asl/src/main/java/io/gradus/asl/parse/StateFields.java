package io.gradus.asl.parse;

import io.gradus.asl.model.QueryLanguage;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which fields which kind of state takes, in which language.
final class StateFields {
  /// In AWS's order, as its message names them.
  static final List<String> TYPES =
      List.of("Task", "Wait", "Pass", "Succeed", "Fail", "Choice", "Parallel", "Map");

  static final Set<String> JSONPATH_ONLY =
      Set.of(
          "InputPath",
          "OutputPath",
          "ResultPath",
          "Parameters",
          "ResultSelector",
          "Result",
          "ItemsPath",
          "TimeoutSecondsPath",
          "HeartbeatSecondsPath",
          "SecondsPath",
          "TimestampPath",
          "MaxConcurrencyPath",
          "ToleratedFailurePercentagePath",
          "ToleratedFailureCountPath",
          "MaxItemsPerBatchPath",
          "MaxInputBytesPerBatchPath",
          "MaxItemsPath",
          "ErrorPath",
          "CausePath",
          "Variable");

  static final Set<String> JSONATA_ONLY = Set.of("Arguments", "Output", "Items", "Condition");

  private static final String COMMON = "Type Comment QueryLanguage ";
  private static final String MOVING = COMMON + "InputPath OutputPath Output Assign Next End ";

  private static final Map<String, Set<String>> ALLOWED = new HashMap<>();

  static {
    allow("Pass", MOVING + "Result ResultPath Parameters");
    allow(
        "Task",
        MOVING
            + "ResultPath Parameters Arguments Resource Credentials ResultSelector Retry Catch"
            + " TimeoutSeconds TimeoutSecondsPath HeartbeatSeconds HeartbeatSecondsPath");
    allow("Wait", MOVING + "Seconds Timestamp SecondsPath TimestampPath");
    allow(
        "Parallel", MOVING + "ResultPath Parameters Arguments ResultSelector Retry Catch Branches");
    allow(
        "Map",
        MOVING
            + "ResultPath Parameters ResultSelector Retry Catch ItemProcessor Iterator ItemsPath"
            + " Items ItemSelector ItemReader ItemBatcher ResultWriter MaxConcurrency"
            + " MaxConcurrencyPath ToleratedFailurePercentage ToleratedFailurePercentagePath"
            + " ToleratedFailureCount ToleratedFailureCountPath Label");
    allow("Choice", COMMON + "InputPath OutputPath Output Assign Choices Default");
    allow("Succeed", COMMON + "InputPath OutputPath Output");
    allow("Fail", COMMON + "Error Cause ErrorPath CausePath");
  }

  private StateFields() {}

  private static void allow(String type, String fields) {
    ALLOWED.put(type, Set.of(fields.split(" ")));
  }

  /// What a state of this type takes in this language, sorted.
  static List<String> of(String type, QueryLanguage language) {
    return ALLOWED.getOrDefault(type, Set.of()).stream()
        .filter(field -> language(field) == null || language(field) == language)
        .sorted()
        .toList();
  }

  /// Notes what a state of this type and language does not take. Gives the state without these
  /// fields, so that they are not read as well.
  ///
  /// @param mixed whether the state's language is at fault already: then AWS says nothing about
  ///   fields of the other one
  static Fields check(Fields state, String type, QueryLanguage language, boolean mixed) {
    Set<String> allowed = ALLOWED.getOrDefault(type, Set.of());
    Set<String> refused = new HashSet<>();
    for (String name : state.node().propertyNames()) {
      if (!allowed.contains(name)) {
        state
            .faults()
            .schema("Field '%s' is not supported".formatted(name), state.at(), state.at(name));
        refused.add(name);
      } else if (language(name) != null && language(name) != language) {
        if (!mixed) {
          otherLanguage(state, name, language);
        }
        refused.add(name);
      }
    }
    return refused.isEmpty() ? state : state.without(refused);
  }

  /// Notes the fields of the other language in a nested object, such as a Choice rule.
  static void checkLanguage(Fields fields, QueryLanguage language) {
    for (String name : fields.node().propertyNames()) {
      if (language(name) != null && language(name) != language) {
        otherLanguage(fields, name, language);
      }
    }
  }

  private static void otherLanguage(Fields fields, String name, QueryLanguage language) {
    QueryLanguage other =
        language == QueryLanguage.JSONATA ? QueryLanguage.JSONPATH : QueryLanguage.JSONATA;
    fields
        .faults()
        .schema(
            ("The QueryLanguage is set to '%s', but field '%s' is only supported for the '%s'"
                    + " QueryLanguage")
                .formatted(language.wireName(), name, other.wireName()),
            fields.at(),
            fields.at(name));
  }

  private static @Nullable QueryLanguage language(String field) {
    if (JSONPATH_ONLY.contains(field)) {
      return QueryLanguage.JSONPATH;
    }
    return JSONATA_ONLY.contains(field) ? QueryLanguage.JSONATA : null;
  }
}
