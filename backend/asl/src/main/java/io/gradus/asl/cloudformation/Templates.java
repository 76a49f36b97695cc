package io.gradus.asl.cloudformation;

import io.gradus.asl.cloudformation.TemplateMachine.Fault;
import io.gradus.asl.cloudformation.TemplateMachine.Found;
import io.gradus.asl.cloudformation.TemplateMachine.Read;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/// Finds the state machines in a text: a CloudFormation or SAM template or a definition, each as
/// JSON or YAML.
public final class Templates {
  /// The longest text that is read, in characters: CloudFormation's own bound.
  public static final int MAX_LENGTH = 1_048_576;

  /// What says that a text is meant to be a template, even where it cannot be read.
  private static final Pattern MARK =
      Pattern.compile("(?m)^[\\s{]*[\"']?(AWSTemplateFormatVersion|Resources)[\"']?\\s*:");

  private Templates() {}

  /// What a text has. JSON that is no template is taken as a definition even where it cannot be
  /// read: whoever shows it says where. Never throws for what the text contains.
  public static Read read(String text, Home home) {
    try {
      JsonNode template = template(text);
      return template == null
          ? alone(text, home)
          : new TemplateReading(text, template, home).read();
    } catch (TemplateFault e) {
      return e.fault();
    }
  }

  /// The definition of a state machine, from the file that the template names.
  ///
  /// @return the same state machine with it, or why it can't be read
  public static Read withFile(Found found, TemplateMachine machine, String text) {
    try {
      TemplateMachine whole = machine.with(TextReading.definition(text));
      return new Found(List.of(whole), found.inTemplate(), found.lookup());
    } catch (TemplateFault e) {
      return e.fault();
    }
  }

  private static @Nullable JsonNode template(String text) throws TemplateFault {
    if (text.length() > MAX_LENGTH) {
      throw new TemplateFault("This is longer than 1 MB");
    }
    try {
      JsonNode tree = TextReading.tree(text);
      boolean template =
          tree.isObject()
              && !tree.has("States")
              && (tree.has("Resources") || tree.has("AWSTemplateFormatVersion"));
      return template ? tree : null;
    } catch (TemplateFault e) {
      if (MARK.matcher(text).find()) {
        throw e;
      }
      return null;
    }
  }

  private static Read alone(String text, Home home) throws TemplateFault {
    var references = new References(MissingNode.getInstance(), home);
    var machine = TemplateMachine.alone(TextReading.definition(text));
    var lookup = new Lookup(references, new Intrinsics().others(), home);
    return new Found(List.of(machine), false, lookup);
  }

  /// Where a reading ends that found none.
  static Fault none(int line) {
    return new Fault(
        "The template has no state machine: no resource of the type AWS::StepFunctions::StateMachine"
            + " or AWS::Serverless::StateMachine",
        line,
        1);
  }
}
