package io.gradus.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// The chart as Helm sees it: linted, and rendered for the ways in which it is meant to be used.
class ChartTest {
  private static final Path CHART = Path.of("gradus");

  @Test
  void lintFindsNothing() {
    var result = new Helm(CHART).lint().call();
    assertThat(result.isFailed()).as(String.valueOf(result.getMessages())).isFalse();
  }

  @Test
  void oneNodeKeepsItsOwnDatabase() {
    String rendered = template().call();
    assertThat(rendered)
        .contains("kind: StatefulSet", "mountPath: /data", "runAsNonRoot: true")
        .doesNotContain("GRADUS_DATABASE_URL");
  }

  @Test
  void manyNodesShareADatabaseAndAKey() {
    assertThat(many().call())
        .contains("replicas: 3", "jdbc:postgresql://db/gradus", "GRADUS_MASTER_KEY", "name: seal");
  }

  @Test
  void manyNodesWithoutADatabaseAreRefused() {
    assertThatThrownBy(() -> template().set("replicas", "2").call())
        .hasMessageContaining("replicas above 1 need database.url");
  }

  @Test
  void anOutsideDatabaseIsMigratedBeforeTheRollout() {
    // Helm's library leaves hooks out of what it renders.
    assertThat(many().call()).doesNotContain("kind: Job");
    String rendered = many().set("migration.hook", "false").call();
    assertThat(rendered.substring(rendered.indexOf("kind: Job")))
        .contains("args: [\"migrate\"]", "name: GRADUS_DATABASE_PASSWORD");
    assertThat(CHART.resolve("templates/migration.yaml"))
        .content()
        .contains("helm.sh/hook: pre-install,pre-upgrade");
    assertThat(template().set("migration.hook", "false").call())
        .doesNotContain("kind: Job", "PodDisruptionBudget");
  }

  @Test
  void aPodIsForgottenByTheBalancersThenDrainedAndOneGoesAtATime() {
    String rendered = many().set("drainSeconds", "7").call();
    assertThat(rendered)
        .contains(
            "command: [\"sleep\", \"7\"]",
            "terminationGracePeriodSeconds: 60",
            "path: /actuator/health/readiness",
            "path: /actuator/health/liveness",
            "kind: PodDisruptionBudget",
            "maxUnavailable: 1",
            "podManagementPolicy: Parallel");
  }

  @Test
  void browsersComeBackToTheirNode() {
    assertThat(many().call()).contains("sessionAffinity: ClientIP");
    assertThat(many().set("service.sessionAffinity", "").call()).doesNotContain("sessionAffinity");
  }

  private static TemplateCommand many() {
    return template()
        .set("replicas", "3")
        .set("database.url", "jdbc:postgresql://db/gradus")
        .set("database.existingSecret", "db-owner")
        .set("masterKey.existingSecret", "seal");
  }

  private static TemplateCommand template() {
    return new Helm(CHART).template().withName("gradus");
  }
}
