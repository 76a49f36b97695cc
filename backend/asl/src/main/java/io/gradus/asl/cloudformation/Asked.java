package io.gradus.asl.cloudformation;

import org.jspecify.annotations.Nullable;

/// A placeholder of a definition that the author is asked for.
///
/// @param name as it stands in `${name}`
/// @param source what the template fills it with, in the way of `Fn::Sub`; empty where nothing is
///   known of it
/// @param origin the type of what it leads to: `AWS::SNS::Topic`, `Parameter`; empty where unknown
/// @param proposal what it could be here; null where that cannot be guessed
/// @param function the function of this tenant that the proposal names; null where it names none
public record Asked(
    String name,
    String source,
    String origin,
    @Nullable String proposal,
    @Nullable String function) {
  /// The longest value, in characters.
  public static final int MAX_LENGTH = 2_048;
}
