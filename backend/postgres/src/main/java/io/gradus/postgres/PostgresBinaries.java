package io.gradus.postgres;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The programs of one PostgreSQL.
///
/// @param directory holds `postgres`, `initdb` and `pg_ctl`
/// @param version as the program says it, such as `15.18`
public record PostgresBinaries(Path directory, int major, String version, Source source) {
  /// Where the programs came from.
  public enum Source {
    /// Found on the machine.
    INSTALLED,
    /// Carried in Gradus' own jar.
    EMBEDDED
  }

  /// Which programs a new data directory is made with.
  public enum Preference {
    /// An installed PostgreSQL where there is one (its build is about 1.5 times as fast), the
    /// embedded one elsewhere.
    INSTALLED_FIRST,
    /// The embedded one, whatever the machine has.
    EMBEDDED_ONLY
  }

  static final int OLDEST_MAJOR = 15;

  private static final Pattern VERSION = Pattern.compile("PostgreSQL\\) ((\\d+)[.\\w]*)");

  /// Every usable PostgreSQL of this machine, the newest first.
  static List<PostgresBinaries> installed() throws IOException {
    Set<Path> directories = new LinkedHashSet<>();
    for (String root : List.of("/usr/lib/postgresql", "/usr/pgsql", "/opt/homebrew/opt")) {
      addChildren(Path.of(root), directories);
    }
    for (String entry : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)) {
      Path program = Path.of(entry.isEmpty() ? "." : entry, program("postgres"));
      if (Files.isExecutable(program)) {
        directories.add(program.toRealPath().getParent());
      }
    }
    List<PostgresBinaries> found = new ArrayList<>();
    for (Path directory : directories) {
      in(directory, Source.INSTALLED)
          .filter(binaries -> binaries.major() >= OLDEST_MAJOR)
          .ifPresent(found::add);
    }
    found.sort(Comparator.comparingInt(PostgresBinaries::major).reversed());
    return found;
  }

  /// The programs in a directory; empty when one is missing or will not say its version.
  static Optional<PostgresBinaries> in(Path directory, Source source) {
    for (String name : List.of("postgres", "initdb", "pg_ctl")) {
      if (!Files.isExecutable(directory.resolve(program(name)))) {
        return Optional.empty();
      }
    }
    try {
      String said =
          Command.run(List.of(directory.resolve(program("postgres")).toString(), "--version"))
              .output();
      Matcher matcher = VERSION.matcher(said);
      return matcher.find()
          ? Optional.of(
              new PostgresBinaries(
                  directory, Integer.parseInt(matcher.group(2)), matcher.group(1), source))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /// The full path of one of the programs.
  public String path(String name) {
    return directory.resolve(program(name)).toString();
  }

  private static void addChildren(Path root, Set<Path> directories) throws IOException {
    if (!Files.isDirectory(root)) {
      return;
    }
    try (var children = Files.list(root)) {
      children
          .map(child -> child.resolve("bin"))
          .filter(bin -> Files.isExecutable(bin.resolve(program("postgres"))))
          .forEach(directories::add);
    }
  }

  private static String program(String name) {
    return File.separatorChar == '\\' ? name + ".exe" : name;
  }
}
