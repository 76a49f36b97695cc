package io.gradus.integrations.egress;

import io.gradus.integrations.egress.EgressFailure.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/// Sends HTTP requests over kept connections and waits for complete, bounded answers. Follows no
/// redirects, keeps no cookies, knows no proxy, and adds no header but `Host`, `Content-Length` and
/// `Connection`. One is made for what tenants configure, held to a policy; another for the
/// operator's own endpoints.
public final class EgressClient implements AutoCloseable {
  private static final Timeout CONNECT_TIMEOUT = Timeout.ofSeconds(5);
  private static final TimeValue IDLE = TimeValue.ofSeconds(30);
  private static final int MAX_CONNECTIONS_PER_HOST = 2_000;
  private static final int HTTPS = 443;
  private static final String OF_THE_MACHINE = "";
  private static final TlsSocketStrategy MACHINE = DefaultClientTlsStrategy.createDefault();
  private static final int MAX_HEADERS = 200;
  private static final int MAX_HEADER_LINE = 16 * 1024;

  private final DnsResolver resolver;
  private final CloseableHttpClient http;
  private final ScheduledThreadPoolExecutor deadlines;
  private final Runnable closeNames;

  private EgressClient(DnsResolver resolver, Runnable closeNames) {
    this.closeNames = closeNames;
    this.resolver = resolver;
    http = client(resolver);
    deadlines =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("egress-deadlines").factory());
    deadlines.setRemoveOnCancelPolicy(true);
  }

  private static CloseableHttpClient client(DnsResolver resolver) {
    PoolingHttpClientConnectionManager connections =
        PoolingHttpClientConnectionManagerBuilder.create()
            .setTlsSocketStrategy(EgressClient::secured)
            .setDnsResolver(resolver)
            .setPoolConcurrencyPolicy(PoolConcurrencyPolicy.LAX)
            .setMaxConnPerRoute(MAX_CONNECTIONS_PER_HOST)
            .setConnectionFactory(
                ManagedHttpClientConnectionFactory.builder()
                    .http1Config(
                        Http1Config.custom()
                            .setMaxHeaderCount(MAX_HEADERS)
                            .setMaxLineLength(MAX_HEADER_LINE)
                            .build())
                    .build())
            .setDefaultConnectionConfig(
                ConnectionConfig.custom()
                    .setConnectTimeout(CONNECT_TIMEOUT)
                    .setValidateAfterInactivity(TimeValue.ofSeconds(1))
                    .build())
            .build();
    return HttpClients.custom()
        .setConnectionManager(connections)
        .disableRedirectHandling()
        .disableAutomaticRetries()
        .disableCookieManagement()
        .disableAuthCaching()
        .disableContentCompression()
        .disableDefaultUserAgent()
        .evictIdleConnections(IDLE)
        .build();
  }

  /// Trusts the authorities of the call at hand. They are its context's user token as well, by
  /// which connections are kept apart: one that some call trusts is not found by another that does
  /// not.
  private static SSLSocket secured(
      Socket socket, String host, int port, @Nullable Object attachment, HttpContext context)
      throws IOException {
    if (!(HttpClientContext.cast(context).getUserToken() instanceof String authorities)) {
      throw new IllegalStateException("expected a call that says whom it trusts");
    }
    return (authorities.equals(OF_THE_MACHINE)
            ? MACHINE
            : new DefaultClientTlsStrategy(Authorities.trusting(authorities)))
        .upgrade(socket, host, port, attachment, context);
  }

  /// For what tenants configure.
  public static EgressClient heldTo(EgressPolicy policy) {
    var names = new BoundedNames(SystemDefaultDnsResolver.INSTANCE);
    return new EgressClient(new CheckedResolver(names, policy), names::close);
  }

  static EgressClient heldTo(EgressPolicy policy, DnsResolver names) {
    return new EgressClient(new CheckedResolver(names, policy), () -> {});
  }

  /// For the endpoints that the operator configures by setting.
  public static EgressClient ofOperator() {
    var names = new BoundedNames(SystemDefaultDnsResolver.INSTANCE);
    return new EgressClient(names, names::close);
  }

  /// Whether a name leads anywhere, be it allowed or not. Blocks for a few seconds at most.
  public boolean resolves(String host) {
    try {
      return !resolver.resolve(host, HTTPS).isEmpty();
    } catch (CheckedResolver.Refused _) {
      return true;
    } catch (UnknownHostException _) {
      return false;
    }
  }

  /// Blocks for at most the request's timeout; meant for virtual threads.
  ///
  /// @param call gives the request up when it is cancelled
  public EgressAnswer send(EgressRequest request, Call call) throws EgressFailure {
    return send(request, call, null);
  }

  /// As [#send].
  ///
  /// @param authorities that a TLS server's certificate must be of, in PEM and found good by
  ///   [Authorities#check]; null for those that the machine trusts
  public EgressAnswer send(EgressRequest request, Call call, @Nullable String authorities)
      throws EgressFailure {
    var sent = new HttpUriRequestBase(request.method(), request.uri());
    var late = new AtomicBoolean();
    var deadline =
        deadlines.schedule(
            () -> {
              late.set(true);
              sent.cancel();
            },
            request.timeout().toMillis(),
            TimeUnit.MILLISECONDS);
    call.onCancel(sent::cancel);
    try {
      prepare(sent, request);
      return attempt(sent, request, authorities == null ? OF_THE_MACHINE : authorities);
    } catch (IOException | HttpException | RuntimeException failure) {
      throw classified(failure, request, call.isCancelled(), late.get());
    } finally {
      deadline.cancel(false);
    }
  }

  private static void prepare(HttpUriRequestBase sent, EgressRequest request) {
    request.headers().forEach(field -> sent.addHeader(field.name(), field.value()));
    byte[] body = request.body();
    if (body != null) {
      sent.setEntity(new ByteArrayEntity(body, null));
    }
    sent.setConfig(
        RequestConfig.custom()
            .setConnectionRequestTimeout(Timeout.of(request.timeout()))
            .setResponseTimeout(Timeout.of(request.timeout()))
            .build());
  }

  private EgressAnswer attempt(HttpUriRequestBase sent, EgressRequest request, String authorities)
      throws IOException, HttpException {
    try {
      return once(sent, request, authorities);
    } catch (NoHttpResponseException noAnswer) {
      if (!request.repeatable() || sent.isCancelled()) {
        throw noAnswer;
      }
      return once(sent, request, authorities);
    }
  }

  private EgressAnswer once(HttpUriRequestBase sent, EgressRequest request, String authorities)
      throws IOException, HttpException {
    HttpClientContext context = HttpClientContext.create();
    context.setUserToken(authorities);
    return http.execute(sent, context, answer -> read(answer, request));
  }

  private static EgressAnswer read(ClassicHttpResponse answer, EgressRequest request)
      throws IOException {
    Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (Header header : answer.getHeaders()) {
      headers
          .computeIfAbsent(header.getName(), _ -> new ArrayList<>())
          .add(header.getValue() == null ? "" : header.getValue());
    }
    String reason = answer.getReasonPhrase();
    return new EgressAnswer(
        answer.getCode(), reason == null ? "" : reason, headers, body(answer.getEntity(), request));
  }

  private static byte[] body(@Nullable HttpEntity entity, EgressRequest request)
      throws IOException {
    if (entity == null) {
      return new byte[0];
    }
    if (entity.getContentLength() > request.maxAnswerBytes()) {
      throw new TooLong();
    }
    try (InputStream in = entity.getContent()) {
      byte[] bytes = in.readNBytes(request.maxAnswerBytes());
      if (bytes.length == request.maxAnswerBytes() && in.read() >= 0) {
        throw new TooLong();
      }
      return bytes;
    }
  }

  private static EgressFailure classified(
      Exception failure, EgressRequest request, boolean cancelled, boolean late) {
    URI uri = request.uri();
    String peer = uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
    if (cancelled) {
      return new EgressFailure(Kind.CANCELLED, "The call to " + peer + " was given up");
    }
    if (late) {
      return timedOut(peer, request);
    }
    return switch (failure) {
      case CheckedResolver.Refused _ ->
          new EgressFailure(
              Kind.REFUSED, "The egress policy does not allow connections to " + peer);
      case UnknownHostException _ ->
          new EgressFailure(Kind.UNRESOLVED, uri.getHost() + ": Name or service not known");
      case ConnectTimeoutException _ ->
          new EgressFailure(Kind.UNREACHABLE, "Connect to " + peer + " timed out");
      case ConnectException _, NoRouteToHostException _ ->
          new EgressFailure(Kind.UNREACHABLE, "Connect to " + peer + " failed: Connection refused");
      case SocketTimeoutException _, ConnectionRequestTimeoutException _ -> timedOut(peer, request);
      case TooLong _ ->
          new EgressFailure(
              Kind.TOO_LONG,
              "The answer of %s is longer than %d bytes".formatted(peer, request.maxAnswerBytes()));
      case NoHttpResponseException _ -> new EgressFailure(Kind.BROKEN, peer + " failed to respond");
      case SSLException _ ->
          new EgressFailure(
              Kind.BROKEN,
              Objects.requireNonNullElse(
                  TlsProblem.of(failure, peer), "The TLS connection to " + peer + " failed"));
      case IOException _, HttpException _ ->
          new EgressFailure(Kind.BROKEN, "The answer of " + peer + " broke off or was not HTTP");
      case RuntimeException bug -> throw bug;
      default -> throw new IllegalStateException("expected an I/O failure", failure);
    };
  }

  private static EgressFailure timedOut(String peer, EgressRequest request) {
    return new EgressFailure(
        Kind.TIMED_OUT,
        "%s did not answer within %d ms".formatted(peer, request.timeout().toMillis()));
  }

  @Override
  public void close() {
    deadlines.shutdownNow();
    http.close(CloseMode.IMMEDIATE);
    closeNames.run();
  }

  private static final class TooLong extends IOException {
    private static final long serialVersionUID = 1L;
  }
}
