package io.gradus.bench.chaos;

import io.gradus.bench.chaos.agent.ChaosAgent;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/// Makes the agent's jar out of the classes that this program runs from.
final class AgentJar {
  private AgentJar() {}

  static Path write(Path directory) throws IOException {
    Path jar = directory.resolve("chaos-agent.jar");
    Manifest manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.putValue("Premain-Class", ChaosAgent.class.getName());
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file, manifest)) {
      for (String name : classes()) {
        out.putNextEntry(new JarEntry(name));
        try (InputStream in = AgentJar.class.getClassLoader().getResourceAsStream(name)) {
          if (in != null) {
            in.transferTo(out);
          }
        }
      }
    }
    return jar;
  }

  /// The class files of the agent's package.
  private static List<String> classes() throws IOException {
    String folder = ChaosAgent.class.getPackageName().replace('.', '/');
    Path place;
    try {
      place = Path.of(ChaosAgent.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IOException(e);
    }
    if (Files.isDirectory(place)) {
      return list(place.resolve(folder), folder);
    }
    try (FileSystem jar = FileSystems.newFileSystem(URI.create("jar:" + place.toUri()), Map.of())) {
      return list(jar.getPath(folder), folder);
    }
  }

  private static List<String> list(Path folder, String name) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(file -> file.endsWith(".class"))
          .map(file -> name + "/" + file)
          .toList();
    }
  }
}
