package io.gradus.service;

import io.gradus.store.Database;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/// A PostgreSQL of a test's own, with the schema and nothing in it. One is made and migrated for a
/// process; all begin as copies of its files, which takes a tenth of the time.
public final class MigratedPostgres implements AutoCloseable {
  private static @Nullable Path model;

  private final Path data;
  private final EmbeddedPostgres postgres;

  private MigratedPostgres(Path data) throws IOException {
    this.data = data;
    postgres = onFilesOf(data);
  }

  public static MigratedPostgres start() {
    try {
      Path data = Files.createTempDirectory("gradus-postgres");
      copy(model(), data);
      return new MigratedPostgres(data);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static EmbeddedPostgres onFilesOf(Path data) throws IOException {
    return EmbeddedPostgres.builder().setDataDirectory(data).setCleanDataDirectory(false).start();
  }

  private static synchronized Path model() throws IOException {
    Path known = model;
    if (known == null) {
      Path made = Files.createTempDirectory("gradus-postgres-model");
      try (EmbeddedPostgres first = onFilesOf(made)) {
        Database.migrate(owner(first));
      }
      Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(made)));
      known = made;
      model = known;
    }
    return known;
  }

  /// As a file tree is copied, with who may read it: PostgreSQL wants its files to itself.
  private static void copy(Path from, Path to) throws IOException {
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path each, BasicFileAttributes attributes)
              throws IOException {
            if (!each.equals(from)) {
              Files.copy(each, copied(each), StandardCopyOption.COPY_ATTRIBUTES);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path each, BasicFileAttributes attributes)
              throws IOException {
            Files.copy(each, copied(each), StandardCopyOption.COPY_ATTRIBUTES);
            return FileVisitResult.CONTINUE;
          }

          private Path copied(Path each) {
            return to.resolve(from.relativize(each));
          }
        });
  }

  private static Database.Owner owner(EmbeddedPostgres postgres) {
    return new Database.Owner(postgres.getJdbcUrl("postgres", "postgres"), "postgres", "postgres");
  }

  /// Who opens it as a node does.
  public Database.Owner owner() {
    return owner(postgres);
  }

  /// A connection that may do everything.
  public Connection connection() throws SQLException {
    return postgres.getPostgresDatabase().getConnection();
  }

  @Override
  public void close() {
    try {
      postgres.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      delete(data);
    }
  }

  private static void delete(Path directory) {
    try {
      FileSystemUtils.deleteRecursively(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
