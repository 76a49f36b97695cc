package io.gradus.example.image;

/// An image file as it was read: its name, its bytes and the format that they announce.
final class ImageFile {
  private final ImageName name;
  private final byte[] bytes;
  private final ImageFormat format;

  /// Takes `bytes` over without a copy: they may be large and nobody else has them.
  ImageFile(ImageName name, byte[] bytes) {
    this.name = name;
    this.bytes = bytes;
    this.format = ImageFormat.of(bytes);
  }

  ImageName name() {
    return name;
  }

  /// The file's own bytes, to be read only.
  byte[] bytes() {
    return bytes;
  }

  ImageFormat format() {
    return format;
  }

  /// The SHA-256 of the bytes: what tells an image that was replaced from one that was not.
  String sha256() {
    return ImageName.sha256(bytes);
  }
}
