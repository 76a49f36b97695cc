package io.gradus.integrations.egress;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One HTTP request.
///
/// @param uri of scheme http or https, with a host ([EgressUri] makes such)
/// @param body null for none
/// @param timeout for everything, from resolving the name to the last byte of the answer
/// @param maxAnswerBytes a longer answer is a failure
/// @param repeatable whether it may be sent once more when a kept connection turns out dead before
///   the first byte of an answer
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record EgressRequest(
    String method,
    URI uri,
    List<Field> headers,
    byte @Nullable [] body,
    Duration timeout,
    int maxAnswerBytes,
    boolean repeatable) {
  public EgressRequest {
    headers = List.copyOf(headers);
  }

  /// A request without a body.
  public EgressRequest(
      String method,
      URI uri,
      List<Field> headers,
      Duration timeout,
      int maxAnswerBytes,
      boolean repeatable) {
    this(method, uri, headers, null, timeout, maxAnswerBytes, repeatable);
  }

  /// A header field.
  public record Field(String name, String value) {}
}
