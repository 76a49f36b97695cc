package io.gradus.example.image;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.IntBinaryOperator;
import javax.imageio.ImageIO;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// What the tests of this package begin with.
final class Given {
  static final JsonMapper JSON = new JsonMapper();
  private static final Map<String, byte[]> SHIPPED = DrawImages.files();

  private Given() {}

  /// The images that ship with the example, drawn into a folder.
  static Path images(Path folder) throws IOException {
    Files.createDirectories(folder);
    for (var file : SHIPPED.entrySet()) {
      Files.write(folder.resolve(file.getKey()), file.getValue());
    }
    return folder;
  }

  /// The shipped names that the functions can decode.
  static List<String> decodable() {
    return SHIPPED.keySet().stream()
        .filter(name -> !name.equals("broken.png") && !name.endsWith(".gif"))
        .toList();
  }

  static ObjectNode input(String image) {
    return JSON.createObjectNode().put("image", image);
  }

  /// An image whose pixel at x, y is `colour(x, y)` as ARGB.
  static BufferedImage drawn(int width, int height, int type, IntBinaryOperator colour) {
    var image = new BufferedImage(width, height, type);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, colour.applyAsInt(x, y));
      }
    }
    return image;
  }

  static byte[] png(BufferedImage image) {
    var out = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  static BufferedImage read(byte[] file) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(file));
  }

  static ImageFile file(String name, byte[] bytes) {
    return new ImageFile(new ImageName(name), bytes);
  }

  /// Asserts that the call fails with this error name.
  static void assertFails(String errorType, ThrowingCallable call) {
    Assertions.assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            FunctionFailure.class,
            e -> Assertions.assertThat(e.errorType()).as(e.errorMessage()).isEqualTo(errorType));
  }
}
