package io.gradus.app.start;

import io.gradus.app.settings.BootstrapSettings;
import io.gradus.app.settings.ServerSettings;
import io.gradus.service.setup.FirstTenant;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Sees to the first tenant. Its login is on disk before anything is created with it, so that a
/// crash in between leaves a login that the next start takes up, and never a tenant that nobody can
/// enter.
public final class FirstStart {
  private final Path file;
  private final FirstTenant tenant;

  FirstStart(ServerSettings server, BootstrapSettings settings, FirstTenant tenant) {
    this.file = server.dataDir().toAbsolutePath().normalize().resolve("first-login");
    this.tenant = tenant;
    try {
      if (!tenant.exists()) {
        create(server, settings);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The first login in " + file + " cannot be settled", e);
    }
  }

  private void create(ServerSettings server, BootstrapSettings settings) throws IOException {
    Optional<FirstLogin> kept = FirstLogin.read(file);
    FirstLogin login = kept.isPresent() ? kept.get() : FirstLogin.from(settings);
    if (kept.isEmpty() && !settings.saysAll()) {
      login.write(file, server.region());
    }
    tenant.create(
        new FirstTenant.Wanted(
            login.account(),
            login.login(),
            login.password(),
            login.accessKeyId(),
            login.secretAccessKey()));
  }

  /// Where the first login can be read; empty where this node made none, because another did or the
  /// settings said it all.
  public Optional<Path> file() {
    return Optional.of(file).filter(Files::exists);
  }
}
