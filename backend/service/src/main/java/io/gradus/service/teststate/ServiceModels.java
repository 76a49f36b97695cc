package io.gradus.service.teststate;

import io.gradus.asl.model.Resource;
import io.gradus.asl.model.Resource.Pattern;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/// What AWS services say of their answers, for the services whose description is here (the files in
/// `models/`); each is read when it is first asked for.
final class ServiceModels {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /// Names of the optimised integrations, and of SDK integrations, where the service's own is
  /// another.
  private static final Map<String, String> OTHER_NAMES =
      Map.of(
          "states", "sfn",
          "events", "eventbridge",
          "elasticmapreduce", "emr",
          "emr-containers", "emrcontainers",
          "emr-serverless", "emrserverless",
          "bedrock", "bedrockruntime");

  private final Map<String, JsonNode> byService = new ConcurrentHashMap<>();

  /// An answer's structure.
  ///
  /// @param shapes every shape of the service, by name
  /// @param name of the shape
  record Answer(JsonNode shapes, String name) {}

  /// What the resource's call answers with. Empty for what is no service's API, for services that
  /// are not described here, and where the state's result is not the call's own answer.
  Optional<Answer> answerOf(Resource resource) {
    if (resource.isActivity()
        || resource.isLambdaFunction()
        || resource.pattern() != Pattern.REQUEST_RESPONSE) {
      return Optional.empty();
    }
    String type = resource.resourceType();
    String plain = type.startsWith("aws-sdk:") ? type.substring("aws-sdk:".length()) : type;
    String service = OTHER_NAMES.getOrDefault(plain, plain).toLowerCase(Locale.ROOT);
    if (!service.chars().allMatch(Character::isLetterOrDigit)) {
      return Optional.empty();
    }
    JsonNode model = byService.computeIfAbsent(service, ServiceModels::read);
    JsonNode shape = model.path("operations").path(resource.action());
    return shape.isString() && !shape.stringValue().isEmpty()
        ? Optional.of(new Answer(model.path("shapes"), shape.stringValue()))
        : Optional.empty();
  }

  private static JsonNode read(String service) {
    try (InputStream file =
        ServiceModels.class.getResourceAsStream("models/" + service + ".json")) {
      return file == null ? MissingNode.getInstance() : JSON.readTree(file);
    } catch (IOException e) {
      throw new UncheckedIOException("The description of " + service + " cannot be read", e);
    }
  }
}
