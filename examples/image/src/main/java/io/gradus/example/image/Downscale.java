package io.gradus.example.image;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.util.Arrays;

/// Makes an image smaller by averaging: each pixel of the result is the mean of the area of the
/// source that it covers, parts of pixels included. The mean is taken of light, not of the encoded
/// values, so that a fine black and white pattern becomes as bright as it looks from afar.
final class Downscale {
  private static final int CHANNELS = 4;
  private static final double NOTHING = 1e-9;
  private static final float[] LIGHT = new float[256];

  static {
    for (int i = 0; i < LIGHT.length; i++) {
      LIGHT[i] = (float) toLight(i / 255.0);
    }
  }

  private final BufferedImage source;
  private final int width;
  private final int height;
  private final float[] sums;

  private Downscale(BufferedImage source, int width, int height) {
    this.source = source;
    this.width = width;
    this.height = height;
    this.sums = new float[width * height * CHANNELS];
  }

  /// The image with neither side longer than `maxSide`, its aspect kept to the nearest pixel; the
  /// same size when it already fits. Always a new image of type `TYPE_INT_ARGB`.
  static BufferedImage fit(BufferedImage source, int maxSide) {
    double scale =
        Math.min(1.0, (double) maxSide / Math.max(source.getWidth(), source.getHeight()));
    int width = Math.max(1, (int) Math.round(source.getWidth() * scale));
    int height = Math.max(1, (int) Math.round(source.getHeight() * scale));
    return new Downscale(source, width, height).run();
  }

  /// How much light the encoded channel value 0 to 255 stands for, 0 to 1 (sRGB).
  static float light(int channel) {
    return LIGHT[channel];
  }

  private static double toLight(double encoded) {
    return encoded <= 0.04045 ? encoded / 12.92 : Math.pow((encoded + 0.055) / 1.055, 2.4);
  }

  /// The encoded channel value, 0 to 255, of an amount of light.
  static int encode(double light) {
    double encoded = light <= 0.0031308 ? light * 12.92 : 1.055 * Math.pow(light, 1 / 2.4) - 0.055;
    return (int) Math.round(Math.clamp(encoded, 0.0, 1.0) * 255);
  }

  private BufferedImage run() {
    int[] argb = new int[source.getWidth()];
    float[] narrow = new float[width * CHANNELS];
    double step = (double) height / source.getHeight();
    for (int y = 0; y < source.getHeight(); y++) {
      readRow(y, argb);
      narrowRow(argb, narrow);
      double top = y * step;
      int row = Math.min((int) top, height - 1);
      double first = Math.min(step, row + 1 - top);
      addRow(narrow, row, first);
      if (step - first > NOTHING && row + 1 < height) {
        addRow(narrow, row + 1, step - first);
      }
    }
    return finish();
  }

  private void readRow(int y, int[] argb) {
    var model = source.getColorModel();
    boolean grey = model.getColorSpace().getType() == ColorSpace.TYPE_GRAY;
    if (!grey || model instanceof IndexColorModel) {
      source.getRGB(0, y, argb.length, 1, argb, 0, argb.length);
      return;
    }
    // Java takes grey samples for light and getRGB would brighten them; PNG and JPEG mean sRGB.
    var raster = source.getRaster();
    double greyMax = (1 << model.getComponentSize(0)) - 1;
    double alphaMax = model.hasAlpha() ? (1 << model.getComponentSize(1)) - 1 : 1;
    for (int x = 0; x < argb.length; x++) {
      int value = (int) Math.round(raster.getSample(x, y, 0) * 255 / greyMax);
      int alpha =
          model.hasAlpha() ? (int) Math.round(raster.getSample(x, y, 1) * 255 / alphaMax) : 255;
      argb[x] = alpha << 24 | value << 16 | value << 8 | value;
    }
  }

  /// Colours are weighted by their alpha: what is invisible must not tint its neighbours.
  private void narrowRow(int[] argb, float[] narrow) {
    Arrays.fill(narrow, 0);
    double step = (double) width / argb.length;
    for (int x = 0; x < argb.length; x++) {
      double left = x * step;
      int column = Math.min((int) left, width - 1);
      double first = Math.min(step, column + 1 - left);
      addPixel(narrow, column, argb[x], (float) first);
      if (step - first > NOTHING && column + 1 < width) {
        addPixel(narrow, column + 1, argb[x], (float) (step - first));
      }
    }
  }

  private static void addPixel(float[] narrow, int column, int argb, float weight) {
    float visible = weight * (argb >>> 24) / 255f;
    int at = column * CHANNELS;
    narrow[at] += visible * LIGHT[argb >> 16 & 0xFF];
    narrow[at + 1] += visible * LIGHT[argb >> 8 & 0xFF];
    narrow[at + 2] += visible * LIGHT[argb & 0xFF];
    narrow[at + 3] += visible;
  }

  private void addRow(float[] narrow, int row, double weight) {
    int at = row * width * CHANNELS;
    for (int i = 0; i < narrow.length; i++) {
      sums[at + i] += (float) (narrow[i] * weight);
    }
  }

  private BufferedImage finish() {
    var result = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
    for (int i = 0; i < width * height; i++) {
      int at = i * CHANNELS;
      double alpha = sums[at + 3];
      if (alpha > NOTHING) {
        int argb =
            (int) Math.round(Math.min(alpha, 1.0) * 255) << 24
                | encode(sums[at] / alpha) << 16
                | encode(sums[at + 1] / alpha) << 8
                | encode(sums[at + 2] / alpha);
        result.setRGB(i % width, i / width, argb);
      }
    }
    return result;
  }
}
