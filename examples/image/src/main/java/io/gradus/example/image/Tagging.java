package io.gradus.example.image;

import java.util.ArrayList;
import java.util.List;

/// Turns what is measured of a picture into the words it is tagged with.
final class Tagging {
  private static final double SQUARE_TOLERANCE = 0.05;
  private static final long SMALL_PIXELS = 100_000;
  private static final long LARGE_PIXELS = 1_000_000;
  private static final double DARK_BELOW = 40;
  private static final double BRIGHT_FROM = 70;
  private static final double BLURRED_BELOW = 10;
  private static final double SHARP_FROM = 300;

  private Tagging() {}

  /// The tags of a picture: its orientation, size class, brightness and sharpness, one word each,
  /// and then its dominant colours.
  static List<String> tags(Picture picture, PixelTraits traits) {
    List<String> tags = new ArrayList<>();
    tags.add(orientation(picture.width(), picture.height()));
    tags.add(sizeClass((long) picture.width() * picture.height()));
    tags.add(brightness(traits.brightness()));
    tags.add(sharpness(traits.sharpness()));
    traits.colours().forEach(colour -> tags.add(colour.name().tag()));
    return List.copyOf(tags);
  }

  private static String orientation(int width, int height) {
    double ratio = (double) width / height;
    if (Math.abs(ratio - 1) <= SQUARE_TOLERANCE) {
      return "square";
    }
    return ratio > 1 ? "landscape" : "portrait";
  }

  private static String sizeClass(long pixels) {
    if (pixels < SMALL_PIXELS) {
      return "small";
    }
    return pixels < LARGE_PIXELS ? "medium" : "large";
  }

  private static String brightness(double lightness) {
    if (lightness < DARK_BELOW) {
      return "dark";
    }
    return lightness < BRIGHT_FROM ? "balanced" : "bright";
  }

  private static String sharpness(double laplacianVariance) {
    if (laplacianVariance < BLURRED_BELOW) {
      return "blurred";
    }
    return laplacianVariance < SHARP_FROM ? "soft" : "sharp";
  }
}
