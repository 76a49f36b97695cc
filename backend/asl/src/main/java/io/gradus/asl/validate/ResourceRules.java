package io.gradus.asl.validate;

import io.gradus.asl.model.Resource;
import io.gradus.asl.parse.Diagnostic.Code;
import io.gradus.asl.parse.Faults;
import io.gradus.asl.parse.Location;
import io.gradus.asl.validate.Outline.Step;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// What a Task names is something that can be called, in the kind of workflow it is called from,
/// with what the call needs.
final class ResourceRules {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{[^}]*}");
  private static final Pattern ARN = Pattern.compile("arn:[^:]+:[^:]+:[^:]*:[^:]*:.+");

  /// Region and account may be named; nearly everybody leaves them out.
  private static final Pattern INTEGRATION = Pattern.compile("arn:[^:]+:states:[^:]*:[^:]*:.+");

  private static final Pattern FUNCTION =
      Pattern.compile("arn:[^:]+:lambda:[^:]+:[^:]+:function:[^:]+(:[^:]+)?");
  private static final Pattern ACTIVITY =
      Pattern.compile("arn:[^:]+:states:[^:]+:[^:]+:activity:[^:]+");

  private final KnownResources known;
  private final Faults faults;

  private ResourceRules(KnownResources known, Faults faults) {
    this.known = known;
    this.faults = faults;
  }

  static void check(Outline definition, KnownResources known, Faults faults) {
    ResourceRules rules = new ResourceRules(known, faults);
    definition.each(
        machine -> {
          for (Step step : machine.steps()) {
            if (step.type().equals("Task")) {
              rules.task(step, machine.express());
            } else if (step.type().equals("Map") && machine.express()) {
              rules.mode(step);
            }
          }
        });
  }

  private void task(Step step, boolean express) {
    String arn = step.text("Resource");
    if (arn == null) {
      return;
    }
    Location at = step.at().field("Resource");
    if (!ARN.matcher(arn).matches() || PLACEHOLDER.matcher(arn).find()) {
      faults.schema("Value is not a valid resource ARN", at);
      return;
    }
    Resource resource = new Resource(arn);
    if (resource.resourceType().equals("approval") && !resource.isApproval()) {
      faults.schema(
          "An approval waits for a person: its resource is"
              + " arn:aws:states:::approval:request.waitForTaskToken",
          at);
      return;
    }
    boolean activity = ACTIVITY.matcher(arn).matches();
    boolean integration = !activity && INTEGRATION.matcher(arn).matches();
    if (integration ? !known.knows(resource) : !activity && !FUNCTION.matcher(arn).matches()) {
      unknown(arn, at);
      return;
    }
    if (express) {
      express(resource, activity, at);
    }
    if (activity && step.node().has("Credentials")) {
      faults.schema(
          "The field 'Credentials' is not supported for activities",
          step.at().field("Credentials"));
    }
    if (integration) {
      arguments(step, resource);
    }
  }

  /// Of the services whose resources are named in full, one is told what is missing.
  private void unknown(String arn, Location at) {
    if (arn.split(":", 4)[2].equals("lambda")) {
      faults.error(
          Code.INVALID_RESOURCE,
          ("The resource provided %s is not the ARN of a function:"
                  + " arn:aws:lambda:<region>:<account>:function:<name>")
              .formatted(arn),
          at);
      return;
    }
    faults.schema(
        ("The resource provided %s is not recognized. The value is not a valid resource ARN, or"
                + " the resource is not available in this region.")
            .formatted(arn),
        at);
  }

  private void express(Resource resource, boolean activity, Location at) {
    String what =
        switch (resource.pattern()) {
          case REQUEST_RESPONSE -> activity ? "Activity ARN" : "";
          case SYNC -> "'.sync' service integration";
          // The trailing space is AWS's.
          case WAIT_FOR_TASK_TOKEN -> "'.waitForTaskToken' service integration ";
        };
    if (!what.isEmpty()) {
      faults.schema("Express state machine does not support " + what, at);
    }
  }

  private void mode(Step step) {
    for (Outline inner : step.inner()) {
      if (inner.boundary()) {
        faults.schema(
            "The field 'Mode' with value 'DISTRIBUTED' is not supported inside 'EXPRESS' state"
                + " machines",
            inner.at().field("ProcessorConfig").field("Mode"));
      }
    }
  }

  private void arguments(Step step, Resource resource) {
    JsonNode parameters = step.node().get("Parameters");
    JsonNode arguments = step.node().get("Arguments");
    if (parameters == null && arguments == null) {
      faults.schema(
          "%s field is required for resource ARN: %s"
              .formatted(step.jsonata() ? "Arguments" : "Parameters", resource.arn()),
          step.at());
      return;
    }
    JsonNode given = parameters == null ? arguments : parameters;
    if (!given.isObject()) {
      return;
    }
    for (String field : OptimisedIntegrations.required(resource)) {
      if (!given.has(field) && !given.has(field + ".$")) {
        faults.schema(
            "The field '%s' is required but was missing".formatted(field),
            step.at().field(parameters == null ? "Arguments" : "Parameters"));
      }
    }
    if (resource.resourceType().equals("sql")) {
      statement(step, given, step.at().field(parameters == null ? "Arguments" : "Parameters"));
    }
  }

  /// A statement put together from data is how databases are lost.
  private void statement(Step step, JsonNode given, Location at) {
    String made = given.has("Statement.$") ? "Statement.$" : "Statement";
    if (made.endsWith(".$")
        || (step.jsonata() && given.path(made).asString("").strip().startsWith("{%"))) {
      faults.schema(
          "The statement of sql:query must be written out, with a ? for each value of Parameters",
          at.field(made));
    }
  }
}
