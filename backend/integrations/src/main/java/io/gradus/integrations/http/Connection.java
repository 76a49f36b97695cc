package io.gradus.integrations.http;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A tenant's connection to an HTTP API: how it authorises its calls, and what it adds to each. It
/// carries secrets in the clear, so it lives no longer than a call and shows none as text.
///
/// @param hosts that it may be used for, in lower case; none where it may be used for all
/// @param headers replace those of the same name in the task
/// @param query likewise
/// @param body members of the request's body, likewise
/// @param authorities in PEM: the certificates of the API's server, and of the one that gives
///   tokens, must be of one of these; null for those that the machine trusts
public record Connection(
    Authorization authorization,
    Set<String> hosts,
    List<Parameter> headers,
    List<Parameter> query,
    List<Parameter> body,
    @Nullable String authorities) {
  public Connection {
    hosts = Set.copyOf(hosts);
    headers = List.copyOf(headers);
    query = List.copyOf(query);
    body = List.copyOf(body);
  }

  /// How a connection proves who calls.
  public sealed interface Authorization {
    record None() implements Authorization {}

    record Basic(String username, String password) implements Authorization {
      @Override
      public String toString() {
        return "Basic[" + username + "]";
      }
    }

    /// A key in a header of that name.
    record ApiKey(String name, String value) implements Authorization {
      @Override
      public String toString() {
        return "ApiKey[" + name + "]";
      }
    }

    /// OAuth 2 client credentials.
    ///
    /// @param endpoint where tokens are fetched, with [#method] (GET, POST or PUT)
    record OAuthClient(
        URI endpoint,
        String method,
        String clientId,
        String clientSecret,
        List<Parameter> headers,
        List<Parameter> query,
        List<Parameter> body)
        implements Authorization {
      public OAuthClient {
        headers = List.copyOf(headers);
        query = List.copyOf(query);
        body = List.copyOf(body);
      }

      @Override
      public String toString() {
        return "OAuthClient[" + clientId + "]";
      }
    }
  }

  /// A named value.
  ///
  /// @param secret whether it must not be seen
  public record Parameter(String name, String value, boolean secret) {
    @Override
    public String toString() {
      return name + "=" + (secret ? "…" : value);
    }
  }

  /// The same for requests that have no body.
  Connection withoutBody() {
    return new Connection(authorization, hosts, headers, query, List.of(), authorities);
  }

  /// Whether it may be used for this host.
  boolean isFor(String host) {
    return hosts.isEmpty() || hosts.contains(host.toLowerCase(Locale.ROOT));
  }

  /// What must not be seen in an answer or a cause. Tokens and encodings of these are the caller's.
  List<String> secrets() {
    var secrets = new ArrayList<String>();
    switch (authorization) {
      case Authorization.None _ -> {}
      case Authorization.Basic basic -> secrets.add(basic.password());
      case Authorization.ApiKey key -> secrets.add(key.value());
      case Authorization.OAuthClient client -> {
        secrets.add(client.clientSecret());
        secretsOf(client.headers(), secrets);
        secretsOf(client.query(), secrets);
        secretsOf(client.body(), secrets);
      }
    }
    secretsOf(headers, secrets);
    secretsOf(query, secrets);
    secretsOf(body, secrets);
    return secrets;
  }

  private static void secretsOf(List<Parameter> parameters, List<String> into) {
    parameters.stream().filter(Parameter::secret).map(Parameter::value).forEach(into::add);
  }
}
