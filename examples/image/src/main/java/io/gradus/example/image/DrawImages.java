package io.gradus.example.image;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/// Draws the images that ship with the example, so that each is ours and any can be drawn again:
/// `DrawImages [FOLDER]`. Among them are one format that the state machine refuses and one file
/// that is damaged.
public final class DrawImages {
  private static final float JPEG_QUALITY = 0.8f;

  private DrawImages() {}

  /// Writes the images into the folder given, or `examples/image/images`.
  ///
  /// @throws IOException when the folder cannot be written
  public static void main(String[] args) throws IOException {
    System.setProperty("java.awt.headless", "true");
    Path folder = Path.of(args.length > 0 ? args[0] : "examples/image/images");
    draw(folder, System.out);
  }

  static void draw(Path folder, PrintStream out) throws IOException {
    Files.createDirectories(folder);
    for (var file : files().entrySet()) {
      Files.write(folder.resolve(file.getKey()), file.getValue());
      out.println(file.getKey() + "  " + file.getValue().length + " bytes");
    }
  }

  /// The files by name.
  static Map<String, byte[]> files() {
    byte[] lighthouse = encode(Scenes.lighthouse(), "png");
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("sunset.jpg", jpeg(Scenes.sunset()));
    files.put("lighthouse.png", lighthouse);
    files.put("checkerboard.png", encode(Scenes.checkerboard(), "png"));
    files.put("fog.jpg", jpeg(Scenes.fog()));
    files.put("meadow.png", encode(Scenes.meadow(), "png"));
    files.put("city-at-night.jpg", jpeg(Scenes.cityAtNight()));
    files.put("held-sideways.jpg", withOrientation(jpeg(onItsSide(Scenes.balloon())), 6));
    files.put("badge.png", encode(Scenes.badge(), "png"));
    files.put("button.gif", encode(Scenes.button(), "gif"));
    files.put("broken.png", Arrays.copyOf(lighthouse, lighthouse.length / 2));
    return files;
  }

  private static byte[] encode(BufferedImage image, String format) {
    var out = new ByteArrayOutputStream();
    try {
      if (!ImageIO.write(image, format, out)) {
        throw new IllegalStateException("no writer for " + format);
      }
    } catch (IOException e) {
      throw new IllegalStateException("writing to memory failed", e);
    }
    return out.toByteArray();
  }

  static byte[] jpeg(BufferedImage image) {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ImageWriteParam how = writer.getDefaultWriteParam();
    how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
    how.setCompressionQuality(JPEG_QUALITY);
    var out = new ByteArrayOutputStream();
    try (var stream = new MemoryCacheImageOutputStream(out)) {
      writer.setOutput(stream);
      writer.write(null, new IIOImage(image, null, null), how);
    } catch (IOException e) {
      throw new IllegalStateException("writing to memory failed", e);
    } finally {
      writer.dispose();
    }
    return out.toByteArray();
  }

  /// The picture as a camera on its side stores it: a quarter turn against the clock.
  private static BufferedImage onItsSide(BufferedImage upright) {
    int w = upright.getWidth();
    int h = upright.getHeight();
    var turned = new BufferedImage(h, w, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < h; y++) {
      for (int x = 0; x < w; x++) {
        turned.setRGB(y, w - 1 - x, upright.getRGB(x, y));
      }
    }
    return turned;
  }

  /// Puts an EXIF block with nothing but the orientation at the head of a JPEG.
  static byte[] withOrientation(byte[] jpeg, int orientation) {
    ByteBuffer exif = ByteBuffer.allocate(36);
    exif.putShort((short) 0xFFE1).putShort((short) 34);
    exif.putInt(0x45786966).putShort((short) 0); // "Exif", 0, 0
    exif.putShort((short) 0x4D4D).putShort((short) 42).putInt(8); // big-endian, directory at 8
    exif.putShort((short) 1); // one entry: the orientation, a SHORT, one of them
    exif.putShort((short) 0x0112).putShort((short) 3).putInt(1);
    exif.putShort((short) orientation).putShort((short) 0);
    exif.putInt(0); // no further directory
    return ByteBuffer.allocate(jpeg.length + exif.capacity())
        .put(jpeg, 0, 2)
        .put(exif.array())
        .put(jpeg, 2, jpeg.length - 2)
        .array();
  }
}
