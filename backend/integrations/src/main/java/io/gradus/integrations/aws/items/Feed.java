package io.gradus.integrations.aws.items;

import java.io.IOException;
import java.io.InputStream;

/// Bytes one at a time, and where one is.
final class Feed {
  private final String what;
  private final InputStream in;
  private final byte[] buffer = new byte[32 * 1024];
  private int at;
  private int end;
  private long base;

  /// @param what is read, for failures
  /// @param position where the stream begins
  Feed(String what, InputStream in, long position) {
    this.what = what;
    this.in = in;
    this.base = position;
  }

  /// The next byte; -1 at the end.
  int read() {
    return at < end || fill() ? buffer[at++] & 0xff : -1;
  }

  /// The next byte, which stays the next; -1 at the end.
  int peek() {
    return at < end || fill() ? buffer[at] & 0xff : -1;
  }

  /// Whether one of the next bytes is zero, as in texts of two bytes a character.
  boolean hasNulAmong(int bytes) {
    if (at == end && !fill()) {
      return false;
    }
    for (int i = at; i < Math.min(at + bytes, end); i++) {
      if (buffer[i] == 0) {
        return true;
      }
    }
    return false;
  }

  /// Where the next byte is.
  long position() {
    return base + at;
  }

  private boolean fill() {
    base += end;
    at = 0;
    end = 0;
    try {
      int read = in.read(buffer);
      end = Math.max(read, 0);
      return read > 0;
    } catch (IOException broken) {
      throw Faults.reader(
          "%s can't be unpacked after byte %d: %s".formatted(what, base, Faults.quoted(broken)));
    }
  }

  /// As a stream, from the next byte on.
  InputStream stream() {
    return new InputStream() {
      @Override
      public int read() {
        return Feed.this.read();
      }

      @Override
      public int read(byte[] into, int from, int most) {
        if (most == 0) {
          return 0;
        }
        if (at == end && !fill()) {
          return -1;
        }
        int read = Math.min(most, end - at);
        System.arraycopy(buffer, at, into, from, read);
        at += read;
        return read;
      }
    };
  }

  /// Goes on without these bytes.
  void skip(long bytes) {
    long left = bytes;
    while (left > 0) {
      if (at == end && !fill()) {
        throw Faults.reader(what + " changed while its items were read");
      }
      int some = (int) Math.min(left, end - at);
      at += some;
      left -= some;
    }
  }
}
