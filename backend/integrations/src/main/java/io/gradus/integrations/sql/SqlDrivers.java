package io.gradus.integrations.sql;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.ServiceLoader;
import java.util.TreeMap;

/// Drivers that the operator added, beside the one on board: a folder of jars, and for each driver
/// a file `NAME.properties` with the `url` that it connects by. What a tenant says goes only in
/// place of `{host}`, `{port}` and `{database}`: a driver's options can read files and load
/// classes.
public final class SqlDrivers {
  static final String POSTGRESQL = "postgresql";

  private static final String ENDING = ".properties";

  private final Map<String, Added> added = new TreeMap<>();

  /// @param template of the URL
  record Added(Driver driver, String template) {
    String url(SqlDatabase database) {
      String host = database.host();
      return template
          .replace("{host}", host.indexOf(':') >= 0 ? "[" + host + "]" : host)
          .replace("{port}", Integer.toString(database.port()))
          .replace("{database}", database.database());
    }
  }

  /// Reads what is in the folder, which need not be there.
  ///
  /// @throws IllegalArgumentException if a file there names no URL, or one that no driver takes
  public SqlDrivers(Path folder) {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (var files = Files.list(folder)) {
      List<Path> all = files.sorted().toList();
      ClassLoader loader = loader(all);
      for (Path file : all) {
        String name = file.getFileName().toString();
        if (name.endsWith(ENDING)) {
          added.put(name.substring(0, name.length() - ENDING.length()), read(file, loader));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The drivers in " + folder + " cannot be read", e);
    }
  }

  /// Their names, the one on board among them.
  public List<String> names() {
    List<String> names = new ArrayList<>(List.of(POSTGRESQL));
    names.addAll(added.keySet());
    return names;
  }

  Optional<Added> find(String name) {
    return Optional.ofNullable(added.get(name));
  }

  private static Added read(Path file, ClassLoader loader) throws IOException {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    }
    String template = properties.getProperty("url");
    if (template == null || !template.startsWith("jdbc:")) {
      throw new IllegalArgumentException(
          "%s must have a line url=jdbc:… with {host}, {port} and {database}".formatted(file));
    }
    for (Driver driver : ServiceLoader.load(Driver.class, loader)) {
      if (accepts(driver, template)) {
        return new Added(driver, template);
      }
    }
    throw new IllegalArgumentException(
        "No driver beside %s takes the URL %s".formatted(file, template));
  }

  private static boolean accepts(Driver driver, String template) {
    String sample =
        template.replace("{host}", "localhost").replace("{port}", "1").replace("{database}", "d");
    try {
      return driver.acceptsURL(sample);
    } catch (SQLException _) {
      return false;
    }
  }

  private static ClassLoader loader(List<Path> files) {
    URL[] jars =
        files.stream()
            .filter(file -> file.toString().endsWith(".jar"))
            .map(SqlDrivers::url)
            .toArray(URL[]::new);
    // Stays open as long as the program runs.
    return new URLClassLoader(jars, SqlDrivers.class.getClassLoader());
  }

  private static URL url(Path file) {
    try {
      return file.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new UncheckedIOException(e);
    }
  }
}
