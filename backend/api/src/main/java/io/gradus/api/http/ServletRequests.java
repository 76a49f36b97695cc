package io.gradus.api.http;

import io.gradus.api.json.BadRequest;
import io.gradus.api.sigv4.SignedRequest;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Reads servlet requests as they came over the wire, and sends answers.
public final class ServletRequests {
  /// A definition of 1 MiB may be sent with an escape for every other character, or with six bytes
  /// for each one outside ASCII.
  static final int MAX_BODY = 6 * 1024 * 1024 + 64 * 1024;

  private static final int ENVELOPE = 64 * 1024;
  private static final int CHUNK = 64 * 1024;

  /// How long a body may be on its way. The server ends a connection on which nothing comes; who
  /// sends a byte now and then would keep the room of all that came before from others.
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private static final int FIRST_ERROR = 400;
  private static final String REFUSAL = ServletRequests.class.getName() + ".refusal";
  private static final String REQUEST_ID = "x-amzn-RequestId";

  private ServletRequests() {}

  /// How long a body may be where payloads may have so many bytes: room for an escape before every
  /// other character.
  public static int maxBody(int payloadBytes) {
    return Math.max(MAX_BODY, 2 * payloadBytes + ENVELOPE);
  }

  /// The request with its whole body.
  ///
  /// @param place holds the room that the body takes
  /// @throws BadRequest where the body is longer than any may be or too slow, or there is no room
  ///   for it
  public static SignedRequest read(HttpServletRequest request, RequestRoom.Place place)
      throws IOException {
    byte[] body = body(request, place, place.longestBody());
    return new SignedRequest(
        request.getMethod(),
        request.getRequestURI(),
        request.getQueryString(),
        name -> headers(request, name),
        body);
  }

  /// A request's whole body.
  ///
  /// @param place holds the room that the body takes
  /// @param longest how many bytes it may have
  /// @throws BadRequest where it is longer or too slow, or there is no room for it
  public static byte[] body(HttpServletRequest request, RequestRoom.Place place, int longest)
      throws IOException {
    if (request.getContentLengthLong() > longest) {
      throw tooLarge(longest);
    }
    byte[] body = body(request.getInputStream(), place, longest, System::nanoTime);
    if (body.length > longest) {
      throw tooLarge(longest);
    }
    return body;
  }

  /// Room is taken as the bytes come: who only announces a long body takes none.
  static byte[] body(InputStream in, RequestRoom.Place place, int longest, LongSupplier nanoTime) {
    long since = nanoTime.getAsLong();
    LongSupplier sinceNanos = () -> nanoTime.getAsLong() - since;
    byte[] chunk = chunk(in, sinceNanos);
    place.take(chunk.length);
    if (chunk.length < CHUNK) {
      return chunk;
    }
    ByteArrayOutputStream all = new ByteArrayOutputStream(4 * CHUNK);
    while (chunk.length > 0) {
      all.writeBytes(chunk);
      if (all.size() > longest) {
        throw tooLarge(longest);
      }
      chunk = chunk(in, sinceNanos);
      place.take(chunk.length);
    }
    return all.toByteArray();
  }

  /// As much as a chunk is, or all that is left.
  private static byte[] chunk(InputStream in, LongSupplier sinceNanos) {
    byte[] chunk = new byte[CHUNK];
    int length = 0;
    int read = more(in, chunk, 0);
    for (; read > 0; read = more(in, chunk, length)) {
      length += read;
      if (sinceNanos.getAsLong() > PATIENCE.toNanos()) {
        throw new BadRequest(
            BadRequest.Kind.TOO_SLOW,
            "The request did not come within " + PATIENCE.toSeconds() + " seconds");
      }
    }
    return Arrays.copyOf(chunk, length);
  }

  /// A body that ends where its chunks do not, or in words that are no chunk, is the client's
  /// mistake; where it is a connection that broke, nobody reads what we say.
  private static int more(InputStream in, byte[] chunk, int from) {
    try {
      return in.read(chunk, from, CHUNK - from);
    } catch (IOException e) {
      throw new BadRequest(
          BadRequest.Kind.SERIALIZATION, "The request's body does not come to its end");
    }
  }

  /// Sends an answer, with an id that a log can be searched for. A refusal is kept with its request
  /// as well, for [UnreadBodies].
  public static void send(
      HttpServletRequest request, HttpServletResponse response, HttpAnswer answer)
      throws IOException {
    if (answer.status() >= FIRST_ERROR) {
      request.setAttribute(REFUSAL, answer);
    }
    send(response, answer);
  }

  /// The refusal that a request was answered with; null where it was not refused.
  static @Nullable HttpAnswer refusal(ServletRequest request) {
    return request.getAttribute(REFUSAL) instanceof HttpAnswer answer ? answer : null;
  }

  static void send(HttpServletResponse response, HttpAnswer answer) throws IOException {
    response.setStatus(answer.status());
    response.setHeader(REQUEST_ID, requestId());
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("X-Content-Type-Options", "nosniff");
    if (answer.body().length > 0) {
      response.setContentType(answer.contentType());
    }
    response.setContentLength(answer.body().length);
    response.getOutputStream().write(answer.body());
  }

  /// Tells requests apart in a log and guards nothing, so it needs no secure randomness.
  private static String requestId() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    return new UUID(
            (random.nextLong() & ~0xF000L) | 0x4000L,
            (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | Long.MIN_VALUE)
        .toString();
  }

  private static BadRequest tooLarge(int maxBody) {
    return new BadRequest(
        BadRequest.Kind.TOO_LARGE, "The request is longer than " + maxBody + " bytes");
  }

  private static List<String> headers(HttpServletRequest request, String name) {
    List<String> values = new ArrayList<>(1);
    for (String value : Collections.list(request.getHeaders(name))) {
      values.add(asSent(value));
    }
    return values;
  }

  /// Servlet containers read header bytes as ISO 8859-1; what clients sign is UTF-8.
  private static String asSent(String value) {
    for (int i = 0; i < value.length(); i++) {
      if (value.charAt(i) > 0x7f) {
        return new String(value.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
      }
    }
    return value;
  }
}
