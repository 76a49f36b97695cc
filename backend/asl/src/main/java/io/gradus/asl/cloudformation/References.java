package io.gradus.asl.cloudformation;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What the references of a template are here, as far as that can be known or guessed: a resource
/// that the template does not name has the name that it has in the template.
final class References {
  private final JsonNode parameters;
  private final JsonNode resources;
  private final Home home;
  private final Map<String, String> pseudo;
  private final Map<String, String> given = new HashMap<>();

  References(JsonNode template, Home home) {
    parameters = template.path("Parameters");
    resources = template.path("Resources");
    this.home = home;
    pseudo = home.pseudoParameters();
  }

  /// Gives a resource the name that it gets here, whatever the template says.
  void name(String logicalId, String name) {
    given.put(logicalId, name);
  }

  /// A text with all of its placeholders filled; null where one of them is not known, or it would
  /// be too long to be meant.
  @Nullable String value(String text) {
    Matcher found = Placeholders.PLACEHOLDER.matcher(text);
    StringBuilder value = new StringBuilder();
    while (found.find()) {
      String part = one(found.group(1));
      if (part == null || value.length() > Asked.MAX_LENGTH) {
        return null;
      }
      found.appendReplacement(value, Matcher.quoteReplacement(part));
    }
    found.appendTail(value);
    return value.length() > Asked.MAX_LENGTH ? null : value.toString();
  }

  private @Nullable String one(String reference) {
    String known = pseudo.get(reference);
    if (known != null) {
      return known;
    }
    JsonNode parameter = parameters.path(reference);
    if (parameter.isObject()) {
      return standard(parameter);
    }
    String logicalId = logicalId(reference);
    ResourceKind kind = ResourceKind.of(type(logicalId));
    if (kind == null) {
      return null;
    }
    String attribute = reference.substring(Math.min(reference.length(), logicalId.length() + 1));
    return kind.value(attribute, name(logicalId, kind), home);
  }

  /// A parameter's default; of one that names a parameter kept elsewhere, that is no value.
  private static @Nullable String standard(JsonNode parameter) {
    JsonNode value = parameter.path("Default");
    boolean elsewhere = parameter.path("Type").asString("").startsWith("AWS::SSM::");
    return elsewhere || !value.isValueNode() || value.isNull() ? null : value.asString();
  }

  private String name(String logicalId, ResourceKind kind) {
    String here = given.get(logicalId);
    if (here != null) {
      return here;
    }
    JsonNode resource = resources.path(logicalId);
    JsonNode name = resource.path("Properties").path(kind.nameProperty());
    return name.isString() && !name.stringValue().isBlank() && !name.stringValue().contains("${")
        ? name.stringValue()
        : logicalId;
  }

  /// The type of what a reference names: `AWS::SNS::Topic`, `Parameter`; empty where the template
  /// has nothing of that name.
  String origin(String reference) {
    return parameters.path(reference).isObject() ? "Parameter" : type(logicalId(reference));
  }

  /// The name of the function that a reference leads to; null where it leads to none.
  @Nullable String function(String reference) {
    String logicalId = logicalId(reference);
    ResourceKind kind = ResourceKind.of(type(logicalId));
    return kind != null && kind.isFunction() ? name(logicalId, kind) : null;
  }

  private String type(String logicalId) {
    return resources.path(logicalId).path("Type").asString("");
  }

  private static String logicalId(String reference) {
    int dot = reference.indexOf('.');
    return dot < 0 ? reference : reference.substring(0, dot);
  }
}
