package io.gradus.service.arn;

import io.gradus.service.Caller;
import io.gradus.service.ErrorCode;
import io.gradus.service.Refusal;
import java.util.Set;
import java.util.regex.Pattern;

/// Reads ARNs that callers send, and makes those of this installation.
///
/// An ARN of another account is refused here, before anything is looked up, so that the answer is
/// the same whether the thing exists or not.
public final class Arns {
  private static final int PARTS = 6;
  private static final Pattern ACCOUNT = Pattern.compile("\\d{12}");

  /// What AWS documents to fail with ValidationException for the ARN of a distributed Map state.
  private static final Set<String> REFUSING_LABELS =
      Set.of("StartExecution", "DescribeStateMachine", "UpdateStateMachine", "DeleteStateMachine");

  private final String region;

  /// Makes the ARNs of one region.
  public Arns(String region) {
    this.region = region;
  }

  /// The region of this installation.
  public String region() {
    return region;
  }

  /// The caller's state machine of that name.
  public StatesArn.StateMachine stateMachine(Caller caller, String name) {
    return new StatesArn.StateMachine(region, caller.account(), name, null);
  }

  /// The caller's activity of that name.
  public StatesArn.Activity activity(Caller caller, String name) {
    return new StatesArn.Activity(region, caller.account(), name);
  }

  /// The state machine an ARN names.
  ///
  /// @throws Refusal InvalidArn, or AccessDeniedException for another account's, or
  ///   ValidationException for that of a Map state (`…:stateMachine:name/label`)
  public StatesArn.StateMachine readStateMachine(Caller caller, String action, String arn) {
    if (read(caller, action, arn) instanceof StatesArn.StateMachine machine) {
      if (REFUSING_LABELS.contains(action) && machine.name().indexOf('/') >= 0) {
        throw new Refusal(
            ErrorCode.VALIDATION, action + " does not support the ARN of a Map state: " + arn);
      }
      return machine;
    }
    throw wrongType(arn);
  }

  /// The execution an ARN names, Standard or Express.
  ///
  /// @throws Refusal InvalidArn, or AccessDeniedException for another account's
  public StatesArn readExecution(Caller caller, String action, String arn) {
    return switch (read(caller, action, arn)) {
      case StatesArn.Execution execution -> execution;
      case StatesArn.ExpressExecution execution -> execution;
      case StatesArn.StateMachine _, StatesArn.Activity _, StatesArn.MapRun _ ->
          throw wrongType(arn);
    };
  }

  /// The activity an ARN names.
  ///
  /// @throws Refusal InvalidArn, or AccessDeniedException for another account's
  public StatesArn.Activity readActivity(Caller caller, String action, String arn) {
    if (read(caller, action, arn) instanceof StatesArn.Activity activity) {
      return activity;
    }
    throw wrongType(arn);
  }

  /// The Map Run an ARN names.
  ///
  /// @throws Refusal InvalidArn, or AccessDeniedException for another account's
  public StatesArn.MapRun readMapRun(Caller caller, String action, String arn) {
    if (read(caller, action, arn) instanceof StatesArn.MapRun mapRun) {
      return mapRun;
    }
    throw wrongType(arn);
  }

  /// Whatever an ARN names.
  ///
  /// @throws Refusal InvalidArn, or AccessDeniedException for another account's
  public StatesArn read(Caller caller, String action, String arn) {
    StatesArn parsed = parse(arn);
    if (!parsed.account().equals(caller.account())) {
      throw Access.foreign(caller, action, arn);
    }
    return parsed;
  }

  private static StatesArn parse(String arn) {
    if (!arn.startsWith("arn:")) {
      throw invalid("Invalid ARN prefix: " + arn);
    }
    String[] parts = arn.split(":", PARTS);
    // No text in the database holds it, so nothing is named with it.
    boolean nul = arn.indexOf('\0') >= 0;
    if (nul
        || parts.length < PARTS
        || !parts[1].startsWith("aws")
        || !ACCOUNT.matcher(parts[4]).matches()) {
      throw invalid("Invalid ARN: " + arn);
    }
    if (!parts[2].equals("states")) {
      throw invalid("ARN is not for the service states: " + arn);
    }
    String[] resource = parts[5].split(":", -1);
    for (String part : resource) {
      if (part.isEmpty()) {
        throw invalid("Invalid ARN: " + arn);
      }
    }
    return switch (resource[0] + "/" + resource.length) {
      case "stateMachine/2" -> new StatesArn.StateMachine(parts[3], parts[4], resource[1], null);
      case "stateMachine/3" ->
          new StatesArn.StateMachine(parts[3], parts[4], resource[1], resource[2]);
      case "execution/3" -> new StatesArn.Execution(parts[3], parts[4], resource[1], resource[2]);
      case "express/4" ->
          new StatesArn.ExpressExecution(parts[3], parts[4], resource[1], resource[2], resource[3]);
      case "mapRun/3" -> mapRun(arn, parts, resource);
      case "activity/2" -> new StatesArn.Activity(parts[3], parts[4], resource[1]);
      default -> throw wrongType(arn);
    };
  }

  private static StatesArn.MapRun mapRun(String arn, String[] parts, String[] resource) {
    String[] machine = resource[1].split("/", -1);
    if (machine.length != 2 || machine[0].isEmpty() || machine[1].isEmpty()) {
      throw invalid("Invalid ARN: " + arn);
    }
    return new StatesArn.MapRun(parts[3], parts[4], machine[0], machine[1], resource[2]);
  }

  private static Refusal wrongType(String arn) {
    String[] parts = arn.split(":", -1);
    return invalid(
        "Resource type not valid in this context: " + (parts.length < PARTS ? arn : parts[5]));
  }

  private static Refusal invalid(String what) {
    return new Refusal(ErrorCode.INVALID_ARN, "Invalid Arn: '" + what + "'");
  }
}
