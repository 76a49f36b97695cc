package io.gradus.asl.cloudformation;

import io.gradus.asl.cloudformation.TemplateMachine.Fault;
import io.gradus.asl.cloudformation.TemplateMachine.Found;
import io.gradus.asl.validate.MachineType;
import io.gradus.asl.validate.StateMachineNames;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// One reading of a template: its state machines, each with its definition or where that is.
final class TemplateReading {
  /// So many state machines are taken from one template.
  private static final int MOST = 100;

  private static final int MAX_TAGS = 50;
  private static final int MAX_NAME = 80;

  private static final List<String> TYPES =
      List.of("AWS::StepFunctions::StateMachine", "AWS::Serverless::StateMachine");

  private final String text;
  private final JsonNode resources;
  private final Home home;
  private final References references;
  private final Intrinsics intrinsics = new Intrinsics();

  TemplateReading(String text, JsonNode template, Home home) {
    this.text = text;
    this.home = home;
    resources = template.path("Resources");
    references = new References(template, home);
  }

  Found read() throws TemplateFault {
    Map<String, JsonNode> found = new LinkedHashMap<>();
    for (Entry<String, JsonNode> each : resources.properties()) {
      if (TYPES.contains(each.getValue().path("Type").asString(""))) {
        found.put(each.getKey(), each.getValue().path("Properties"));
      }
    }
    if (found.isEmpty()) {
      throw new TemplateFault(Templates.none(line("Resources")));
    }
    if (found.size() > MOST) {
      throw new TemplateFault("The template has more than " + MOST + " state machines");
    }
    // All names first: one state machine may start another.
    for (Entry<String, JsonNode> each : found.entrySet()) {
      references.name(each.getKey(), name(each.getKey(), each.getValue()));
    }
    List<TemplateMachine> machines = new ArrayList<>();
    for (Entry<String, JsonNode> each : found.entrySet()) {
      machines.add(placed(each.getKey(), each.getValue()));
    }
    return new Found(machines, true, new Lookup(references, intrinsics.others(), home));
  }

  private TemplateMachine placed(String logicalId, JsonNode properties) throws TemplateFault {
    try {
      return machine(logicalId, properties);
    } catch (TemplateFault e) {
      throw new TemplateFault(
          new Fault(logicalId + ": " + e.fault().message(), line(logicalId), 1));
    }
  }

  private TemplateMachine machine(String logicalId, JsonNode properties) throws TemplateFault {
    Map<String, String> sources = new LinkedHashMap<>();
    for (Entry<String, JsonNode> each : properties.path("DefinitionSubstitutions").properties()) {
      sources.put(each.getKey(), intrinsics.text(each.getValue()));
    }
    JsonNode inline = properties.path("Definition");
    JsonNode string = properties.path("DefinitionString");
    String file = null;
    String definition = null;
    if (isIncluded(inline) || isIncluded(string)) {
      JsonNode from = isIncluded(inline) ? inline : string;
      file = location(from.path("Fn::Transform").path("Parameters").path("Location"));
    } else if (inline.isObject()) {
      definition = intrinsics.tree(inline).toString();
    } else if (!string.isMissingNode() || inline.isString()) {
      definition = intrinsics.text(inline.isString() ? inline : string);
    } else if (properties.has("DefinitionUri")) {
      file = location(properties.path("DefinitionUri"));
    } else {
      file = location(properties.path("DefinitionS3Location"));
    }
    return new TemplateMachine(
        logicalId,
        name(logicalId, properties),
        type(properties),
        tags(properties.path("Tags")),
        definition,
        file,
        sources);
  }

  private static boolean isIncluded(JsonNode value) {
    return value.path("Fn::Transform").path("Name").asString("").equals("AWS::Include");
  }

  /// As it is shown; empty where the template does not say where.
  private String location(JsonNode location) throws TemplateFault {
    if (location.has("Bucket")) {
      return "s3://"
          + intrinsics.text(location.path("Bucket"))
          + "/"
          + intrinsics.text(location.path("Key"));
    }
    return location.isMissingNode() ? "" : intrinsics.text(location);
  }

  private String name(String logicalId, JsonNode properties) throws TemplateFault {
    JsonNode written =
        properties.has("StateMachineName")
            ? properties.path("StateMachineName")
            : properties.path("Name");
    String name = written.isMissingNode() ? null : references.value(intrinsics.text(written));
    if (name != null && StateMachineNames.fault(name) == null) {
      return name;
    }
    String plain = logicalId.replaceAll("[^A-Za-z0-9_-]+", "-");
    return plain.substring(0, Math.min(MAX_NAME, plain.length()));
  }

  private MachineType type(JsonNode properties) throws TemplateFault {
    JsonNode written =
        properties.has("StateMachineType")
            ? properties.path("StateMachineType")
            : properties.path("Type");
    String type = written.isMissingNode() ? null : references.value(intrinsics.text(written));
    return "EXPRESS".equals(type) ? MachineType.EXPRESS : MachineType.STANDARD;
  }

  /// SAM has an object of them, CloudFormation a list.
  private Map<String, String> tags(JsonNode written) throws TemplateFault {
    Map<String, JsonNode> tags = new LinkedHashMap<>();
    if (written.isArray()) {
      for (JsonNode each : written) {
        tags.put(each.path("Key").asString(""), each.path("Value"));
      }
    } else {
      written.properties().forEach(each -> tags.put(each.getKey(), each.getValue()));
    }
    Map<String, String> known = new LinkedHashMap<>();
    for (Entry<String, JsonNode> each : tags.entrySet()) {
      String value = references.value(intrinsics.text(each.getValue()));
      boolean taken = !each.getKey().isBlank() && value != null && known.size() < MAX_TAGS;
      if (taken) {
        known.put(each.getKey(), value);
      }
    }
    return known;
  }

  /// The first line that has this key, from 1.
  private int line(String key) {
    Matcher found =
        Pattern.compile("(?m)^[\\s{]*[\"']?" + Pattern.quote(key) + "[\"']?\\s*:").matcher(text);
    return found.find() ? (int) text.substring(0, found.end()).lines().count() : 1;
  }
}
