package io.gradus.example.vod;

import java.net.URI;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;

/// What can be done with a video.
public interface Media {
  /// Whether videos are really converted.
  boolean isReal();

  /// Looks at a video: `container`, `durationSeconds`, `width`, `height`, `videoCodec` and, where
  /// there is sound, `audioCodec`. Width and height are 0 where there is no picture.
  JsonNode inspect(URI source) throws Unusable, InterruptedException;

  /// Writes an MP4 of that size.
  void encode(URI source, Size size, Path into) throws Unusable, InterruptedException;

  /// Of a rendition.
  record Size(int width, int height, int kbps) {
    private static final int MOST = 8192;

    /// @throws IllegalArgumentException if it is none that an encoder takes
    public Size {
      if (width < 2 || height < 2 || width > MOST || height > MOST || width * height % 2 != 0) {
        throw new IllegalArgumentException(
            "expected even sides of 2 to " + MOST + ", found " + width + "x" + height);
      }
      if (kbps < 1 || kbps > 200_000) {
        throw new IllegalArgumentException("expected 1 to 200000 kbit/s, found " + kbps);
      }
    }
  }

  /// The source cannot be read, or not as a video: trying again does not help.
  final class Unusable extends Exception {
    private static final long serialVersionUID = 1L;

    Unusable(String message) {
      super(message);
    }
  }
}
