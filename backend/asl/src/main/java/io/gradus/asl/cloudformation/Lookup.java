package io.gradus.asl.cloudformation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Map.Entry;
import org.jspecify.annotations.Nullable;

/// Answers for the placeholders of one template's state machines.
public final class Lookup {
  /// So many are asked for; more of them stay open.
  public static final int MOST = 200;

  private final References references;
  private final Map<String, String> others;
  private final Map<String, String> pseudo;

  Lookup(References references, Map<String, String> others, Home home) {
    this.references = references;
    this.others = Map.copyOf(others);
    pseudo = home.pseudoParameters();
  }

  /// What the author is to be asked for, in the order of the text: all but what is known for sure.
  ///
  /// @return none where the definition is not known yet
  public List<Asked> asked(TemplateMachine machine) {
    String definition = machine.definition();
    List<Asked> asked = new ArrayList<>();
    if (definition == null) {
      return asked;
    }
    for (String name : Placeholders.in(definition)) {
      boolean known = !machine.sources().containsKey(name) && pseudo.containsKey(name);
      if (!known && asked.size() < MOST) {
        String given = machine.sources().get(name);
        asked.add(given == null ? asked(name, definition) : asked(name, given, true));
      }
    }
    return asked;
  }

  /// One that is the template's own, or nobody's.
  private Asked asked(String name, String definition) {
    Asked asked = asked(name, "${" + name + "}", !references.origin(name).isEmpty());
    return asked.proposal() == null && asked.origin().isEmpty()
        ? new Asked(name, asked.source(), "", guess(name, definition), null)
        : asked;
  }

  private Asked asked(String name, String source, boolean told) {
    String only = only(source);
    String origin = only == null ? "" : references.origin(only);
    String proposal = references.value(source);
    String function = only == null || proposal == null ? null : references.function(only);
    String shown = only == null ? source : others.getOrDefault(only, told ? source : "");
    return new Asked(name, shown, origin, proposal, function);
  }

  /// What a name or its place gives away: definitions that are to go anywhere leave these out.
  private @Nullable String guess(String name, String definition) {
    if (definition.contains("arn:${" + name + "}:")) {
      return pseudo.get("AWS::Partition");
    }
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "region", "awsregion", "aws_region" -> pseudo.get("AWS::Region");
      case "accountid", "awsaccountid", "account_id", "aws_account_id" ->
          pseudo.get("AWS::AccountId");
      default -> null;
    };
  }

  /// The one reference that a text is; null where it is more than that.
  private static @Nullable String only(String text) {
    var found = Placeholders.PLACEHOLDER.matcher(text);
    return found.matches() ? found.group(1) : null;
  }

  /// The definition with these values, and with what is known for sure.
  ///
  /// @param values by the placeholders' names; what has none stays open
  /// @return null where it would be longer than a definition may be, or is not known yet
  public @Nullable String filled(TemplateMachine machine, Map<String, String> values) {
    String definition = machine.definition();
    if (definition == null) {
      return null;
    }
    Map<String, String> all = new HashMap<>(values);
    for (Entry<String, String> each : pseudo.entrySet()) {
      if (!machine.sources().containsKey(each.getKey())) {
        all.putIfAbsent(each.getKey(), each.getValue());
      }
    }
    return Placeholders.fill(definition, all);
  }
}
