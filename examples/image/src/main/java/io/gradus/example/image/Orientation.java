package io.gradus.example.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// How a camera held the picture: the EXIF orientation, 1 (upright) to 8. [Pixels] turns a picture
/// upright by it.
record Orientation(int exif) {
  static final Orientation UPRIGHT = new Orientation(1);

  private static final int APP1 = 0xE1;
  private static final int START_OF_SCAN = 0xDA;
  private static final int ORIENTATION_TAG = 0x0112;
  private static final int SHORT = 3;

  Orientation {
    if (exif < 1 || exif > 8) {
      throw new IllegalArgumentException("an EXIF orientation is 1 to 8, found " + exif);
    }
  }

  /// Whether width and height change places when the picture is turned upright.
  boolean swapsSides() {
    return exif >= 5;
  }

  /// The orientation in a JPEG's EXIF block; [#UPRIGHT] where the file has none or a damaged one,
  /// as viewers do.
  static Orientation ofJpeg(byte[] jpeg) {
    ByteBuffer in = ByteBuffer.wrap(jpeg);
    int at = 2;
    while (at + 4 <= jpeg.length && (jpeg[at] & 0xFF) == 0xFF) {
      int marker = jpeg[at + 1] & 0xFF;
      int length = in.getShort(at + 2) & 0xFFFF;
      if (marker == START_OF_SCAN || length < 2 || at + 2 + length > jpeg.length) {
        break;
      }
      if (marker == APP1 && length >= 8 && in.getInt(at + 4) == 0x45786966) { // "Exif"
        return ofTiff(in.slice(at + 10, at + 2 + length - (at + 10)));
      }
      at += 2 + length;
    }
    return UPRIGHT;
  }

  private static Orientation ofTiff(ByteBuffer tiff) {
    if (tiff.limit() < 8) {
      return UPRIGHT;
    }
    tiff.order(tiff.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    int directory = tiff.getInt(4);
    if (directory < 8 || directory > tiff.limit() - 2) {
      return UPRIGHT;
    }
    int entries = tiff.getShort(directory) & 0xFFFF;
    for (int i = 0; i < entries; i++) {
      int entry = directory + 2 + i * 12;
      if (entry + 12 > tiff.limit()) {
        break;
      }
      if ((tiff.getShort(entry) & 0xFFFF) == ORIENTATION_TAG && tiff.getShort(entry + 2) == SHORT) {
        int value = tiff.getShort(entry + 8) & 0xFFFF;
        return value >= 1 && value <= 8 ? new Orientation(value) : UPRIGHT;
      }
    }
    return UPRIGHT;
  }
}
