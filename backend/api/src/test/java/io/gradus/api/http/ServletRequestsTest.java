package io.gradus.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradus.api.json.BadRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/// How a body is read.
class ServletRequestsTest {
  private static final int LONGEST = 1_000_000;

  private final RequestRoom room = new RequestRoom(LONGEST, LONGEST);
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1);

  /// A byte each second.
  private final class Trickle extends InputStream {
    private int left;

    Trickle(int bytes) {
      left = bytes;
    }

    @Override
    public int read() {
      nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
      return left-- > 0 ? ' ' : -1;
    }

    @Override
    public int read(byte[] into, int from, int length) {
      int read = read();
      if (read < 0 || length == 0) {
        return length == 0 ? 0 : -1;
      }
      into[from] = (byte) read;
      return 1;
    }
  }

  private byte[] read(InputStream in) {
    try (RequestRoom.Place place = room.place()) {
      return ServletRequests.body(in, place, LONGEST, nanos::get);
    }
  }

  @Test
  void whoTricklesKeepsNoRoom() {
    assertThat(read(new Trickle(50))).hasSize(50);
    assertThatThrownBy(() -> read(new Trickle(100_000)))
        .isInstanceOfSatisfying(
            BadRequest.class, late -> assertThat(late.kind()).isEqualTo(BadRequest.Kind.TOO_SLOW));
    assertThat(room.taken()).isZero();
  }

  @Test
  void aBodyOfManyChunksIsRead() {
    byte[] body = new byte[300_000];
    body[299_999] = 7;
    assertThat(read(new ByteArrayInputStream(body))).isEqualTo(body);
    assertThat(read(new ByteArrayInputStream(new byte[64 * 1_024]))).hasSize(64 * 1_024);
    assertThat(read(InputStream.nullInputStream())).isEmpty();
  }

  @Test
  void aBodyThatBreaksOffIsTheCallersMistake() {
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("Invalid end of line sequence");
          }

          @Override
          public int read(byte[] into, int from, int length) throws IOException {
            return read();
          }
        };
    assertThatThrownBy(() -> read(broken))
        .isInstanceOfSatisfying(
            BadRequest.class, no -> assertThat(no.kind()).isEqualTo(BadRequest.Kind.SERIALIZATION));
    assertThat(room.taken()).isZero();
  }
}
