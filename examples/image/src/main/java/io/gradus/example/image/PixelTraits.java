package io.gradus.example.image;

import java.awt.image.BufferedImage;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What the pixels of a picture say: its colours, how bright and how sharp it is.
///
/// @param colours the colours that matter, largest share first; at least one, unless nothing of the
///   picture is visible
/// @param brightness how bright it looks, 0 (black) to 100 (white)
/// @param sharpness the variance of the Laplacian of the grey picture, 0 for a plain surface and
///   thousands for hard edges
record PixelTraits(List<ColourShare> colours, double brightness, double sharpness) {
  /// Sides are brought down to this first, so that the same scene gets the same figures whatever
  /// its resolution.
  private static final int WORKING_SIDE = 512;

  private static final double DOMINANT_SHARE = 0.10;
  private static final int MAX_COLOURS = 4;

  /// A named colour, its mean in the picture and the part of the visible pixels that have it.
  record ColourShare(ColourName name, String hex, double share) {}

  PixelTraits {
    colours = List.copyOf(colours);
  }

  /// Measures a picture.
  static PixelTraits of(Picture picture) {
    BufferedImage image = picture.fit(WORKING_SIDE);
    int[] argb = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    float[] grey = grey(argb);
    return new PixelTraits(
        colours(argb), brightness(argb), laplacianVariance(grey, image.getWidth()));
  }

  /// Quantises to 16 steps a channel, names each cell by its mean, and adds the cells of a name up.
  private static List<ColourShare> colours(int[] argb) {
    Map<Integer, long[]> cells = new HashMap<>();
    long visible = 0;
    for (int pixel : argb) {
      if (pixel >>> 24 >= 128) {
        visible++;
        int cell = (pixel >> 12 & 0xF00) | (pixel >> 8 & 0xF0) | (pixel >> 4 & 0xF);
        long[] sum = cells.computeIfAbsent(cell, _ -> new long[4]);
        add(sum, pixel >> 16 & 0xFF, pixel >> 8 & 0xFF, pixel & 0xFF, 1);
      }
    }
    Map<ColourName, long[]> names = new EnumMap<>(ColourName.class);
    for (long[] cell : cells.values()) {
      ColourName name =
          ColourName.of(
              (int) (cell[0] / cell[3]), (int) (cell[1] / cell[3]), (int) (cell[2] / cell[3]));
      add(names.computeIfAbsent(name, _ -> new long[4]), cell[0], cell[1], cell[2], cell[3]);
    }
    return dominant(names, visible);
  }

  private static void add(long[] sum, long red, long green, long blue, long pixels) {
    sum[0] += red;
    sum[1] += green;
    sum[2] += blue;
    sum[3] += pixels;
  }

  private static List<ColourShare> dominant(Map<ColourName, long[]> names, long visible) {
    List<ColourShare> all =
        names.entrySet().stream()
            .map(e -> share(e.getKey(), e.getValue(), visible))
            .sorted(Comparator.comparingDouble(ColourShare::share).reversed())
            .toList();
    List<ColourShare> large = all.stream().filter(c -> c.share() >= DOMINANT_SHARE).toList();
    // A picture of very many colours has none that dominates; its largest still describes it best.
    return (large.isEmpty() ? all.stream().limit(1) : large.stream().limit(MAX_COLOURS)).toList();
  }

  private static ColourShare share(ColourName name, long[] sum, long visible) {
    long pixels = sum[3];
    String hex = String.format("#%02x%02x%02x", sum[0] / pixels, sum[1] / pixels, sum[2] / pixels);
    return new ColourShare(name, hex, (double) pixels / visible);
  }

  /// The encoded grey value of each pixel, 0 to 255, over white where the picture is transparent.
  private static float[] grey(int[] argb) {
    float[] grey = new float[argb.length];
    for (int i = 0; i < argb.length; i++) {
      float alpha = (argb[i] >>> 24) / 255f;
      float value =
          0.2126f * (argb[i] >> 16 & 0xFF)
              + 0.7152f * (argb[i] >> 8 & 0xFF)
              + 0.0722f * (argb[i] & 0xFF);
      grey[i] = alpha * value + (1 - alpha) * 255;
    }
    return grey;
  }

  /// The lightness (CIE L*) of the picture's mean light.
  private static double brightness(int[] argb) {
    double sum = 0;
    for (int pixel : argb) {
      double alpha = (pixel >>> 24) / 255.0;
      double light =
          0.2126 * Downscale.light(pixel >> 16 & 0xFF)
              + 0.7152 * Downscale.light(pixel >> 8 & 0xFF)
              + 0.0722 * Downscale.light(pixel & 0xFF);
      sum += alpha * light + (1 - alpha);
    }
    double mean = sum / argb.length;
    return mean > 0.008856 ? 116 * Math.cbrt(mean) - 16 : 903.3 * mean;
  }

  private static double laplacianVariance(float[] grey, int width) {
    int height = grey.length / width;
    double sum = 0;
    double squares = 0;
    long count = 0;
    for (int y = 1; y < height - 1; y++) {
      for (int x = 1; x < width - 1; x++) {
        int at = y * width + x;
        double laplacian =
            grey[at - width] + grey[at + width] + grey[at - 1] + grey[at + 1] - 4 * grey[at];
        sum += laplacian;
        squares += laplacian * laplacian;
        count++;
      }
    }
    // A picture of one or two rows has no inner pixel: nothing in it can be called sharp.
    return count == 0 ? 0 : squares / count - (sum / count) * (sum / count);
  }
}
