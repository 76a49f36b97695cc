package io.gradus.peers;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Where the programs lie: beside this module's classes, where its build put them.
final class PeerFiles {
  /// Names another directory, for a program that has this module inside of its own jar.
  static final String PROPERTY = "gradus.peers";

  private PeerFiles() {}

  /// The directory of a program.
  static Path of(String name) {
    return directory().resolve(name);
  }

  private static Path directory() {
    String given = System.getProperty(PROPERTY);
    if (given != null) {
      return Path.of(given).toAbsolutePath();
    }
    try {
      Path classes =
          Path.of(PeerFiles.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      return classes.resolveSibling("peers").toAbsolutePath();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /// The directory of a program whose jars the build has copied.
  static Path jars(String name) {
    Path directory = of(name);
    if (!Files.isDirectory(directory)) {
      throw new IllegalStateException(
          "expected the jars of " + name + " in " + directory + ": build the module 'peers'");
    }
    return directory;
  }

  /// A JVM that starts fast and stays small, with what it is to run still to come.
  static List<String> java() {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx256m",
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "--sun-misc-unsafe-memory-access=allow");
  }
}
