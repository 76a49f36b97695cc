package io.gradus.integrations.aws.job;

import io.gradus.engine.PayloadJson;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A job that says in one word how it stands.
///
/// @param names what the handle is made of: each field's place in the request, or where it begins
///   with `answer:` in the answer, as a JSON pointer
/// @param look the operation that describes it, and how the handle's fields go into its request
/// @param result where the description is in the answer to that, as a JSON pointer
/// @param outputAs the field that the result is put into; null where it is the result itself
/// @param status where the word is in the description, as a JSON pointer
/// @param good words of success
/// @param bad words of failure; with any other word the job goes on
/// @param stop the operation that ends it; null for none
/// @param endsWhenGone see [JobKind#endsWhenGone]
record StatusJob(
    Map<String, String> names,
    Template look,
    String result,
    @Nullable String outputAs,
    String status,
    Set<String> good,
    Set<String> bad,
    @Nullable Template stop,
    boolean endsWhenGone)
    implements JobKind {
  private static final String ANSWER = "answer:";

  /// An operation and its request.
  ///
  /// @param fields by the name in the request: the name of a field of the handle, in brackets where
  ///   the request wants a list, or after `=` a text
  record Template(String operation, Map<String, String> fields) {
    Call call(JsonNode handle) {
      ObjectNode request = PayloadJson.MAPPER.createObjectNode();
      fields.forEach(
          (name, from) -> {
            if (from.startsWith("=")) {
              request.put(name, from.substring(1));
              return;
            }
            boolean list = from.startsWith("[");
            JsonNode value = handle.path(list ? from.substring(1, from.length() - 1) : from);
            if (value.isMissingNode()) {
              return;
            }
            if (list) {
              ArrayNode values = request.putArray(name);
              values.add(value);
            } else {
              request.set(name, value);
            }
          });
      return new Call(operation, request);
    }
  }

  /// One that goes on until a word says how it ended.
  StatusJob(
      Map<String, String> names,
      Template look,
      String result,
      @Nullable String outputAs,
      String status,
      Set<String> good,
      Set<String> bad,
      @Nullable Template stop) {
    this(names, look, result, outputAs, status, good, bad, stop, false);
  }

  /// The same job with another result.
  StatusJob outputAs(String field) {
    return new StatusJob(names, look, result, field, status, good, bad, stop, endsWhenGone);
  }

  /// The same job, done when its object is not there any more.
  StatusJob untilGone() {
    return new StatusJob(names, look, result, outputAs, status, good, bad, stop, true);
  }

  @Override
  public Optional<ObjectNode> handle(JsonNode request, JsonNode answer) {
    ObjectNode handle = PayloadJson.MAPPER.createObjectNode();
    names.forEach(
        (name, place) -> {
          boolean answered = place.startsWith(ANSWER);
          JsonNode value =
              answered ? answer.at(place.substring(ANSWER.length())) : request.at(place);
          if (!value.isMissingNode() && !value.isNull()) {
            handle.set(name, value);
          }
        });
    boolean begun =
        names.entrySet().stream()
            .filter(name -> name.getValue().startsWith(ANSWER))
            .allMatch(name -> handle.has(name.getKey()));
    return begun ? Optional.of(handle) : Optional.empty();
  }

  @Override
  public Call look(JsonNode handle) {
    return look.call(handle);
  }

  @Override
  public Standing standing(JsonNode answer) {
    JsonNode description = answer.at(result);
    String word = description.at(status).asString("");
    if (good.contains(word)) {
      return new Standing.Succeeded(output(description));
    }
    return bad.contains(word) ? new Standing.Failed(output(description)) : Standing.Running.RUNNING;
  }

  private JsonNode output(JsonNode description) {
    if (outputAs == null) {
      return description;
    }
    ObjectNode output = PayloadJson.MAPPER.createObjectNode();
    output.set(outputAs, description);
    return output;
  }

  @Override
  public Optional<Call> stop(JsonNode handle) {
    return Optional.ofNullable(stop).map(call -> call.call(handle));
  }

  /// A template without anything special.
  static Template template(String operation, List<String> fields) {
    var map = new java.util.LinkedHashMap<String, String>();
    fields.forEach(field -> map.put(field, field));
    return new Template(operation, map);
  }
}
