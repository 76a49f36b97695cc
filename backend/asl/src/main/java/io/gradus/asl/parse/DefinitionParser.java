package io.gradus.asl.parse;

import io.gradus.asl.model.Condition;
import io.gradus.asl.model.Definition;
import io.gradus.asl.model.QueryLanguage;
import io.gradus.asl.model.State;
import io.gradus.asl.model.StateMachine;
import io.gradus.asl.model.StateName;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Reads the Amazon States Language: JSON text to a [Definition], with every fault of its syntax.
/// What needs the whole (transitions, names, resources) is the validator's.
///
/// Nothing here throws for what a text contains. Thread-safe.
public final class DefinitionParser {
  /// The name AWS gives a state that is tested on its own.
  public static final StateName TESTED = new StateName("StateName");

  private DefinitionParser() {}

  /// Reads a definition.
  public static Parsed parse(String json) {
    Faults faults = new Faults();
    Source source = Source.read(json, faults);
    return finish(source, read(source, faults), faults);
  }

  /// As [#parse(String)] for bytes.
  ///
  /// @param utf8 the definition as bytes; malformed UTF-8 is a fault of it
  public static Parsed parse(byte[] utf8) {
    Faults faults = new Faults();
    String text = Source.decode(utf8, faults);
    return text == null ? new Parsed(null, faults.located("")) : parse(text);
  }

  /// Reads one state, as TestState takes it: a definition of that state alone, named [#TESTED]. Its
  /// transitions lead nowhere.
  public static Parsed parseState(String json) {
    Faults faults = new Faults();
    Source source = Source.readState(json, faults);
    return finish(source, readState(source, faults), faults);
  }

  /// The machine of one state that [Source#readState] read; its faults go to `faults`.
  public static @Nullable StateMachine readState(Source source, Faults faults) {
    ObjectNode tree = source.tree();
    State state =
        tree == null || !(tree.path("States").get(TESTED.value()) instanceof ObjectNode written)
            ? null
            : MachineParser.single(
                written, Location.ROOT.field("States").field(TESTED.value()), TESTED, faults);
    return state == null
        ? null
        : new StateMachine(TESTED, Map.of(TESTED, state), state.language(), null, null);
  }

  /// As much of a definition as can be read, for drawing it while it is being written; null where
  /// there is nothing to draw. Never run one.
  public static @Nullable Definition sketch(String json) {
    Faults faults = new Faults();
    StateMachine machine = read(Source.read(json, faults), faults);
    return machine == null ? null : new Definition(machine);
  }

  /// As much of a JSON object as a half-written text holds, for drawing it while it is being
  /// written: what is open is closed, what cannot be read is left out. Null where there is none.
  public static @Nullable ObjectNode sketchTree(String json) {
    return json.length() > Source.MAX_LENGTH ? null : new TolerantReading(json).read();
  }

  /// What one rule of a Choice tests; null where it is not sound.
  public static @Nullable Condition condition(ObjectNode rule, QueryLanguage language) {
    Faults faults = new Faults();
    return new ChoiceParser(new Expressions(faults))
        .condition(new Fields(rule, Location.ROOT, faults), language);
  }

  /// The machine of a source whose JSON is read already; its faults go to `faults`.
  public static @Nullable StateMachine read(Source source, Faults faults) {
    ObjectNode tree = source.tree();
    return tree == null ? null : MachineParser.root(tree, faults);
  }

  private static Parsed finish(Source source, @Nullable StateMachine machine, Faults faults) {
    return new Parsed(
        faults.anyError() || machine == null ? null : new Definition(machine),
        faults.located(source.text()));
  }
}
