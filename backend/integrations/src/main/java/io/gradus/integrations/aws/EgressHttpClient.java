package io.gradus.integrations.aws;

import io.gradus.integrations.egress.Call;
import io.gradus.integrations.egress.EgressAnswer;
import io.gradus.integrations.egress.EgressClient;
import io.gradus.integrations.egress.EgressFailure;
import io.gradus.integrations.egress.EgressRequest;
import io.gradus.integrations.egress.EgressRequest.Field;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpFullResponse;
import software.amazon.awssdk.http.SdkHttpRequest;

/// The SDK's requests over our own egress: policy, bounds and cancellation are the same as of every
/// other call that a task makes.
final class EgressHttpClient implements SdkHttpClient {
  /// The longest answer, in bytes.
  static final int MAX_ANSWER = 6 * 1024 * 1024;

  /// What is under way on this thread.
  static final ScopedValue<Exchange> CURRENT = ScopedValue.newInstance();

  /// The transport writes these.
  private static final Set<String> TRANSPORTS =
      Set.of("host", "content-length", "connection", "expect");

  private final EgressClient egress;

  /// How a request may end.
  ///
  /// @param timeout of each request
  record Exchange(Call call, Duration timeout) {}

  /// A request that got no answer, as the SDK passes it on.
  static final class NoAnswer extends IOException {
    private static final long serialVersionUID = 1L;
    private final transient EgressFailure failure;

    NoAnswer(EgressFailure failure) {
      super(failure.problem());
      this.failure = failure;
    }

    EgressFailure.Kind kind() {
      return failure.kind();
    }
  }

  EgressHttpClient(EgressClient egress) {
    this.egress = egress;
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    Exchange exchange = CURRENT.get();
    return new ExecutableHttpRequest() {
      @Override
      public HttpExecuteResponse call() throws IOException {
        try {
          return response(egress.send(sent(request, exchange.timeout()), exchange.call()));
        } catch (EgressFailure failure) {
          throw new NoAnswer(failure);
        }
      }

      @Override
      public void abort() {
        exchange.call().cancel();
      }
    };
  }

  private static EgressRequest sent(HttpExecuteRequest request, Duration timeout)
      throws IOException {
    SdkHttpRequest http = request.httpRequest();
    List<Field> headers = new ArrayList<>();
    http.forEachHeader(
        (name, values) -> {
          if (!TRANSPORTS.contains(name.toLowerCase(Locale.ROOT))) {
            values.forEach(value -> headers.add(new Field(name, value)));
          }
        });
    byte[] body = null;
    if (request.contentStreamProvider().isPresent()) {
      try (InputStream in = request.contentStreamProvider().get().newStream()) {
        body = in.readAllBytes(); // as large as the task's arguments at most
      }
    }
    return new EgressRequest(
        http.method().name(), http.getUri(), headers, body, timeout, MAX_ANSWER, false);
  }

  private static HttpExecuteResponse response(EgressAnswer answer) {
    return HttpExecuteResponse.builder()
        .response(
            SdkHttpFullResponse.builder()
                .statusCode(answer.status())
                .statusText(answer.reason())
                .headers(answer.headers())
                .build())
        .responseBody(AbortableInputStream.create(new ByteArrayInputStream(answer.body())))
        .build();
  }

  @Override
  public String clientName() {
    return "Gradus";
  }

  @Override
  public void close() {
    // The egress is others' as well.
  }
}
