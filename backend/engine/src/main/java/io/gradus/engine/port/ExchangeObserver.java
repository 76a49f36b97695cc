package io.gradus.engine.port;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Is shown what a connector sends and receives, for whoever tries a task out.
public interface ExchangeObserver {
  /// Whether secrets are shown as they are. Otherwise connectors hide them before they tell.
  boolean revealsSecrets();

  /// What is about to be sent; told again when a call is repeated.
  void sent(Request request);

  /// What came back.
  void received(Response response);

  /// A request.
  ///
  /// @param headers by name, in the order sent
  record Request(
      String protocol,
      String method,
      String url,
      Map<String, List<String>> headers,
      @Nullable String body) {}

  /// A response.
  ///
  /// @param statusMessage empty where the peer sent none
  record Response(
      String protocol,
      int statusCode,
      String statusMessage,
      Map<String, List<String>> headers,
      @Nullable String body) {}
}
