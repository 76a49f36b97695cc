package io.gradus.service.people;

import io.gradus.service.Caller;
import java.util.List;
import java.util.UUID;

/// Someone who signed in.
///
/// @param platformOperator may create and suspend tenants
/// @param callers whom this person may speak as: one for each active tenant, by account
public record Person(
    UUID id, String login, String displayName, boolean platformOperator, List<Caller> callers) {
  /// Copies.
  public Person {
    callers = List.copyOf(callers);
  }
}
