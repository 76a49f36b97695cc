package io.gradus.api.http;

import io.gradus.api.json.BadRequest;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/// How much memory requests may take together while they are read and answered. There may be more
/// connections than would fit if each sent the largest request there is.
public final class RequestRoom {
  /// What a request takes beside its body.
  private static final int LEAST = 1_024;

  private final long bytes;
  private final int longestBody;
  private final AtomicLong taken = new AtomicLong();
  private final LongAdder refused = new LongAdder();

  /// Room for so many bytes of requests, but at least for the largest one.
  ///
  /// @param longestBody the longest that is read, in bytes
  public RequestRoom(long bytes, int longestBody) {
    this.bytes = Math.max(bytes, (long) longestBody + LEAST);
    this.longestBody = longestBody;
  }

  /// A thirty-second of the heap: what is read from a request takes several times its bytes.
  public static RequestRoom usual(int longestBody) {
    return new RequestRoom(Runtime.getRuntime().maxMemory() / 32, longestBody);
  }

  /// A request's place, given back when it is answered.
  public final class Place implements AutoCloseable {
    private long held;

    /// The longest body that is read, in bytes.
    int longestBody() {
      return longestBody;
    }

    /// Takes room for that many bytes more.
    ///
    /// @throws BadRequest ThrottlingException where there is none
    void take(int more) {
      if (taken.addAndGet(more) > bytes) {
        taken.addAndGet(-more);
        refused.increment();
        throw new BadRequest(BadRequest.Kind.THROTTLING, "Rate exceeded");
      }
      held += more;
    }

    @Override
    public void close() {
      taken.addAndGet(-held);
      held = 0;
    }
  }

  /// A place for a request that is about to be read.
  ///
  /// @throws BadRequest ThrottlingException where there is none
  public Place place() {
    Place place = new Place();
    place.take(LEAST);
    return place;
  }

  /// Bytes that may be taken.
  public long bytes() {
    return bytes;
  }

  /// Bytes that are taken.
  public long taken() {
    return taken.get();
  }

  /// Requests refused so far.
  public long refused() {
    return refused.sum();
  }
}
