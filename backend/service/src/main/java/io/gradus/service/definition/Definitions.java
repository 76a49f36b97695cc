package io.gradus.service.definition;

import io.gradus.asl.model.Definition;
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
