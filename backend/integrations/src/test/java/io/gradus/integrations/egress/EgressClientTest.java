package io.gradus.integrations.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gradus.integrations.Peer;
import io.gradus.integrations.egress.EgressFailure.Kind;
import io.gradus.integrations.egress.EgressRequest.Field;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class EgressClientTest {
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final Duration LONG = Duration.ofSeconds(20);

  private static final int MAX_ANSWER = 1_000;
  private static final List<Field> MINE = List.of(new Field("X-Mine", "1"));

  private final EgressClient client = EgressClient.ofOperator();

  @AfterEach
  void close() {
    client.close();
  }

  @Test
  void anAnswerComesWithItsHeadersAndBody() throws Exception {
    try (Peer peer = Peer.answering(201, "héllo", "X-Two: a", "x-two: b", "Content-Type: x/y")) {
      EgressAnswer answer = client.send(post(peer.uri("/a?b=c"), "body", LONG), new Call());

      assertThat(answer.status()).isEqualTo(201);
      assertThat(answer.reason()).isEqualTo("Reason 201");
      assertThat(answer.headers().get("X-TWO")).containsExactly("a", "b");
      assertThat(new String(answer.body(), StandardCharsets.UTF_8)).isEqualTo("héllo");
      assertThat(peer.request().target()).isEqualTo("/a?b=c");
      assertThat(peer.request().body()).isEqualTo("body");
      assertThat(peer.request().headers())
          .containsOnlyKeys("Host", "Content-Length", "Connection", "X-Mine");
    }
  }

  @Test
  void connectionsAreKept() throws Exception {
    try (Peer peer = Peer.answering(200, "ok")) {
      for (int i = 0; i < 5; i++) {
        client.send(post(peer.uri("/"), "x", LONG), new Call());
      }

      assertThat(peer.connections()).isEqualTo(1);
    }
  }

  @Test
  void redirectsAreNotFollowed() throws Exception {
    try (Peer target = Peer.answering(200, "secret");
        Peer peer = Peer.answering(302, "", "Location: " + target.uri("/"))) {
      EgressAnswer answer = client.send(get(peer.uri("/"), LONG), new Call());

      assertThat(answer.status()).isEqualTo(302);
      assertThat(target.connections()).isZero();
    }
  }

  @Test
  void compressedAnswersAreLeftAsTheyAre() throws Exception {
    try (Peer peer = Peer.answering(200, "not really gzip", "Content-Encoding: gzip")) {
      EgressAnswer answer = client.send(get(peer.uri("/"), LONG), new Call());

      assertThat(new String(answer.body(), StandardCharsets.UTF_8)).isEqualTo("not really gzip");
    }
  }

  @Test
  void aPeerThatNeverAnswersTimesOut() {
    try (Peer peer = Peer.answering((_, _) -> idle())) {
      assertThat(failure(get(peer.uri("/"), SHORT)).kind()).isEqualTo(Kind.TIMED_OUT);
    }
  }

  @Test
  void aPeerThatDripsItsHeaderTimesOut() {
    try (Peer peer =
        Peer.answering(
            (_, out) -> {
              out.write("HTTP/1.1 200 OK\r\nX: ".getBytes(StandardCharsets.US_ASCII));
              return drip(out);
            })) {
      assertThat(failure(get(peer.uri("/"), SHORT)).kind()).isEqualTo(Kind.TIMED_OUT);
    }
  }

  @Test
  void aPeerThatDripsItsBodyTimesOut() {
    try (Peer peer =
        Peer.answering(
            (_, out) -> {
              out.write(
                  "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n"
                      .getBytes(StandardCharsets.US_ASCII));
              return drip(out);
            })) {
      assertThat(failure(get(peer.uri("/"), SHORT)).kind()).isEqualTo(Kind.TIMED_OUT);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n186A0\r\n",
        "HTTP/1.1 200 OK\r\n\r\n"
      })
  void aHugeAnswerIsGivenUpEarly(String head) {
    try (Peer peer =
        Peer.answering(
            (_, out) -> {
              out.write(head.getBytes(StandardCharsets.US_ASCII));
              out.write(new byte[100_000]);
              return false;
            })) {
      assertThat(failure(get(peer.uri("/"), LONG)).kind()).isEqualTo(Kind.TOO_LONG);
    }
  }

  @Test
  void anAnswerOfJustTheBoundIsTaken() throws Exception {
    try (Peer peer = Peer.answering(200, "x".repeat(1_000))) {
      assertThat(client.send(get(peer.uri("/"), LONG), new Call()).body()).hasSize(1_000);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "garbage\r\n\r\n",
        "HTTP/1.1 abc\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nshort",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab"
      })
  void whatIsNotHttpIsABrokenAnswer(String answer) {
    try (Peer peer =
        Peer.answering(
            (_, out) -> {
              out.write(answer.getBytes(StandardCharsets.US_ASCII));
              return false;
            })) {
      assertThat(failure(get(peer.uri("/"), LONG)).kind()).isEqualTo(Kind.BROKEN);
    }
  }

  @Test
  void endlessHeadersAreABrokenAnswer() {
    try (Peer peer =
        Peer.answering(
            (_, out) -> {
              out.write("HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.US_ASCII));
              for (int i = 0; i < 10_000; i++) {
                out.write(("X-" + i + ": y\r\n").getBytes(StandardCharsets.US_ASCII));
              }
              return false;
            })) {
      assertThat(failure(get(peer.uri("/"), LONG)).kind()).isEqualTo(Kind.BROKEN);
    }
  }

  @Test
  void aRequestThatMayBeRepeatedOutlivesAKeptConnectionThatDied() throws Exception {
    var answers = new AtomicInteger();
    try (Peer peer =
        Peer.answering(
            (_, out) -> {
              if (answers.getAndIncrement() == 1) {
                return false;
              }
              out.write(Peer.http(200, "ok"));
              return true;
            })) {
      client.send(get(peer.uri("/"), LONG), new Call());

      EgressAnswer second = client.send(get(peer.uri("/"), LONG), new Call());

      assertThat(second.status()).isEqualTo(200);
      assertThat(peer.requests()).hasSize(3);
    }
  }

  @Test
  void aRequestThatMayNotBeRepeatedIsSentOnce() {
    try (Peer peer = Peer.answering((_, _) -> false)) {
      assertThat(failure(post(peer.uri("/"), "x", LONG)).kind()).isEqualTo(Kind.BROKEN);
      assertThat(peer.requests()).hasSize(1);
    }
  }

  @Test
  void aClosedPortIsUnreachable() throws IOException {
    int port;
    try (var socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }

    EgressFailure failure = failure(get(URI.create("http://127.0.0.1:" + port + "/"), LONG));

    assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
    assertThat(failure.problem())
        .isEqualTo("Connect to 127.0.0.1:" + port + " failed: Connection refused");
  }

  @Test
  void aCallCanBeGivenUp() throws Exception {
    var arrived = new CountDownLatch(1);
    try (Peer peer =
        Peer.answering(
            (_, _) -> {
              arrived.countDown();
              return idle();
            })) {
      var call = new Call();
      var kind = CompletableFuture.supplyAsync(() -> failure(get(peer.uri("/"), LONG), call));
      assertThat(arrived.await(10, TimeUnit.SECONDS)).isTrue();

      call.cancel();

      assertThat(kind.get(10, TimeUnit.SECONDS).kind()).isEqualTo(Kind.CANCELLED);
    }
  }

  @Test
  void aCallGivenUpBeforeItBeganSendsNothing() {
    try (Peer peer = Peer.answering(200, "ok")) {
      var call = new Call();
      call.cancel();

      assertThat(failure(get(peer.uri("/"), LONG), call).kind()).isEqualTo(Kind.CANCELLED);
      assertThat(peer.requests()).isEmpty();
    }
  }

  private static boolean idle() throws InterruptedException {
    new CountDownLatch(1).await(20, TimeUnit.SECONDS);
    return false;
  }

  /// A byte every 50 ms: no read of the client is ever idle for long.
  private static boolean drip(java.io.OutputStream out) throws IOException, InterruptedException {
    var never = new CountDownLatch(1);
    for (int i = 0; i < 400; i++) {
      out.write('x');
      out.flush();
      if (never.await(50, TimeUnit.MILLISECONDS)) {
        return false;
      }
    }
    return false;
  }

  private EgressFailure failure(EgressRequest request) {
    return failure(request, new Call());
  }

  private EgressFailure failure(EgressRequest request, Call call) {
    return catchThrowableOfType(EgressFailure.class, () -> client.send(request, call));
  }

  private static EgressRequest get(URI uri, Duration timeout) {
    return new EgressRequest("GET", uri, MINE, timeout, MAX_ANSWER, true);
  }

  private static EgressRequest post(URI uri, String body, Duration timeout) {
    return new EgressRequest(
        "POST", uri, MINE, body.getBytes(StandardCharsets.UTF_8), timeout, MAX_ANSWER, false);
  }
}
