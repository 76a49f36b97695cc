package io.gradus.example.image;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The name of an image: a relative path below the image folder, with `/` between folders on every
/// platform. A value of this type has no way out of the folder written in it; whether a symbolic
/// link leads out is [ImageFolder]'s question.
///
/// @param value the name as it was given, 1 to 200 characters
record ImageName(String value) {
  private static final int MAX_LENGTH = 200;
  // Upper case is left out: on a file system that ignores case, two images would share a file.
  private static final Pattern SAFE_FILE_NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,79}");

  ImageName {
    String fault = fault(value);
    if (fault != null) {
      throw new IllegalArgumentException(fault);
    }
  }

  /// The name in `text`, or the failure `InvalidImageName`.
  static ImageName parse(String text) throws FunctionFailure {
    String fault = fault(text);
    if (fault != null) {
      throw FunctionFailure.invalidImageName(fault);
    }
    return new ImageName(text);
  }

  private static @Nullable String fault(String text) {
    if (text.isBlank() || text.length() > MAX_LENGTH) {
      return "An image name must have 1 to " + MAX_LENGTH + " characters.";
    }
    // A colon names a drive or a hidden stream on Windows, a backslash is its separator.
    if (text.chars().anyMatch(c -> Character.isISOControl(c) || c == '\\' || c == ':')) {
      return "An image name must not hold control characters, '\\' or ':'.";
    }
    for (String segment : text.split("/", -1)) {
      if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
        return "An image name must be a relative path without '.' and '..'.";
      }
    }
    return null;
  }

  /// A file name, without folders, that is this image's alone: the name itself where that is safe
  /// on every file system, otherwise what is safe of it and a digest.
  String fileKey() {
    if (SAFE_FILE_NAME.matcher(value).matches()) {
      return value;
    }
    String readable = value.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9._-]+", "_");
    String head = readable.substring(0, Math.min(40, readable.length()));
    // '~' is not a safe character, so no digested name equals a plain one.
    return head + "~" + sha256(value.getBytes(StandardCharsets.UTF_8)).substring(0, 32);
  }

  /// The SHA-256 of `bytes` in lower-case hexadecimal.
  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
