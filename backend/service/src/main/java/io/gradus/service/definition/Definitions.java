package io.gradus.service.definition;

import io.gradus.asl.model.Definition;
import io.gradus.asl.model.StateName;
import io.gradus.asl.parse.DefinitionParser;
import io.gradus.asl.parse.Diagnostic;
import io.gradus.asl.parse.Parsed;
import io.gradus.asl.validate.DefinitionValidator;
import io.gradus.asl.validate.InvalidDefinitionMessage;
import io.gradus.asl.validate.MachineType;
import io.gradus.service.ErrorCode;
import io.gradus.service.Refusal;
import java.util.List;

/// The language, as the use cases need it.
public final class Definitions {
  /// The name of a state that is looked at on its own.
  public static final StateName TESTED = DefinitionParser.TESTED;

  private Definitions() {}

  /// Every fault of a definition, errors and warnings; empty for a sound one.
  public static List<Diagnostic> validate(String definition, MachineType type) {
    return DefinitionValidator.validate(
        definition,
        switch (type) {
          case STANDARD -> DefinitionValidator.Options.STANDARD;
          case EXPRESS -> DefinitionValidator.Options.EXPRESS;
        });
  }

  /// Lets a definition without errors pass.
  ///
  /// @throws Refusal InvalidDefinition
  static void check(String definition, MachineType type) {
    List<Diagnostic> faults = validate(definition, type);
    if (faults.stream().anyMatch(d -> d.severity() == Diagnostic.Severity.ERROR)) {
      throw new Refusal(ErrorCode.INVALID_DEFINITION, InvalidDefinitionMessage.of(faults));
    }
  }

  /// A definition without errors, as the engine takes it.
  ///
  /// @throws Refusal InvalidDefinition
  public static Definition sound(String definition) {
    return sound(DefinitionValidator.check(definition, DefinitionValidator.Options.STANDARD));
  }

  /// One state without errors, as a definition in which it is [#TESTED].
  ///
  /// @throws Refusal InvalidDefinition
  public static Definition soundState(String definition) {
    return sound(DefinitionValidator.checkState(definition, DefinitionValidator.Options.STANDARD));
  }

  private static Definition sound(Parsed parsed) {
    Definition sound = parsed.definition();
    if (sound == null) {
      throw new Refusal(
          ErrorCode.INVALID_DEFINITION, InvalidDefinitionMessage.of(parsed.diagnostics()));
    }
    return sound;
  }

  /// A definition that was found sound when it was stored.
  static Definition parse(String definition) {
    Parsed parsed = DefinitionParser.parse(definition);
    Definition sound = parsed.definition();
    if (sound == null) {
      throw new IllegalStateException(
          "expected a stored definition to be sound, found " + parsed.diagnostics());
    }
    return sound;
  }
}
