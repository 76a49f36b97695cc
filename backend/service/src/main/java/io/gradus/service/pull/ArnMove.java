package io.gradus.service.pull;

import io.gradus.asl.cloudformation.Home;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a definition names in the account that it comes from becomes what is here: state machines,
/// activities and executions, and those functions that are registered here. Other functions, and
/// every other service, stay where they are: tasks reach them by the tenant's AWS connection.
final class ArnMove {
  private static final int REGION = 3;
  private static final int ACCOUNT = 4;
  private static final int PARTS = 7;

  private final Pattern named;
  private final Home home;
  private final Predicate<String> isRegistered;

  private ArnMove(Pattern named, Home home, Predicate<String> isRegistered) {
    this.named = named;
    this.home = home;
    this.isRegistered = isRegistered;
  }

  /// @param definition its text, which changes nowhere else
  /// @param machineArn of the state machine, as it is there
  /// @param isRegistered whether there is a function of a name here
  static String of(
      String definition, String machineArn, Home home, Predicate<String> isRegistered) {
    String[] parts = machineArn.split(":", PARTS);
    if (parts.length < PARTS) {
      return definition;
    }
    String there = Pattern.quote(parts[REGION] + ":" + parts[ACCOUNT]);
    Pattern named =
        Pattern.compile(
            "arn:aws[a-z-]*:(?:states:"
                + there
                + ":|lambda:"
                + there
                + ":function:(?<function>[a-zA-Z0-9-_]+))");
    return new ArnMove(named, home, isRegistered).moved(definition);
  }

  private String moved(String definition) {
    return named
        .matcher(definition)
        .replaceAll(
            found -> Matcher.quoteReplacement(here(found.group(), found.group("function"))));
  }

  private String here(String found, @Nullable String function) {
    String place = home.region() + ":" + home.account();
    if (function == null) {
      return "arn:aws:states:" + place + ":";
    }
    return isRegistered.test(function)
        ? "arn:aws:lambda:" + place + ":function:" + function
        : found;
  }
}
