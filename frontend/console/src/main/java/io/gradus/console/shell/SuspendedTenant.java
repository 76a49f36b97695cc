package io.gradus.console.shell;

/// A page of a tenant that the platform operator suspended.
final class SuspendedTenant extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SuspendedTenant() {
    super("the tenant is suspended", null, true, false);
  }
}
