package io.gradus.app.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Further clients of the AWS SDK, as jars that the operator put into a folder.
final class SdkJars {
  private static final Logger LOG = LoggerFactory.getLogger(SdkJars.class);
  private static final String JAR = ".jar";

  private SdkJars() {}

  /// Knows what this program has on board, and what the folder has beside it. Stays open as long as
  /// the program runs.
  static ClassLoader loader(Path folder) {
    ClassLoader own = SdkJars.class.getClassLoader();
    if (!Files.isDirectory(folder)) {
      return own;
    }
    try (Stream<Path> files = Files.list(folder)) {
      URL[] jars =
          files
              .filter(file -> file.toString().endsWith(JAR))
              .sorted()
              .map(SdkJars::url)
              .toArray(URL[]::new);
      LOG.info("{} more jars for AWS services are in {}", jars.length, folder);
      return new URLClassLoader(jars, own);
    } catch (IOException e) {
      throw new UncheckedIOException("The jars in " + folder + " cannot be read", e);
    }
  }

  private static URL url(Path file) {
    try {
      return file.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new UncheckedIOException(e);
    }
  }
}
