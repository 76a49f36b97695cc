package io.gradus.example.image;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// The format of an image file, told by its first bytes and never by its name. Only [#PNG] and
/// [#JPEG] are decoded; the others are named so that a Choice can say what it refuses.
enum ImageFormat {
  PNG("image/png"),
  JPEG("image/jpeg"),
  GIF("image/gif"),
  BMP("image/bmp"),
  TIFF("image/tiff"),
  WEBP("image/webp"),
  SVG("image/svg+xml"),
  UNKNOWN("application/octet-stream");

  private static final int SVG_PROLOGUE_BYTES = 1024;

  private final String mediaType;

  ImageFormat(String mediaType) {
    this.mediaType = mediaType;
  }

  /// The media type, for the stored metadata.
  String mediaType() {
    return mediaType;
  }

  /// Whether the worker can decode the pixels of this format.
  boolean decodable() {
    return this == PNG || this == JPEG;
  }

  /// The format that the first bytes of a file announce; [#UNKNOWN] for anything else.
  static ImageFormat of(byte[] bytes) {
    if (starts(bytes, 0, 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n')) {
      return PNG;
    }
    if (starts(bytes, 0, 0xFF, 0xD8, 0xFF)) {
      return JPEG;
    }
    if (starts(bytes, 0, 'G', 'I', 'F', '8')) {
      return GIF;
    }
    if (starts(bytes, 0, 'B', 'M')) {
      return BMP;
    }
    if (starts(bytes, 0, 'I', 'I', 42, 0) || starts(bytes, 0, 'M', 'M', 0, 42)) {
      return TIFF;
    }
    if (starts(bytes, 0, 'R', 'I', 'F', 'F') && starts(bytes, 8, 'W', 'E', 'B', 'P')) {
      return WEBP;
    }
    return looksLikeSvg(bytes) ? SVG : UNKNOWN;
  }

  private static boolean starts(byte[] bytes, int offset, int... magic) {
    if (bytes.length < offset + magic.length) {
      return false;
    }
    for (int i = 0; i < magic.length; i++) {
      if ((bytes[offset + i] & 0xFF) != magic[i]) {
        return false;
      }
    }
    return true;
  }

  /// SVG is text: a root element `svg`, perhaps after a prologue and comments.
  private static boolean looksLikeSvg(byte[] bytes) {
    String head =
        new String(bytes, 0, Math.min(bytes.length, SVG_PROLOGUE_BYTES), StandardCharsets.UTF_8)
            .strip()
            .toLowerCase(Locale.ROOT);
    return head.startsWith("<") && head.contains("<svg");
  }
}
