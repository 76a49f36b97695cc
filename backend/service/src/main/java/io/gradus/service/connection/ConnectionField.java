package io.gradus.service.connection;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a kind of connection is asked for.
///
/// @param name in the API
/// @param label for people
/// @param help a sentence or two, empty where the label says it
/// @param type what may be in it
/// @param choices what [Type#CHOICE] may be, none otherwise
/// @param otherwise what holds where nothing is given; null for nothing
/// @param required whether it must be given where it applies
/// @param secret whether it is sealed and never shown again
/// @param destination whether it says where secrets go: who changes it must give the secrets anew
/// @param when applies only where the choice of that name is the one given; null for always
public record ConnectionField(
    String name,
    String label,
    String help,
    Type type,
    List<String> choices,
    @Nullable String otherwise,
    boolean required,
    boolean secret,
    boolean destination,
    @Nullable When when) {
  /// What may be in a field.
  public enum Type {
    /// One line.
    TEXT,
    /// A whole number from 1 to 65535.
    PORT,
    /// An http or https URL without user info.
    URL,
    /// One of a few words.
    CHOICE,
    /// Lines of `name=value`.
    PAIRS,
    /// Lines, each with a host name.
    HOSTS,
    /// Lines of `service=URL`.
    ENDPOINTS,
    /// Certificates in PEM.
    CERTIFICATES
  }

  /// @param field of type [Type#CHOICE]
  public record When(String field, String is) {}

  public ConnectionField {
    choices = List.copyOf(choices);
  }

  static ConnectionField asked(String name, String label, Type type, String help) {
    return new ConnectionField(name, label, help, type, List.of(), null, false, false, false, null);
  }

  /// Certificate authorities to trust. They say who may be led to, so they belong to the
  /// destination.
  ///
  /// @param whose certificate must be of one of them
  static ConnectionField authorities(String whose) {
    return asked(
            "authorities",
            "Certificate authorities",
            Type.CERTIFICATES,
            "In PEM. "
                + whose
                + " must be of one of these; without any, of one that this machine trusts.")
        .leading();
  }

  static ConnectionField choice(String name, String label, String help, String... choices) {
    return new ConnectionField(
        name, label, help, Type.CHOICE, List.of(choices), choices[0], true, false, false, null);
  }

  ConnectionField mandatory() {
    return new ConnectionField(
        name, label, help, type, choices, otherwise, true, secret, destination, when);
  }

  ConnectionField sealed() {
    return new ConnectionField(
        name, label, help, type, choices, otherwise, required, true, destination, when);
  }

  ConnectionField leading() {
    return new ConnectionField(
        name, label, help, type, choices, otherwise, required, secret, true, when);
  }

  ConnectionField otherwise(String value) {
    return new ConnectionField(
        name, label, help, type, choices, value, required, secret, destination, when);
  }

  ConnectionField when(String field, String is) {
    return new ConnectionField(
        name,
        label,
        help,
        type,
        choices,
        otherwise,
        required,
        secret,
        destination,
        new When(field, is));
  }

  /// Whether it applies beside these values.
  ///
  /// @param values of other fields, by name
  public boolean appliesTo(Map<String, String> values) {
    return when == null || when.is().equals(values.get(when.field()));
  }
}
