package io.gradus.integrations.aws.items;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.engine.port.ItemFailure;
import io.gradus.engine.port.ItemReader.Page;
import io.gradus.integrations.Peer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What an S3 may do that S3Mock does not.
class S3FaultsTest {
  private static final String LINES = "{\"InputType\":\"JSONL\"}";
  private static final String OBJECT = "{\"Bucket\":\"b\",\"Key\":\"k\"}";
  private static final String DOCUMENT = "1\n2\n3\n4\n";

  private static String error(String code) {
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>%s</Code><Message>Said so</Message><RequestId>r1</RequestId></Error>"
        .formatted(code);
  }

  private static String range(Peer.Request request) {
    return request.headers().getOrDefault("Range", "");
  }

  /// A part of the document, from where the request says.
  private static byte[] part(Peer.Request request, String etag) {
    int from = Integer.parseInt(range(request).replaceAll("bytes=(\\d+)-.*", "$1"));
    String body = DOCUMENT.substring(from);
    return Peer.http(
        206,
        body,
        "ETag: " + etag,
        "Content-Range: bytes %d-%d/%d".formatted(from, DOCUMENT.length() - 1, DOCUMENT.length()));
  }

  /// Reads two items well, and the rest with a new reader.
  private static ItemFailure secondPage(Peer.Answer answer) {
    try (Peer peer =
            Peer.answering(
                (request, out) -> {
                  if (range(request).startsWith("bytes=0-")) {
                    out.write(part(request, "\"one\""));
                    return true;
                  }
                  return answer.write(request, out);
                });
        ItemsOfS3 items = new ItemsOfS3(peer.uri("/"));
        S3ItemReader one = items.reader();
        S3ItemReader other = items.reader()) {
      Page first = ItemsOfS3.page(one, ItemsOfS3.query("getObject", LINES, OBJECT, null, 2));
      assertThat(first.items()).hasSize(2);
      return ItemsOfS3.failure(
          () ->
              ItemsOfS3.page(other, ItemsOfS3.query("getObject", LINES, OBJECT, first.next(), 2)));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "503,SlowDown,true",
    "503,ServiceUnavailable,true",
    "500,InternalError,true",
    "429,TooManyRequests,true",
    "400,RequestTimeout,true",
    "409,OperationAborted,true",
    "403,AccessDenied,false",
    "404,NoSuchBucket,false",
    "404,NoSuchKey,false",
    "400,InvalidArgument,false",
  })
  void whatIsSaidAnotherTimeMayBeAnotherAnswer(int status, String code, boolean passing) {
    try (Peer peer = Peer.answering(status, error(code), "Content-Type: application/xml");
        ItemsOfS3 items = new ItemsOfS3(peer.uri("/"))) {
      ItemFailure failure = items.failure("getObject", LINES, OBJECT);

      assertThat(failure.error().value()).isEqualTo("States.ItemReaderFailed");
      assertThat(failure)
          .hasMessage(
              "Reading s3://b/k failed: Said so (Service: S3, Status Code: %d, Error Code: %s, Request ID: r1)"
                  .formatted(status, code));
      assertThat(failure.isPassing()).isEqualTo(passing);
      assertThat(peer.requests()).hasSize(1);

      ItemFailure writing =
          ItemsOfS3.failure(
              () -> {
                items.write("{\"Bucket\":\"b\"}", "n.json", new byte[] {'1'});
                return null;
              });
      assertThat(writing.error().value()).isEqualTo("States.ResultWriterFailed");
      assertThat(writing.isPassing()).isEqualTo(passing);
    }
  }

  @Test
  void whatIsCutOffOrDoesNotAnswerMayPass() {
    ItemFailure cut =
        secondPage(
            (request, out) -> {
              byte[] whole = part(request, "\"one\"");
              out.write(whole, 0, whole.length - 2);
              return false;
            });
    assertThat(cut.getMessage()).contains("broke off");
    assertThat(cut.isPassing()).isTrue();

    assertThat(secondPage((_, _) -> false).isPassing()).isTrue();

    URI gone;
    try (Peer peer = Peer.answering(200, "")) {
      gone = peer.uri("/");
    }
    try (ItemsOfS3 items = new ItemsOfS3(gone)) {
      assertThat(items.failure("listObjectsV2", "{}", "{\"Bucket\":\"b\"}").isPassing()).isTrue();
    }
  }

  @Test
  void anotherObjectIsNoticedWhetherTheConditionIsKnownOrNot() {
    for (UnaryOperator<String> peer : List.<UnaryOperator<String>>of(_ -> "412", _ -> "\"two\"")) {
      ItemFailure failure =
          secondPage(
              (request, out) -> {
                assertThat(request.headers()).containsEntry("If-Match", "\"one\"");
                answer(request, out, peer.apply(""));
                return true;
              });

      assertThat(failure).hasMessage("s3://b/k changed while its items were read");
      assertThat(failure.isPassing()).isFalse();
    }
  }

  private static void answer(Peer.Request request, OutputStream out, String how)
      throws IOException {
    out.write(
        how.equals("412")
            ? Peer.http(412, error("PreconditionFailed"), "Content-Type: application/xml")
            : part(request, how));
  }

  @Test
  void whoKnowsNoRangesIsTold() {
    assertThat(
            secondPage(
                (_, out) -> {
                  out.write(Peer.http(200, DOCUMENT, "ETag: \"one\""));
                  return true;
                }))
        .hasMessage("Reading s3://b/k failed: The service does not answer ranges of an object");
  }

  @Test
  void whatIsAskedForIsTheObjectThatIsMeant() {
    try (Peer peer =
            Peer.answering(
                (request, out) -> {
                  out.write(
                      request.method().equals("PUT")
                          ? Peer.http(200, "")
                          : part(request, "\"one\""));
                  return true;
                });
        ItemsOfS3 items = new ItemsOfS3(peer.uri("/"))) {
      assertThat(
              items.all(
                  "getObject",
                  LINES,
                  "{\"Bucket\":\"b\",\"Key\":\"a/k\",\"VersionId\":\"v 1\",\"ExpectedBucketOwner\":\"111122223333\"}",
                  1))
          .containsExactly("1", "2", "3", "4");
      for (Peer.Request request : peer.requests()) {
        assertThat(request.target()).isEqualTo("/b/a/k?versionId=v%201");
        assertThat(request.headers()).containsEntry("x-amz-expected-bucket-owner", "111122223333");
      }
      assertThat(peer.requests().getFirst().headers()).doesNotContainKey("If-Match");

      items.write("{\"Bucket\":\"b\"}", "r/n.jsonl", "1\n".getBytes(StandardCharsets.UTF_8));
      Peer.Request written = peer.requests().getLast();
      assertThat(written.method() + " " + written.target()).isEqualTo("PUT /b/r/n.jsonl");
      // Whole, and not in chunks with something behind them.
      assertThat(written.body()).isEqualTo("1\n");
      assertThat(written.headers()).containsKey("x-amz-checksum-crc32");
      assertThat(written.headers()).doesNotContainKeys("x-amz-trailer", "Content-Encoding");
    }
  }

  @Test
  void aTenantWithoutAConnectionIsTold() {
    try (ItemsOfS3 items = new ItemsOfS3(null)) {
      assertThat(items.failure("getObject", LINES, OBJECT))
          .hasMessage("Reading s3://b/k failed: This tenant has no AWS connection to call s3 by");
    }
  }
}
