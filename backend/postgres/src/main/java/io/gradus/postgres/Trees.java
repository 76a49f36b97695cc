package io.gradus.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;

/// File trees and secrets on disk.
final class Trees {
  private Trees() {}

  /// Removes a directory and all below it; nothing happens when it is not there.
  static void delete(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    try (var files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /// An empty file in the place of any old one, which only its owner can read from its first moment
  /// on.
  static Path createSecret(Path file) throws IOException {
    Files.deleteIfExists(file);
    return Files.getFileStore(file.toAbsolutePath().getParent()).supportsFileAttributeView("posix")
        ? Files.createFile(
            file,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))
        : Files.createFile(file);
  }
}
