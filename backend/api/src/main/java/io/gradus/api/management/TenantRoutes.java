package io.gradus.api.management;

import io.gradus.api.json.Member;
import io.gradus.service.people.Invitation;
import io.gradus.service.people.NewPerson;
import io.gradus.service.people.Person;
import io.gradus.service.people.TenantService;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The calls about tenants, for who runs the platform. They take that person's session: a key
/// belongs to one tenant and reaches no other.
final class TenantRoutes {
  private static final int OK = 200;
  private static final int CREATED = 201;
  private static final int NO_CONTENT = 204;

  private final TenantService tenants;

  TenantRoutes(TenantService tenants) {
    this.tenants = tenants;
  }

  List<Route<Person, ?, ?>> all() {
    return List.of(
        new Route<>(
            "GET",
            "/tenants",
            "listTenants",
            "Lists all tenants by account.",
            OK,
            None.class,
            Tenants.class,
            (operator, _) -> new Tenants(tenants.list(operator).stream().map(Shown::of).toList())),
        new Route<>(
            "POST",
            "/tenants",
            "createTenant",
            "Makes a tenant. Where its administrator is new, their one-time password is in this"
                + " answer and nowhere else.",
            CREATED,
            Create.class,
            Created.class,
            this::create),
        new Route<>(
            "PUT",
            "/tenants/{account}",
            "renameTenant",
            "Renames a tenant.",
            NO_CONTENT,
            Rename.class,
            Route.Nothing.class,
            (operator, r) -> done(r, it -> tenants.rename(operator, it.account(), it.name()))),
        new Route<>(
            "POST",
            "/tenants/{account}/suspend",
            "suspendTenant",
            "Shuts a tenant's doors; executions that run go on.",
            NO_CONTENT,
            Account.class,
            Route.Nothing.class,
            (operator, r) -> done(r, it -> tenants.suspend(operator, it.account()))),
        new Route<>(
            "POST",
            "/tenants/{account}/resume",
            "resumeTenant",
            "Opens a tenant's doors again.",
            NO_CONTENT,
            Account.class,
            Route.Nothing.class,
            (operator, r) -> done(r, it -> tenants.resume(operator, it.account()))));
  }

  record None() {}

  record Account(@Member(required = true, pattern = "[0-9]{12}") String account) {}

  record Rename(
      @Member(required = true, pattern = "[0-9]{12}") String account,
      @Member(required = true, min = 1, max = 80) String name) {}

  /// @param account 12 digits; some that are free where it is left out
  /// @param administrator the login of the first administrator
  /// @param displayName what they are shown as, where they are new; left out for someone who signs
  ///   in here already
  record Create(
      @Member(pattern = "[0-9]{12}") @Nullable String account,
      @Member(required = true, min = 1, max = 80) String name,
      @Member(required = true, min = 1, max = 64) String administrator,
      @Member(min = 1, max = 80) @Nullable String displayName,
      @Member(max = 254) @Nullable String email) {}

  record Shown(
      String account,
      String name,
      Boolean suspended,
      Instant createdAt,
      Integer members,
      Integer accessKeys) {
    static Shown of(TenantService.Tenant kept) {
      return new Shown(
          kept.account(),
          kept.name(),
          kept.suspended(),
          kept.createdAt(),
          kept.members(),
          kept.keys());
    }
  }

  record Tenants(List<Shown> tenants) {}

  record Created(Shown tenant, @Nullable String oneTimePassword, @Nullable Instant validUntil) {
    static Created of(TenantService.Created made) {
      Invitation invitation = made.invitation();
      return new Created(
          Shown.of(made.tenant()),
          invitation == null ? null : invitation.password(),
          invitation == null ? null : invitation.until());
    }
  }

  private Created create(Person operator, Create request) {
    String displayName = request.displayName();
    return Created.of(
        displayName == null
            ? tenants.create(operator, request.account(), request.name(), request.administrator())
            : tenants.create(
                operator,
                request.account(),
                request.name(),
                new NewPerson(request.administrator(), displayName, request.email())));
  }

  private static <I> Route.Nothing done(I request, Consumer<I> work) {
    work.accept(request);
    return new Route.Nothing();
  }
}
