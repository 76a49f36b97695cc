package io.gradus.integrations.egress;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A complete HTTP answer.
///
/// @param headers by name as the peer wrote it (found in any case), values in their order
/// @param reason the reason phrase, empty where the peer sent none
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record EgressAnswer(
    int status, String reason, Map<String, List<String>> headers, byte[] body) {
  public EgressAnswer {
    var sorted = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
    headers.forEach((name, values) -> sorted.put(name, List.copyOf(values)));
    headers = java.util.Collections.unmodifiableMap(sorted);
  }

  /// The first value of a header.
  public Optional<String> header(String name) {
    List<String> values = headers.get(name);
    return values == null ? Optional.empty() : values.stream().findFirst();
  }
}
