package io.gradus.example.image;

import java.awt.image.BufferedImage;
import java.util.function.Consumer;
import org.assertj.core.api.Assertions;
import org.assertj.core.data.Offset;

/// The mean light of a part of a picture, each channel 0 to 1, over white: what two pictures of the
/// same scene have in common whatever their sizes. Written apart from the code it checks.
record Light(double red, double green, double blue) {

  /// The mean of a quarter of the picture: 0 top left, 1 top right, 2 bottom left, 3 bottom right.
  static Light ofQuadrant(BufferedImage image, int quadrant) {
    int halfWidth = image.getWidth() / 2;
    int halfHeight = image.getHeight() / 2;
    int left = quadrant % 2 == 0 ? 0 : image.getWidth() - halfWidth;
    int top = quadrant < 2 ? 0 : image.getHeight() - halfHeight;
    boolean grey = image.getType() == BufferedImage.TYPE_BYTE_GRAY;
    double[] sum = new double[3];
    for (int y = top; y < top + halfHeight; y++) {
      for (int x = left; x < left + halfWidth; x++) {
        // Java would brighten grey samples on the way to RGB.
        int argb =
            grey
                ? 0xFF000000 | image.getRaster().getSample(x, y, 0) * 0x010101
                : image.getRGB(x, y);
        double alpha = (argb >>> 24) / 255.0;
        for (int channel = 0; channel < 3; channel++) {
          double encoded = (argb >> (16 - 8 * channel) & 0xFF) / 255.0;
          sum[channel] += alpha * Math.pow(encoded, 2.2) + (1 - alpha);
        }
      }
    }
    double pixels = (double) halfWidth * halfHeight;
    return new Light(sum[0] / pixels, sum[1] / pixels, sum[2] / pixels);
  }

  static Consumer<Light> closeTo(Light expected, double tolerance) {
    return found -> {
      var offset = Offset.offset(tolerance);
      Assertions.assertThat(found.red()).as("red").isCloseTo(expected.red(), offset);
      Assertions.assertThat(found.green()).as("green").isCloseTo(expected.green(), offset);
      Assertions.assertThat(found.blue()).as("blue").isCloseTo(expected.blue(), offset);
    };
  }
}
