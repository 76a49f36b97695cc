package io.gradus.postgres;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/// The PostgreSQL that travels in Gradus' own jar, unpacked once below the data directory.
final class EmbeddedBinaries {
  private EmbeddedBinaries() {}

  /// The version that travels with this build, such as `18.6.0`.
  static String version() throws IOException {
    Properties properties = new Properties();
    try (InputStream stream = EmbeddedBinaries.class.getResourceAsStream("embedded.properties")) {
      properties.load(stream);
    }
    return properties.getProperty("version");
  }

  static int major() throws IOException {
    String version = version();
    return Integer.parseInt(version.substring(0, version.indexOf('.')));
  }

  /// The programs, unpacked below `parent` when they are not there yet.
  ///
  /// @throws PostgresUnavailableException when there are none for this platform
  static PostgresBinaries unpack(Path parent) throws IOException {
    Path target = parent.resolve("postgresql-" + version());
    if (!Files.isDirectory(target)) {
      Path unfinished = parent.resolve("postgresql-" + version() + ".unfinished");
      Trees.delete(unfinished);
      extract(unfinished);
      Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
    }
    return PostgresBinaries.in(target.resolve("bin"), PostgresBinaries.Source.EMBEDDED)
        .orElseThrow(
            () ->
                new PostgresUnavailableException(
                    "The embedded PostgreSQL in %s does not run on this machine: install PostgreSQL 15 or newer, or name one with GRADUS_DATABASE_URL."
                        .formatted(target)));
  }

  private static void extract(Path directory) throws IOException {
    String archive = "/postgres-" + platform() + ".txz";
    try (InputStream packed = EmbeddedBinaries.class.getResourceAsStream(archive)) {
      if (packed == null) {
        throw new PostgresUnavailableException(
            "Gradus carries no PostgreSQL for this platform (%s): install PostgreSQL 15 or newer, or name one with GRADUS_DATABASE_URL."
                .formatted(platform()));
      }
      try (var tar =
          new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(packed, 1 << 16)))) {
        TarArchiveEntry entry = tar.getNextEntry();
        while (entry != null) {
          write(entry, tar, directory);
          entry = tar.getNextEntry();
        }
      }
    }
  }

  private static void write(TarArchiveEntry entry, InputStream content, Path directory)
      throws IOException {
    Path file = directory.resolve(entry.getName()).normalize();
    if (!file.startsWith(directory)) {
      throw new IOException("the archive has an entry outside of itself: " + entry.getName());
    }
    if (entry.isDirectory()) {
      Files.createDirectories(file);
      return;
    }
    Files.createDirectories(file.getParent());
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
      return;
    }
    Files.copy(content, file);
    boolean posix = Files.getFileStore(file).supportsFileAttributeView("posix");
    if (posix && (entry.getMode() & 0100) != 0) {
      Set<PosixFilePermission> permissions = EnumSet.copyOf(Files.getPosixFilePermissions(file));
      permissions.add(PosixFilePermission.OWNER_EXECUTE);
      permissions.add(PosixFilePermission.GROUP_EXECUTE);
      permissions.add(PosixFilePermission.OTHERS_EXECUTE);
      Files.setPosixFilePermissions(file, permissions);
    }
  }

  private static String platform() {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String machine = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    String processor =
        switch (machine) {
          case "amd64", "x86_64" -> "x86_64";
          case "aarch64", "arm64" -> "arm_64";
          default -> machine;
        };
    if (system.contains("win")) {
      return "windows-" + processor;
    }
    return (system.contains("mac") ? "darwin-" : "linux-") + processor;
  }
}
