package io.gradus.app.start;

import io.gradus.app.settings.BootstrapSettings;
import io.gradus.app.settings.ServerSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/// Settles the first login. The file is written before anything is created with it, so that a crash
/// in between leaves a login that the next start takes up, and never a tenant that nobody can
/// enter.
public final class FirstStart {
  private final Path file;
  private final FirstLogin login;

  /// Takes up the login of an earlier start, or makes one.
  FirstStart(ServerSettings server, BootstrapSettings settings) {
    file = server.dataDir().toAbsolutePath().normalize().resolve("first-login");
    try {
      var kept = FirstLogin.read(file);
      if (kept.isPresent()) {
        login = kept.get();
      } else {
        login = FirstLogin.from(settings);
        login.write(file, server.region());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The first login in " + file + " cannot be settled", e);
    }
  }

  /// The first person's and the first program's way in.
  public FirstLogin login() {
    return login;
  }

  /// Where it can be read.
  public Path file() {
    return file;
  }
}
