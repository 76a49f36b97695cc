package io.gradus.example.image;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// The folder that the worker reads images from. Nothing outside it can be read through it: names
/// are relative and checked, and a symbolic link that leads out of the folder is refused.
final class ImageFolder {
  /// The largest file that is read, in bytes.
  static final int MAX_BYTES = 32 * 1024 * 1024;

  private final Path root;

  /// @throws UncheckedIOException when the folder is not there
  ImageFolder(Path folder) {
    try {
      this.root = folder.toRealPath();
    } catch (IOException e) {
      throw new UncheckedIOException("the image folder is not there: " + folder, e);
    }
  }

  /// Reads an image wholly, so that everything said about it is said of the same bytes.
  ///
  /// @throws FunctionFailure `InvalidImageName`, `ImageNotFound`, `ImageTooLarge` or
  ///   `StorageUnavailable`
  ImageFile read(ImageName image) throws FunctionFailure {
    Path file = locate(image);
    // The path is real by now; should someone put a link in its place meanwhile, the open fails.
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      byte[] buffer = new byte[64 * 1024];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        bytes.write(buffer, 0, n);
        if (bytes.size() > MAX_BYTES) {
          throw FunctionFailure.imageTooLarge(
              "The image '" + image + "' has more than " + MAX_BYTES + " bytes.");
        }
      }
      return new ImageFile(image, bytes.toByteArray());
    } catch (NoSuchFileException e) {
      throw FunctionFailure.imageNotFound(image);
    } catch (IOException e) {
      throw FunctionFailure.storageUnavailable("The image '" + image + "' could not be read.");
    }
  }

  private Path locate(ImageName image) throws FunctionFailure {
    try {
      Path real = root.resolve(image.value()).toRealPath();
      if (!real.startsWith(root)) {
        throw FunctionFailure.invalidImageName(
            "The image '" + image + "' leads out of the image folder.");
      }
      // A pipe or a device would block a read for ever.
      if (!Files.isRegularFile(real, LinkOption.NOFOLLOW_LINKS)) {
        throw FunctionFailure.imageNotFound(image);
      }
      return real;
    } catch (InvalidPathException e) {
      throw FunctionFailure.invalidImageName("'" + image + "' cannot be a file name here.");
    } catch (IOException e) {
      throw FunctionFailure.imageNotFound(image);
    }
  }
}
