package io.gradus.asl.parse;

import io.gradus.asl.expr.Syntax;
import io.gradus.asl.model.Expr;
import io.gradus.asl.model.QueryLanguage;
import io.gradus.asl.parse.Diagnostic.Code;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;

/// Turns values of a definition into expressions, and notes what is not one.
///
/// | written | expression |
/// |---|---|
/// | `"a.$": "$.b"` in a JSONPath template | `a → Path($.b)` |
/// | `"a.$": "States.UUID()"` in a JSONPath template | `a → Intrinsic` |
/// | `"{% $x %}"` anywhere in a JSONata template | `Jsonata($x)` |
/// | anything without one of these inside | `Literal` |
final class Expressions {
  /// Where a path may lead, and what it may read.
  enum PathKind {
    /// Any path, of the document, the context object or a variable.
    ANY,
    /// A path to one place, of the document, the context object or a variable.
    REFERENCE,
    /// A path to one place of the document or a variable.
    REFERENCE_WITHOUT_CONTEXT,
    /// A path to one place of the document, written to.
    DOCUMENT_PLACE
  }

  static final String SUFFIX = ".$";
  static final Expr NOTHING = new Expr.Literal(JsonNodeFactory.instance.objectNode());

  private static final String OPEN = "{%";
  private static final String CLOSE = "%}";

  private final Faults faults;
  private boolean catching;
  private boolean resultless;

  Expressions(Faults faults) {
    this.faults = faults;
  }

  Expr template(QueryLanguage language, JsonNode value, Location at) {
    return switch (language) {
      case JSONPATH -> payload(value, at);
      case JSONATA -> query(value, at);
    };
  }

  /// A template field of an object; null where it is absent.
  @Nullable Expr template(QueryLanguage language, Fields fields, String field) {
    JsonNode value = fields.get(field);
    return value == null ? null : template(language, value, fields.at(field));
  }

  /// A JSONPath payload template.
  private Expr payload(JsonNode value, Location at) {
    if (value.isObject()) {
      Map<String, Expr> members = new LinkedHashMap<>();
      boolean constant = true;
      for (Map.Entry<String, JsonNode> member : value.properties()) {
        String name = member.getKey();
        Expr expr;
        if (name.endsWith(SUFFIX)) {
          expr = dynamic(name, member.getValue(), at);
          name = name.substring(0, name.length() - SUFFIX.length());
          constant = false;
        } else {
          expr = payload(member.getValue(), at.field(name));
          constant &= expr instanceof Expr.Literal;
        }
        members.put(name, expr);
      }
      return constant ? new Expr.Literal(value) : new Expr.Obj(members);
    }
    if (value.isArray()) {
      List<Expr> items = new ArrayList<>();
      boolean constant = true;
      for (int i = 0; i < value.size(); i++) {
        Expr item = payload(value.get(i), at.index(i));
        constant &= item instanceof Expr.Literal;
        items.add(item);
      }
      return constant ? new Expr.Literal(value) : new Expr.Arr(items);
    }
    return new Expr.Literal(value);
  }

  /// The value of a `name.$` member. AWS places its fault at the object that holds the member.
  private Expr dynamic(String name, JsonNode value, Location at) {
    if (!value.isString()) {
      faults.schema(
          "The value for the field '%s' must be a STRING that contains a JSONPath but was an %s"
              .formatted(name, value.getNodeType()),
          at,
          at.field(name));
      return new Expr.Literal(value);
    }
    try {
      return Syntax.parseIntrinsicOrPath(value.stringValue());
    } catch (IllegalArgumentException e) {
      faults.schema(
          ("The value for the field '%s' must be a valid JSONPath or a valid intrinsic function"
                  + " call")
              .formatted(name),
          at,
          at.field(name));
      return new Expr.Literal(value);
    }
  }

  /// A JSONata template.
  private Expr query(JsonNode value, Location at) {
    if (value.isObject()) {
      Map<String, Expr> members = new LinkedHashMap<>();
      boolean constant = true;
      for (Map.Entry<String, JsonNode> member : value.properties()) {
        Expr expr = query(member.getValue(), at.field(member.getKey()));
        constant &= expr instanceof Expr.Literal;
        members.put(member.getKey(), expr);
      }
      return constant ? new Expr.Literal(value) : new Expr.Obj(members);
    }
    if (value.isArray()) {
      List<Expr> items = new ArrayList<>();
      boolean constant = true;
      for (int i = 0; i < value.size(); i++) {
        Expr item = query(value.get(i), at.index(i));
        constant &= item instanceof Expr.Literal;
        items.add(item);
      }
      return constant ? new Expr.Literal(value) : new Expr.Arr(items);
    }
    return value.isString() ? string(value, at) : new Expr.Literal(value);
  }

  private Expr string(JsonNode value, Location at) {
    String text = value.stringValue();
    boolean opens = text.startsWith(OPEN);
    boolean closes = text.endsWith(CLOSE) && text.length() >= OPEN.length() + CLOSE.length();
    if (opens != closes) {
      faults.schema("JSONata string must start with {% and end with %}", at);
    }
    if (!opens || !closes) {
      return new Expr.Literal(value);
    }
    String expression = text.substring(OPEN.length(), text.length() - CLOSE.length()).strip();
    String fault = Syntax.jsonataFault(expression);
    if (fault == null) {
      references(JsonataReferences.of(expression), at);
    } else {
      // AWS leaves the code of JSONata's own errors (`S0202: `) out.
      faults.error(Code.INVALID_JSONATA_EXPRESSION, fault.replaceFirst("^[A-Z]\\d{4}: ", ""), at);
    }
    return new Expr.Jsonata(expression);
  }

  private void references(JsonataReferences found, Location at) {
    for (String name : found.context()) {
      faults.error(
          Code.UNSUPPORTED_JSONATA_EXPRESSION,
          name.equals("$$")
              ? "Reference to '$$' is not supported."
              : "Reference to '%s' at the top level is not supported.".formatted(name),
          at);
    }
    if (!catching && found.statesFields().contains("errorOutput")) {
      missing("errorOutput", at);
    }
    if (resultless && found.statesFields().contains("result")) {
      missing("result", at);
    }
  }

  private void missing(String field, Location at) {
    faults.error(
        Code.UNSUPPORTED_JSONATA_EXPRESSION, "Field '$states." + field + "' does not exist.", at);
  }

  /// Says whether what is read next belongs to a state that does no work, and so has no
  /// `$states.result`.
  void resultless(boolean now) {
    resultless = now;
  }

  /// Says whether what is read next belongs to a catcher, where `$states.errorOutput` is.
  void catching(boolean now) {
    catching = now;
  }

  /// Whether this is a `{% … %}` string, or the beginning of one.
  static boolean isExpression(@Nullable JsonNode value) {
    return value != null && value.isString() && value.stringValue().startsWith(OPEN);
  }

  /// A path field; null where it is absent, [#NOTHING] where it is `null` and may be.
  @Nullable Expr pathOrNothing(Fields fields, String field) {
    return fields.get(field) instanceof NullNode ? NOTHING : path(fields, field, PathKind.ANY);
  }

  Expr.@Nullable Path path(Fields fields, String field, PathKind kind) {
    String text = fields.text(field);
    if (text == null) {
      return null;
    }
    // AWS takes spaces around a path.
    String path = text.strip();
    String fault = pathFault(path, kind);
    if (fault != null) {
      faults.schema(fault, fields.at(field));
      return null;
    }
    return new Expr.Path(path);
  }

  static @Nullable String pathFault(String text, PathKind kind) {
    if (!text.startsWith("$")) {
      return kind == PathKind.ANY || kind == PathKind.DOCUMENT_PLACE
          ? "Value must be a valid JSONPath."
          : "Value is not a Reference Path: Reference path didn't start with '$'";
    }
    if (kind == PathKind.ANY) {
      return Syntax.jsonPathFault(text) == null ? null : "Value must be a valid JSONPath.";
    }
    boolean allowed =
        switch (kind) {
          case ANY, REFERENCE -> true;
          case REFERENCE_WITHOUT_CONTEXT -> !text.startsWith("$$");
          case DOCUMENT_PLACE ->
              text.length() == 1 || text.charAt(1) == '.' || text.charAt(1) == '[';
        };
    return allowed && Syntax.referencePathFault(text) == null
        ? null
        : "Value is not a Reference Path";
  }

  /// A path or an intrinsic call, such as `ErrorPath` takes.
  @Nullable Expr pathOrIntrinsic(Fields fields, String field) {
    String text = fields.text(field);
    if (text == null) {
      return null;
    }
    try {
      return Syntax.parseIntrinsicOrPath(text);
    } catch (IllegalArgumentException e) {
      faults.schema(
          ("The value for the field '%s' must be a valid JSONPath or a valid intrinsic function"
                  + " call")
              .formatted(field),
          fields.at(field));
      return null;
    }
  }

  /// A whole-number field: a literal, a `{% … %}` in JSONata, its `…Path` spelling in JSONPath.
  ///
  /// @param kind what the `…Path` spelling may read
  @Nullable Expr integer(
      QueryLanguage language, Fields fields, String field, long min, long max, PathKind kind) {
    if (language == QueryLanguage.JSONATA && isExpression(fields.get(field))) {
      return template(language, fields, field);
    }
    if (language == QueryLanguage.JSONPATH && fields.has(field + "Path")) {
      return path(fields, field + "Path", kind);
    }
    return fields.integer(field, min, max) == null ? null : literal(fields, field);
  }

  static @Nullable Expr literal(Fields fields, String field) {
    JsonNode value = fields.get(field);
    return value == null ? null : new Expr.Literal(value);
  }

  /// `Assign`: variable names are checked by the validator, values here.
  Map<String, Expr> assign(QueryLanguage language, Fields fields) {
    Fields assign = fields.object("Assign");
    if (assign == null) {
      return Map.of();
    }
    return switch (template(language, assign.node(), assign.at())) {
      case Expr.Obj obj -> obj.fields();
      case Expr.Literal literal -> {
        Map<String, Expr> constants = new LinkedHashMap<>();
        literal
            .value()
            .properties()
            .forEach(each -> constants.put(each.getKey(), new Expr.Literal(each.getValue())));
        yield constants;
      }
      case Expr.Path _, Expr.Intrinsic _, Expr.Jsonata _, Expr.Arr _ ->
          throw new IllegalStateException("expected Assign to stay an object");
    };
  }
}
