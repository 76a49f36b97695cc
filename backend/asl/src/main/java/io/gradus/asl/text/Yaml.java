package io.gradus.asl.text;

import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// YAML as another way to write what is stored as JSON. Whatever JSON can say survives the way
/// there and back: the order of keys, every digit of a number, every character. Comments do not.
///
/// Only what JSON has is taken, and of templates the tags that CloudFormation knows: no anchors or
/// aliases, so nothing small can grow large.
public final class Yaml {
  /// The longest YAML that is read, in characters: twice the longest definition.
  public static final int MAX_LENGTH = 2 * 1_048_576;

  private Yaml() {}

  /// What came of reading YAML.
  public sealed interface Read {}

  /// JSON, laid out.
  public record Json(String text) implements Read {}

  /// Why it is not taken; line and column count from 1.
  public record Fault(String message, int line, int column) implements Read {}

  /// A place in the text, from 1.
  public record Place(int line, int column) {}

  /// The JSON that a YAML document says. Never throws for what the text contains.
  public static Read toJson(String yaml) {
    return new YamlReading(yaml, Dialect.JSON).read();
  }

  /// The JSON that a CloudFormation template in YAML says: its short tags become the functions that
  /// they stand for (`!Ref Table` is `{"Ref": "Table"}`), and a number that JSON can't say is a
  /// text. Never throws for what the text contains.
  public static Read ofTemplate(String yaml) {
    return new YamlReading(yaml, Dialect.TEMPLATE).read();
  }

  /// The JSON that a definition with `${placeholders}` says. A value that is one placeholder and
  /// was written without quotes stays without them, so that it can become a number: until it is
  /// filled in, the text is no JSON.
  public static Read withPlaceholders(String yaml) {
    return new YamlReading(yaml, Dialect.PLACEHOLDERS).read();
  }

  /// What is taken besides what JSON has.
  enum Dialect {
    JSON,
    TEMPLATE,
    PLACEHOLDERS
  }

  /// A JSON text as YAML; null where it is not JSON, or nested so deep that its indentation makes
  /// it longer than what is read.
  public static @Nullable String ofJson(String json) {
    return JsonLayout.isJson(json) ? YamlWriting.write(json) : null;
  }

  /// Where these locations of a definition (`/States/Name/Choices[0]/Next`) are in the YAML; what
  /// is not there takes the place of what should contain it.
  public static Map<String, Place> places(String yaml, Collection<String> locations) {
    return YamlPlaces.of(yaml, locations);
  }
}
