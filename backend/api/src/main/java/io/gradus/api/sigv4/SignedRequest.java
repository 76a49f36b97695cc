package io.gradus.api.sigv4;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// An HTTP request as it came over the wire, before anything decoded it.
///
/// @param method the HTTP method, upper case
/// @param path the path as sent, still percent-encoded
/// @param query the query string as sent without its `?`, or null where there was none
/// @param headers the request's headers
/// @param body the whole body, empty where there was none
public record SignedRequest(
    String method, String path, @Nullable String query, Headers headers, byte[] body) {

  /// The headers of a request.
  @FunctionalInterface
  public interface Headers {
    /// Every value of a header in the order sent, empty where it is absent. The name is lower case.
    List<String> all(String name);

    /// The only value of a header, or null where it is absent or sent more than once.
    default @Nullable String only(String name) {
      List<String> values = all(name);
      return values.size() == 1 ? values.getFirst() : null;
    }
  }
}
