package io.gradus.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A node that only moves executions tells clients that came to it by mistake.
class RoleGateTest {
  @Test
  void whatANodeHasNoRoleForIsNotFoundThere(@TempDir Path data) throws Exception {
    try (RunningGradus gradus = RunningGradus.start(data, "--gradus.roles=engine");
        HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest.Builder at = HttpRequest.newBuilder(URI.create(gradus.address() + "/"));

      HttpResponse<String> call =
          client.send(
              at.copy()
                  .header("X-Amz-Target", "AWSStepFunctions.ListActivities")
                  .POST(HttpRequest.BodyPublishers.ofString("{}"))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      HttpResponse<String> hook =
          client.send(
              at.copy()
                  .uri(URI.create(gradus.address() + "/hooks/000000000000/x"))
                  .POST(HttpRequest.BodyPublishers.ofString("{}"))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      HttpResponse<String> page =
          client.send(at.copy().build(), HttpResponse.BodyHandlers.ofString());
      HttpResponse<String> health =
          client.send(
              at.copy().uri(URI.create(gradus.address() + "/actuator/health")).build(),
              HttpResponse.BodyHandlers.ofString());

      assertThat(call.statusCode()).isEqualTo(404);
      assertThat(call.body()).contains("does not serve the API");
      assertThat(hook.statusCode()).isEqualTo(404);
      assertThat(hook.body()).contains("does not serve the API");
      assertThat(page.statusCode()).isEqualTo(404);
      assertThat(page.body()).contains("does not serve the console");
      assertThat(health.statusCode()).isEqualTo(200);
    }
  }
}
