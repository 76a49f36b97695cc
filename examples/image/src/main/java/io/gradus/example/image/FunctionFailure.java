package io.gradus.example.image;

/// What a function answers instead of a result. The state machine sees [#errorType()] as the task's
/// error name, so the names are part of the example's contract; the message is for people and names
/// the image by its relative name only, never by where it lies on the disk.
public final class FunctionFailure extends Exception {
  private static final long serialVersionUID = 1L;

  private final String errorType;

  private FunctionFailure(String errorType, String message) {
    super(message);
    this.errorType = errorType;
  }

  /// The input of the function is not what it expects. Retrying cannot help.
  static FunctionFailure invalidInput(String message) {
    return new FunctionFailure("InvalidInput", message);
  }

  /// The name cannot be that of a file in the image folder. Retrying cannot help.
  static FunctionFailure invalidImageName(String message) {
    return new FunctionFailure("InvalidImageName", message);
  }

  /// There is no such file in the image folder.
  static FunctionFailure imageNotFound(ImageName image) {
    return new FunctionFailure("ImageNotFound", "There is no image '" + image + "'.");
  }

  /// The file is larger, in bytes or in pixels, than the worker takes on.
  static FunctionFailure imageTooLarge(String message) {
    return new FunctionFailure("ImageTooLarge", message);
  }

  /// The file says that it is a PNG or JPEG and cannot be decoded as one.
  static FunctionFailure unreadableImage(ImageName image, String why) {
    return new FunctionFailure(
        "UnreadableImage", "The image '" + image + "' cannot be read: " + why);
  }

  /// Pixels were asked of a format that the worker does not decode.
  static FunctionFailure unsupportedFormat(ImageName image, ImageFormat format) {
    return new FunctionFailure(
        "UnsupportedFormat", "The image '" + image + "' is " + format + ", not PNG or JPEG.");
  }

  /// Tags were to be added to an image whose metadata is not stored.
  static FunctionFailure metadataNotStored(ImageName image) {
    return new FunctionFailure(
        "MetadataNotStored", "No metadata is stored for the image '" + image + "'.");
  }

  /// The disk refused. This one is worth a retry, and the state machine does retry it.
  static FunctionFailure storageUnavailable(String message) {
    return new FunctionFailure("StorageUnavailable", message);
  }

  /// The error name that the state machine's Retry and Catch match.
  public String errorType() {
    return errorType;
  }

  /// The message, which this type always has.
  public String errorMessage() {
    return String.valueOf(getMessage());
  }
}
