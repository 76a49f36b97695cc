package io.gradus.app.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import software.amazon.awssdk.services.sfn.model.SfnException;

/// The errors that the AWS SDK for Java knows of this service.
final class Errors {
  private Errors() {}

  /// By the names that they have on the wire.
  static Set<String> known() {
    Set<String> names = new TreeSet<>();
    String folder = SfnException.class.getPackageName().replace('.', '/');
    URI jar =
        URI.create("jar:" + SfnException.class.getProtectionDomain().getCodeSource().getLocation());
    try (FileSystem files = FileSystems.newFileSystem(jar, Map.of());
        Stream<Path> classes = Files.list(files.getPath("/" + folder))) {
      classes
          .map(path -> String.valueOf(path.getFileName()))
          .filter(name -> name.endsWith("Exception.class") && !name.startsWith("Sfn"))
          .map(name -> name.replace(".class", ""))
          .forEach(
              name -> {
                // The wire has some with and some without the ending.
                names.add(name);
                names.add(name.replaceAll("Exception$", ""));
              });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    names.add("SerializationException");
    names.add("AccessDeniedException");
    names.add("ThrottlingException");
    return names;
  }
}
