package io.gradus.app.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.app.RunningGradus;
import io.gradus.app.api.ServiceModel.Field;
import io.gradus.app.api.SignedCalls.Answer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Every field of every operation of the service model, spoilt in every way: the answer is AWS's
/// name and sentence, and never a fault of ours.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputTest {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /// What the AWS SDKs know as this service's errors, and the protocol's own.
  private static final Set<String> ERRORS = Errors.known();

  private static final Set<String> ALWAYS_NEEDED =
      Set.of(
          "encryptionConfiguration.type",
          "routingConfiguration.1.member.stateMachineVersionArn",
          "routingConfiguration.1.member.weight");

  private static final Pattern COUNTED =
      Pattern.compile("(?s)[1-9] validation errors? detected: .*");

  private RunningGradus gradus;
  private Requests requests;
  private SignedCalls calls;

  @BeforeAll
  void start(@TempDir Path data) {
    gradus = RunningGradus.start(data);
    calls = SignedCalls.ofNewTenant(gradus);
    requests = Requests.madeBy(calls);
  }

  @AfterAll
  void stop() {
    gradus.close();
  }

  static Stream<String> operations() {
    return ServiceModel.operations().keySet().stream();
  }

  @Test
  void knowsAllOperationsOfTheModel() {
    assertThat(ServiceModel.operations()).hasSize(37);
    assertThat(requests.operations()).isEqualTo(ServiceModel.operations().keySet());
  }

  @ParameterizedTest
  @MethodSource("operations")
  void answersInAwsWords(String operation) {
    Class<?> type = Objects.requireNonNull(ServiceModel.operations().get(operation));
    ObjectNode least = requests.least(operation);
    Answer sound = calls.call(operation, least);
    assertThat(sound.error()).as(sound.text()).isEqualTo(requests.answer(operation));
    ObjectNode full = ServiceModel.full(type);
    List<String> faults = new ArrayList<>();
    for (Field field : ServiceModel.fields(type)) {
      boolean needed =
          ALWAYS_NEEDED.contains(field.name())
              || (field.path().size() == 1 && least.has(field.last()));
      for (Spoilt spoilt : Spoilt.ways(field, needed)) {
        ObjectNode body = field.in(requests.fresh(operation), full, spoilt.value());
        Answer answer = calls.call(operation, body);
        String fault = fault(field, spoilt, answer);
        if (fault != null) {
          faults.add(
              operation
                  + " "
                  + field.name()
                  + " "
                  + spoilt.how()
                  + ": "
                  + fault
                  + "\n    "
                  + answer.status()
                  + " "
                  + brief(answer.text())
                  + "\n    "
                  + brief(body.toString()));
        }
      }
    }
    assertThat(faults).as(String.join("\n", faults)).isEmpty();
  }

  private static @Nullable String fault(Field field, Spoilt spoilt, Answer answer) {
    if (answer.status() != 200 && answer.status() != 400) {
      return "expected 200 or 400";
    }
    if (answer.status() == 400 && !ERRORS.contains(answer.error())) {
      return "expected an error of the model";
    }
    if (answer.text().contains("\ud800")) {
      return "expected no half of a character";
    }
    return switch (spoilt.expected()) {
      case Spoilt.Expected.Anything _ -> null;
      case Spoilt.Expected.Serialization _ ->
          answer.error().equals("SerializationException")
              ? null
              : "expected a SerializationException";
      case Spoilt.Expected.Violation(Pattern demand) ->
          answer.error().equals("ValidationException")
                  && COUNTED.matcher(answer.message()).matches()
                  && violations(answer.message(), field.name()).stream()
                      .anyMatch(said -> demand.matcher(said).matches())
              ? null
              : "expected '" + demand + "' of it";
    };
  }

  /// What is demanded of that member.
  private static List<String> violations(String message, String member) {
    List<String> demands = new ArrayList<>();
    Pattern one =
        Pattern.compile(
            "(?s)Value (?:null |'.*?' )?at '"
                + Pattern.quote(member)
                + "' failed to satisfy constraint: (Member must .*?)(?=; Value |$)");
    one.matcher(message).results().forEach(found -> demands.add(found.group(1)));
    return demands;
  }

  private static String brief(String text) {
    return text.length() <= 300 ? text : text.substring(0, 300) + "…";
  }

  /// What else is wrong with whole requests.
  @ParameterizedTest
  @MethodSource("operations")
  void refusesWhatIsNoRequest(String operation) {
    for (String body : List.of("[]", "\"x\"", "{", "nul", "{\"a\":1}x", "{\"a\":1,\"a\":2}")) {
      Answer answer = calls.call(operation, body.getBytes(java.nio.charset.StandardCharsets.UTF_8));
      assertThat(answer.error()).as(body).isEqualTo("SerializationException");
    }
    JsonNode deep = JSON.objectNode();
    for (int i = 0; i < 400; i++) {
      deep = JSON.objectNode().set("a", deep);
    }
    assertThat(calls.call(operation, deep).error()).isEqualTo("SerializationException");
  }
}
