package io.gradus.integrations;

import io.gradus.engine.PayloadJson;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What the optimised integrations add to a service's answer: `SdkHttpMetadata` and
/// `SdkResponseMetadata`.
public final class SdkMetadata {
  private SdkMetadata() {}

  /// Puts both into the output.
  ///
  /// @param headers by name, each with its values in the order they came
  public static void addTo(
      ObjectNode output, int status, Map<String, List<String>> headers, String requestId) {
    ObjectNode http = PayloadJson.MAPPER.createObjectNode();
    ObjectNode all = http.putObject("AllHttpHeaders");
    ObjectNode first = http.putObject("HttpHeaders");
    var sorted = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
    sorted.putAll(headers);
    sorted.forEach(
        (name, values) -> {
          ArrayNode array = all.putArray(name);
          values.forEach(array::add);
          if (!values.isEmpty()) {
            first.put(name, values.getFirst());
          }
        });
    http.put("HttpStatusCode", status);
    output.set("SdkHttpMetadata", http);
    output.putObject("SdkResponseMetadata").put("RequestId", requestId);
  }
}
