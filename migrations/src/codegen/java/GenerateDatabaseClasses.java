import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.flywaydb.core.Flyway;
import org.jooq.codegen.GenerationTool;
import org.jooq.meta.jaxb.Configuration;
import org.jooq.meta.jaxb.Database;
import org.jooq.meta.jaxb.Generate;
import org.jooq.meta.jaxb.Generator;
import org.jooq.meta.jaxb.Jdbc;
import org.jooq.meta.jaxb.Logging;
import org.jooq.meta.jaxb.Target;

/// Runs the migrations against a throw-away PostgreSQL and writes jOOQ's classes for what came out.
/// The database is the only description of itself: nothing here names a table.
///
/// Arguments: the module's directory, its build directory, jOOQ's version.
final class GenerateDatabaseClasses {
  public static void main(String[] args) throws Exception {
    Path module = Path.of(args[0]);
    Path migrations = module.resolve("src/main/resources/db/migration");
    Path output = Path.of(args[1], "generated-sources", "jooq");
    Path stamp = output.resolve("inputs.sha256");
    String inputs = hash(migrations, module.resolve("src/codegen/java"), args[2]);
    if (Files.exists(stamp) && Files.readString(stamp).equals(inputs)) {
      return;
    }
    deleteTree(output);
    Logger.getLogger("org.flywaydb").setLevel(Level.WARNING);
    try (EmbeddedPostgres postgres = EmbeddedPostgres.builder().start()) {
      Flyway.configure()
          .dataSource(postgres.getPostgresDatabase())
          .locations("filesystem:" + migrations)
          .load()
          .migrate();
      GenerationTool.generate(configuration(postgres.getJdbcUrl("postgres", "postgres"), output));
    }
    Files.createDirectories(output);
    Files.writeString(stamp, inputs);
  }

  private static Configuration configuration(String jdbcUrl, Path output) {
    return new Configuration()
        .withLogging(Logging.WARN)
        .withJdbc(new Jdbc().withDriver("org.postgresql.Driver").withUrl(jdbcUrl))
        .withGenerator(
            new Generator()
                .withDatabase(
                    new Database()
                        .withName("org.jooq.meta.postgres.PostgresDatabase")
                        .withInputSchema("public")
                        .withExcludes("flyway_schema_history")
                        // The schema is whatever the connection's search path says.
                        .withOutputSchemaToDefault(true))
                .withGenerate(new Generate().withRecords(true).withJavaTimeTypes(true))
                .withTarget(
                    new Target()
                        .withPackageName("io.gradus.migrations.db")
                        .withDirectory(output.toString())));
  }

  private static String hash(Path migrations, Path program, String version) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    digest.update(version.getBytes());
    for (Path directory : new Path[] {migrations, program}) {
      try (var files = Files.walk(directory)) {
        for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
          digest.update(directory.relativize(file).toString().getBytes());
          digest.update(Files.readAllBytes(file));
        }
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void deleteTree(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    try (var files = Files.walk(directory)) {
      files
          .sorted(Comparator.reverseOrder())
          .forEach(
              file -> {
                try {
                  Files.delete(file);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    }
  }

  private GenerateDatabaseClasses() {}
}
