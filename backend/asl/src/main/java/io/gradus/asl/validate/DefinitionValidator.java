package io.gradus.asl.validate;

import io.gradus.asl.model.Definition;
import io.gradus.asl.model.StateMachine;
import io.gradus.asl.parse.DefinitionParser;
import io.gradus.asl.parse.Diagnostic;
import io.gradus.asl.parse.Faults;
import io.gradus.asl.parse.Parsed;
import io.gradus.asl.parse.Source;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// Every fault of a definition: its syntax, and what only the whole shows. Warnings are among them;
/// a definition without errors can be created.
///
/// Nothing here throws for what a text contains. Thread-safe.
public final class DefinitionValidator {
  private DefinitionValidator() {}

  /// What a definition is held to.
  ///
  /// @param type what the machine is to be: Express workflows take less
  /// @param resources the integrations a Task may name
  public record Options(MachineType type, KnownResources resources) {
    public static final Options STANDARD = new Options(MachineType.STANDARD, KnownResources.AWS);
    public static final Options EXPRESS = new Options(MachineType.EXPRESS, KnownResources.AWS);
  }

  /// The faults, in AWS's order as far as it is known: of the syntax first.
  public static List<Diagnostic> validate(String json, Options options) {
    return check(json, options).diagnostics();
  }

  /// The faults, and the definition where none is an error: for creating a machine, which needs
  /// both.
  public static Parsed check(String json, Options options) {
    Faults faults = new Faults();
    Source source = Source.read(json, faults);
    StateMachine machine = DefinitionParser.read(source, faults);
    ObjectNode tree = source.tree();
    if (tree != null) {
      rules(Outline.of(tree, options.type()), options, faults);
    }
    return new Parsed(
        faults.anyError() || machine == null ? null : new Definition(machine),
        faults.located(source.text()));
  }

  /// As [#check(String, Options)] for a definition as bytes; malformed UTF-8 is a fault of it.
  public static Parsed check(byte[] utf8, Options options) {
    Faults faults = new Faults();
    String text = Source.decode(utf8, faults);
    return text == null ? new Parsed(null, faults.located("")) : check(text, options);
  }

  /// The faults of one state on its own, as TestState takes it, and the definition of that state
  /// alone, named [DefinitionParser#TESTED]. Where it leads is not looked at; lines and columns are
  /// not known.
  public static Parsed checkState(String json, Options options) {
    Faults faults = new Faults();
    Source source = Source.readState(json, faults);
    StateMachine machine = DefinitionParser.readState(source, faults);
    ObjectNode tree = source.tree();
    if (tree != null) {
      Outline state = Outline.of(tree, options.type());
      NameRules.check(state, faults);
      ResourceRules.check(state, options.resources(), faults);
      VariableRules.check(state, faults);
      StaticTextRules.check(state, faults);
    }
    return new Parsed(
        faults.anyError() || machine == null ? null : new Definition(machine),
        faults.located(source.text()));
  }

  private static void rules(Outline definition, Options options, Faults faults) {
    NameRules.check(definition, faults);
    ResourceRules.check(definition, options.resources(), faults);
    VariableRules.check(definition, faults);
    TransitionRules.check(definition, faults);
    StaticTextRules.check(definition, faults);
  }
}
