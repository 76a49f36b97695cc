package io.gradus.app;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The arrows of the house: what Maven's module boundaries cannot say, this says.
class ArchitectureTest {
  private static final JavaClasses HOUSE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.gradus");

  /// Each module, and the modules of ours that it may use.
  private static final Map<String, String[]> ARROWS =
      Map.ofEntries(
          Map.entry("asl", new String[] {}),
          Map.entry("migrations", new String[] {}),
          Map.entry("postgres", new String[] {}),
          Map.entry("engine", new String[] {"asl"}),
          Map.entry("store", new String[] {"asl", "engine", "migrations"}),
          Map.entry("runtime", new String[] {"asl", "engine", "store"}),
          Map.entry("integrations", new String[] {"asl", "engine"}),
          Map.entry("service", new String[] {"asl", "engine", "store", "runtime", "integrations"}),
          Map.entry("api", new String[] {"asl", "engine", "store", "runtime", "service"}),
          // Of the engine the console uses the values that use cases speak of: facts, statuses.
          Map.entry("console", new String[] {"asl", "engine", "service"}));

  @Test
  void importsRunDownwardOnly() {
    ARROWS.forEach(
        (module, uses) -> {
          var forbidden = new TreeSet<>(ARROWS.keySet());
          forbidden.add("app");
          forbidden.add("bench");
          forbidden.remove(module);
          for (String used : uses) {
            forbidden.remove(used);
          }
          String[] packages =
              forbidden.stream().map(name -> "io.gradus." + name + "..").toArray(String[]::new);
          check(
              noClasses()
                  .that()
                  .resideInAPackage("io.gradus." + module + "..")
                  .should()
                  .dependOnClassesThat()
                  .resideInAnyPackage(packages)
                  .because(module + " may use only " + String.join(", ", uses)));
        });
  }

  @Test
  void theCoreIsPure() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage("io.gradus.asl..", "io.gradus.engine..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "org.springframework..",
                "org.jooq..",
                "com.vaadin..",
                "org.quartz..",
                "org.slf4j..",
                "java.sql..",
                "java.net.http..")
            .because("asl and engine decide; they do nothing"));
  }

  @Test
  void theCoreReadsNeitherClockNorChance() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage("io.gradus.asl..", "io.gradus.engine..")
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(Clock.class, "systemUTC")
            .orShould()
            .callMethod(UUID.class, "randomUUID")
            .orShould()
            .callMethod(ThreadLocalRandom.class, "current")
            .because("equal arguments must give equal decisions, or no history can be replayed"));
  }

  @Test
  void sqlIsSpokenOnlyInStore() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages("io.gradus.store..", "io.gradus.migrations..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.jooq..", "io.gradus.migrations.db..")
            .because("one module knows the tables"));
  }

  @Test
  void vaadinStaysInTheFrontend() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages("io.gradus.console..", "io.gradus.app..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.vaadin..")
            .because("the backend does not know its console"));
  }

  @Test
  void transactionsAreAnnotatedOnlyInServices() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage("io.gradus.service..")
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("org.springframework.transaction.annotation.Transactional")
            .because("a transaction is a use case, not a detail"));
  }

  @Test
  void connectorsDoNotKnowEachOther() {
    slices()
        .matching("io.gradus.integrations.(*)..")
        .should()
        .notDependOnEachOther()
        // The transport is no connector: all that call out share it.
        .ignoreDependency(
            DescribedPredicate.alwaysTrue(), resideInAPackage("io.gradus.integrations.egress.."))
        .allowEmptyShould(true)
        .check(HOUSE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "asl",
        "engine",
        "postgres",
        "store",
        "runtime",
        "service",
        "api",
        "console",
        "app"
      })
  void packagesOfAModuleHaveNoCycles(String module) {
    slices()
        .matching("io.gradus." + module + ".(*)..")
        .should()
        .beFreeOfCycles()
        .allowEmptyShould(true)
        .check(HOUSE);
  }

  @Test
  void everyPackageIsNullMarked() {
    var unmarked =
        HOUSE.stream()
            .filter(type -> !type.getPackageName().startsWith("io.gradus.migrations.db"))
            .map(JavaClass::getPackage)
            .distinct()
            .filter(place -> !place.isAnnotatedWith(NullMarked.class))
            .map(place -> place.getName())
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(unmarked).as("packages without @NullMarked in package-info.java").isEmpty();
  }

  @Test
  void namesSayWhatATypeIs() {
    check(
        classes()
            .that()
            .resideInAPackage("io.gradus..")
            .and()
            .resideOutsideOfPackage("io.gradus.migrations.db..")
            .should()
            .haveNameNotMatching(".*(Manager|Helper|Utils?|Impl)")
            .because("such a name says that nobody knew what it is"));
  }

  private static void check(ArchRule rule) {
    rule.allowEmptyShould(true).check(HOUSE);
  }
}
