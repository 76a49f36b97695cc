package io.gradus.service.people;

import io.gradus.service.Caller;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Someone who signed in.
///
/// @param email where mail reaches them, null where they have told none
/// @param platformOperator may create and suspend tenants
/// @param password how their password stands
/// @param tenants where they belong, by account, those that are suspended too
/// @param callers whom this person may speak as: one for each active tenant, by account; none as
///   long as a password that was given to them waits to be changed
/// @param source where they are, as the audit log names it: an address, or `console`
public record Person(
    UUID id,
    String login,
    String displayName,
    @Nullable String email,
    boolean platformOperator,
    Password password,
    List<Tenancy> tenants,
    List<Caller> callers,
    String source) {

  /// How a password stands.
  ///
  /// @param version one more with each new password; a session that began under another is over
  /// @param mustChange whether it was given by someone else and opens nothing but its own change
  public record Password(int version, boolean mustChange) {}

  /// A tenant that the person belongs to.
  ///
  /// @param account 12 digits
  /// @param suspended by the platform operator: nobody may act in it
  public record Tenancy(String account, String name, boolean suspended) {}

  /// A person's place in a tenant where they may act.
  ///
  /// @param caller whom this person speaks as there
  public record Seat(Caller caller, String tenantName) {}

  /// Copies.
  public Person {
    tenants = List.copyOf(tenants);
    callers = List.copyOf(callers);
  }

  /// The same person, seen to come from there.
  public Person from(String where) {
    return new Person(
        id,
        login,
        displayName,
        email,
        platformOperator,
        password,
        tenants,
        callers.stream().map(caller -> caller.from(where)).toList(),
        where);
  }

  /// Where the person may act, by account.
  public List<Seat> seats() {
    return callers.stream()
        .map(caller -> new Seat(caller, tenant(caller.account()).map(Tenancy::name).orElse("")))
        .toList();
  }

  /// The tenant of that account, where the person belongs to it.
  public Optional<Tenancy> tenant(String account) {
    return tenants.stream().filter(tenant -> tenant.account().equals(account)).findFirst();
  }

  /// Whom the person speaks as in that account; empty where they do not belong, or may not act.
  public Optional<Caller> in(String account) {
    return callers.stream().filter(caller -> caller.account().equals(account)).findFirst();
  }
}
