package io.gradus.example.image;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadWarningListener;
import javax.imageio.stream.MemoryCacheImageInputStream;

/// Decodes PNG and JPEG with ImageIO, within bounds: a small file can announce a picture that would
/// fill the memory, so the size is looked at before a pixel is.
final class ImageDecoder {
  /// The most pixels that are decoded.
  static final long MAX_PIXELS = 32_000_000;

  private ImageDecoder() {}

  /// Decodes the whole picture, so that a file cut short fails here and not half-way.
  ///
  /// @throws FunctionFailure `UnsupportedFormat`, `ImageTooLarge` or `UnreadableImage`
  static Picture decode(ImageFile file) throws FunctionFailure {
    if (!file.format().decodable()) {
      throw FunctionFailure.unsupportedFormat(file.name(), file.format());
    }
    ImageReader reader =
        ImageIO.getImageReadersByFormatName(file.format().name().toLowerCase(Locale.ROOT)).next();
    try (var in = new MemoryCacheImageInputStream(new ByteArrayInputStream(file.bytes()))) {
      reader.setInput(in, true, true);
      refuseTooLarge(file, (long) reader.getWidth(0) * reader.getHeight(0));
      BufferedImage pixels = readWhole(reader);
      return new Picture(
          pixels,
          file.format() == ImageFormat.JPEG
              ? Orientation.ofJpeg(file.bytes())
              : Orientation.UPRIGHT);
    } catch (IOException | RuntimeException e) {
      // Readers meet damaged data with every kind of RuntimeException as well.
      throw FunctionFailure.unreadableImage(
          file.name(), "it is damaged or not a " + file.format() + " that can be decoded.");
    } finally {
      reader.dispose();
    }
  }

  private static void refuseTooLarge(ImageFile file, long pixels) throws FunctionFailure {
    if (pixels > MAX_PIXELS) {
      throw FunctionFailure.imageTooLarge(
          "The image '" + file.name() + "' has more than " + MAX_PIXELS + " pixels.");
    }
  }

  /// The JPEG reader fills a file that was cut short with grey and only warns of it.
  private static BufferedImage readWhole(ImageReader reader) throws IOException {
    var cutShort = new AtomicBoolean();
    IIOReadWarningListener listener =
        (source, warning) -> {
          if (warning.toLowerCase(Locale.ROOT).contains("premature end")) {
            cutShort.set(true);
          }
        };
    reader.addIIOReadWarningListener(listener);
    BufferedImage image = reader.read(0);
    if (cutShort.get()) {
      throw new IOException("the file was cut short");
    }
    return image;
  }
}
