package io.gradus.asl.cloudformation;

import io.gradus.asl.validate.MachineType;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A state machine that was found in a template, or a definition alone.
///
/// @param logicalId its name in the template; empty for a definition alone
/// @param name a good name for it here; empty where there is none to go by
/// @param definition JSON with placeholders, some of which may stand without quotes (see
///   [Placeholders]); null where it is in a file of its own
/// @param file where the template says that the definition is; null where it is in the template
/// @param sources what the template fills placeholders with, by their names
public record TemplateMachine(
    String logicalId,
    String name,
    MachineType type,
    Map<String, String> tags,
    @Nullable String definition,
    @Nullable String file,
    Map<String, String> sources) {
  public TemplateMachine {
    tags = Map.copyOf(tags);
    sources = Map.copyOf(sources);
  }

  /// The same with the definition that its file has.
  TemplateMachine with(String text) {
    return new TemplateMachine(logicalId, name, type, tags, text, file, sources);
  }

  /// A definition that belongs to no template.
  static TemplateMachine alone(String definition) {
    return new TemplateMachine("", "", MachineType.STANDARD, Map.of(), definition, null, Map.of());
  }

  /// What came of looking for state machines.
  public sealed interface Read {}

  /// Those that were found, in the order of the template; at least one.
  ///
  /// @param inTemplate whether it was a template, and not a definition alone
  public record Found(List<TemplateMachine> machines, boolean inTemplate, Lookup lookup)
      implements Read {
    public Found {
      machines = List.copyOf(machines);
    }
  }

  /// Why there are none; line and column count from 1.
  public record Fault(String message, int line, int column) implements Read {}
}
