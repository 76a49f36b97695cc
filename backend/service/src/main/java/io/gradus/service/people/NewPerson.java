package io.gradus.service.people;

import org.jspecify.annotations.Nullable;

/// Someone whom this installation does not know yet.
///
/// @param login what they sign in with
/// @param displayName what they are shown as
/// @param email null where nobody knows it
public record NewPerson(String login, String displayName, @Nullable String email) {}
