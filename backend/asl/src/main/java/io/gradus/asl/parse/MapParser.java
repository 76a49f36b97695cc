package io.gradus.asl.parse;

import io.gradus.asl.model.DataFlow;
import io.gradus.asl.model.ErrorPolicy;
import io.gradus.asl.model.Expr;
import io.gradus.asl.model.MapSpec;
import io.gradus.asl.model.QueryLanguage;
import io.gradus.asl.model.State;
import io.gradus.asl.model.StateMachine;
import io.gradus.asl.model.StateName;
import io.gradus.asl.model.Transition;
import io.gradus.asl.parse.Diagnostic.Code;
import io.gradus.asl.parse.Expressions.PathKind;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Reads what a Map has beyond other states.
final class MapParser {
  /// Characters of a label; AWS's quota.
  static final int MAX_LABEL = 40;

  private static final String LABEL_FORBIDS = "<>{}[]?*\"#%\\^|~`$&,;:/";
  private static final Set<String> PROCESSOR_CONFIG = Set.of("Mode", "ExecutionType");

  private final MachineParser machines;
  private final Expressions expressions;
  private final ItemSourceParser sources;

  MapParser(MachineParser machines, Expressions expressions) {
    this.machines = machines;
    this.expressions = expressions;
    this.sources = new ItemSourceParser(expressions);
  }

  @Nullable State state(
      StateName name,
      @Nullable String comment,
      QueryLanguage language,
      DataFlow data,
      Fields fields,
      ErrorPolicy onError,
      Transition then) {
    fields.exactlyOne("ItemProcessor", "Iterator");
    for (String each :
        List.of("MaxConcurrency", "ToleratedFailureCount", "ToleratedFailurePercentage")) {
      fields.atMostOne(each, each + "Path");
    }
    fields.atMostOne("ItemSelector", "Parameters");
    Fields processor = fields.object(fields.has("ItemProcessor") ? "ItemProcessor" : "Iterator");
    MapSpec spec = spec(fields, processor, language);
    StateMachine inner = processor == null ? null : machines.processor(processor);
    return inner == null
        ? null
        : new State.MapState(name, comment, language, data, spec, inner, onError, then);
  }

  private MapSpec spec(Fields fields, @Nullable Fields processor, QueryLanguage language) {
    ItemSourceParser.Sources read = sources.read(fields, language);
    return new MapSpec(
        processor == null ? MapSpec.Mode.INLINE : mode(processor),
        items(fields, language),
        expressions.template(
            language, fields, fields.has("ItemSelector") ? "ItemSelector" : "Parameters"),
        count(fields, language, "MaxConcurrency"),
        count(fields, language, "ToleratedFailureCount"),
        percentage(fields, language),
        label(fields),
        fields.get("ItemReader"),
        fields.get("ItemBatcher"),
        fields.get("ResultWriter"),
        read.source(),
        read.batcher(),
        read.sink());
  }

  private @Nullable Expr items(Fields fields, QueryLanguage language) {
    if (language == QueryLanguage.JSONPATH) {
      return expressions.path(fields, "ItemsPath", PathKind.REFERENCE);
    }
    JsonNode items = fields.get("Items");
    if (items != null && !items.isContainer() && !Expressions.isExpression(items)) {
      fields.expected("[ARRAY]", "Items");
      return null;
    }
    return expressions.template(language, fields, "Items");
  }

  private @Nullable Expr count(Fields fields, QueryLanguage language, String field) {
    return expressions.integer(
        language, fields, field, 0, Long.MAX_VALUE, PathKind.REFERENCE_WITHOUT_CONTEXT);
  }

  private @Nullable Expr percentage(Fields fields, QueryLanguage language) {
    String field = "ToleratedFailurePercentage";
    if (fields.has(field + "Path") && language == QueryLanguage.JSONPATH) {
      return expressions.path(fields, field + "Path", PathKind.REFERENCE_WITHOUT_CONTEXT);
    }
    if (language == QueryLanguage.JSONATA && Expressions.isExpression(fields.get(field))) {
      return expressions.template(language, fields, field);
    }
    return fields.number(field, 0.0, 100.0) == null ? null : Expressions.literal(fields, field);
  }

  private static MapSpec.Mode mode(Fields processor) {
    Fields config = processor.object("ProcessorConfig");
    if (config == null) {
      return MapSpec.Mode.INLINE;
    }
    String mode = config.oneOf("Mode", List.of("INLINE", "DISTRIBUTED"));
    if (!"DISTRIBUTED".equals(mode)) {
      config.only(Set.of("Mode"));
      return MapSpec.Mode.INLINE;
    }
    config.only(PROCESSOR_CONFIG);
    config.require("ExecutionType");
    String type = config.oneOf("ExecutionType", List.of("STANDARD", "EXPRESS"));
    return "EXPRESS".equals(type)
        ? MapSpec.Mode.DISTRIBUTED_EXPRESS
        : MapSpec.Mode.DISTRIBUTED_STANDARD;
  }

  private static @Nullable String label(Fields fields) {
    String label = fields.text("Label");
    if (label == null) {
      return null;
    }
    String fault = labelFault(label);
    if (fault != null) {
      fields.faults().error(Code.INVALID_LABEL_NAME, fault, fields.at("Label"));
      return null;
    }
    return label;
  }

  private static @Nullable String labelFault(String label) {
    if (label.isEmpty()) {
      return "Label cannot be empty";
    }
    if (label.codePointCount(0, label.length()) > MAX_LABEL) {
      return "The label '%s' exceeds the %d-character limit allowed by the service"
          .formatted(label, MAX_LABEL);
    }
    for (int i = 0; i < label.length(); i++) {
      char c = label.charAt(i);
      if (Character.isWhitespace(c)
          || Character.isISOControl(c)
          || LABEL_FORBIDS.indexOf(c) >= 0
          || c >= '\uFFFE') {
        return "Label contains invalid character: '%s'"
            .formatted(c < ' ' || c > '~' ? "\\u%04X".formatted((int) c) : c);
      }
    }
    return null;
  }
}
