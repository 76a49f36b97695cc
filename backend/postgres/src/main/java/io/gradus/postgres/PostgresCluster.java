package io.gradus.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A PostgreSQL server that belongs to one data directory and to the one process that opened it.
///
/// In the directory: `postgres/` (the cluster), `postgres.password`, `postgres.log`, `gradus.lock`,
/// and the unpacked programs where the machine has none. A server left over from a process that was
/// killed is stopped cleanly first.
public final class PostgresCluster {
  static final String SUPERUSER = "gradus";
  static final String DATABASE = "gradus";

  private static final Logger LOG = LoggerFactory.getLogger(PostgresCluster.class);

  private PostgresCluster() {}

  /// Opens the cluster of a directory, made first when there is none, with an installed PostgreSQL
  /// where there is one.
  ///
  /// @throws DataDirectoryInUseException when another living process has it open
  /// @throws PostgresUnavailableException when no PostgreSQL can serve it; the message says what to
  ///   do
  public static RunningPostgres open(Path dataDirectory) {
    return open(dataDirectory, PostgresBinaries.Preference.INSTALLED_FIRST);
  }

  /// As [#open(Path)], with a say in which programs make a new cluster; an old one keeps its major
  /// version.
  public static RunningPostgres open(Path dataDirectory, PostgresBinaries.Preference preference) {
    Path directory = dataDirectory.toAbsolutePath().normalize();
    DataDirectoryLock lock = null;
    try {
      Files.createDirectories(directory);
      lock = DataDirectoryLock.take(directory);
      return start(directory, preference, lock);
    } catch (IOException e) {
      release(lock, e);
      throw new PostgresUnavailableException(
          "The data directory %s cannot be used: %s".formatted(directory, e), e);
    } catch (RuntimeException e) {
      release(lock, e);
      throw e;
    }
  }

  private static RunningPostgres start(
      Path directory, PostgresBinaries.Preference preference, DataDirectoryLock lock)
      throws IOException {
    Path cluster = directory.resolve("postgres");
    boolean exists = Files.exists(cluster.resolve("PG_VERSION"));
    PostgresBinaries binaries =
        exists ? binariesOf(cluster, directory) : binariesForNew(directory, preference);
    Unprivileged unprivileged = Unprivileged.find(exists ? ownerOf(cluster) : null);
    restrict(directory, unprivileged);
    String password = password(directory, exists);
    if (!exists) {
      create(cluster, binaries, unprivileged, password);
    }
    PostgresServer server =
        new PostgresServer(
            binaries, unprivileged, cluster, directory.resolve("postgres.log"), password);
    server.stopLeftOver();
    server.start();
    LOG.info(
        "PostgreSQL {} ({}) serves {} on port {}",
        binaries.version(),
        binaries.source().name().toLowerCase(Locale.ROOT),
        directory,
        server.port());
    return new RunningPostgres(server, lock);
  }

  private static PostgresBinaries binariesForNew(
      Path directory, PostgresBinaries.Preference preference) throws IOException {
    if (preference == PostgresBinaries.Preference.INSTALLED_FIRST) {
      List<PostgresBinaries> installed = PostgresBinaries.installed();
      if (!installed.isEmpty()) {
        return installed.getFirst();
      }
    }
    return EmbeddedBinaries.unpack(directory);
  }

  private static PostgresBinaries binariesOf(Path cluster, Path directory) throws IOException {
    int major = Integer.parseInt(Files.readString(cluster.resolve("PG_VERSION")).strip());
    boolean unpacked =
        Files.isDirectory(directory.resolve("postgresql-" + EmbeddedBinaries.version()));
    if (unpacked && major == EmbeddedBinaries.major()) {
      return EmbeddedBinaries.unpack(directory);
    }
    for (PostgresBinaries installed : PostgresBinaries.installed()) {
      if (installed.major() == major) {
        return installed;
      }
    }
    if (major == EmbeddedBinaries.major()) {
      return EmbeddedBinaries.unpack(directory);
    }
    throw new PostgresUnavailableException(
        "The data directory %s was made by PostgreSQL %d, which is not on this machine: install it (Debian: postgresql-%d), or move the data with pg_dump."
            .formatted(directory, major, major));
  }

  /// Makes the cluster beside its place and moves it there when it is whole, so that a crash in
  /// between leaves none.
  private static void create(
      Path cluster, PostgresBinaries binaries, Unprivileged unprivileged, String password)
      throws IOException {
    Path unfinished = cluster.resolveSibling("postgres.unfinished");
    Trees.delete(unfinished);
    Files.createDirectory(unfinished);
    unprivileged.hand(unfinished);
    Path passwordFile = Files.createTempFile("gradus", ".pw");
    try {
      Files.writeString(passwordFile, password + "\n");
      unprivileged.hand(passwordFile);
      Command.Outcome made =
          Command.run(
              unprivileged.command(
                  List.of(
                      binaries.path("initdb"),
                      "--pgdata=" + unfinished,
                      "--username=" + SUPERUSER,
                      "--pwfile=" + passwordFile,
                      "--auth=scram-sha-256",
                      "--encoding=UTF8",
                      "--no-locale",
                      "--data-checksums")));
      if (!made.succeeded()) {
        throw new PostgresUnavailableException(
            "PostgreSQL %s could not make a database in %s: %s"
                .formatted(binaries.version(), cluster, made.output()));
      }
    } finally {
      Files.delete(passwordFile);
    }
    Files.move(unfinished, cluster, StandardCopyOption.ATOMIC_MOVE);
  }

  private static String password(Path directory, boolean clusterExists) throws IOException {
    Path file = directory.resolve("postgres.password");
    if (Files.exists(file)) {
      return Files.readString(file).strip();
    }
    if (clusterExists) {
      throw new PostgresUnavailableException(
          "The data directory %s has a database but not its password: put postgres.password back."
              .formatted(directory));
    }
    byte[] random = new byte[24];
    new SecureRandom().nextBytes(random);
    String password = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    Path unfinished = Trees.createSecret(directory.resolve("postgres.password.unfinished"));
    Files.writeString(unfinished, password + "\n");
    Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    return password;
  }

  private static String ownerOf(Path cluster) throws IOException {
    return Files.getOwner(cluster, LinkOption.NOFOLLOW_LINKS).getName();
  }

  private static void restrict(Path directory, Unprivileged unprivileged) throws IOException {
    if (Files.getFileStore(directory).supportsFileAttributeView("posix")) {
      // Another user's server must be able to walk through the directory, and no more.
      Files.setPosixFilePermissions(
          directory,
          PosixFilePermissions.fromString(unprivileged.user() == null ? "rwx------" : "rwx--x--x"));
    }
  }

  private static void release(@Nullable DataDirectoryLock lock, Exception cause) {
    if (lock != null) {
      try {
        lock.close();
      } catch (IOException e) {
        cause.addSuppressed(e);
      }
    }
  }
}
