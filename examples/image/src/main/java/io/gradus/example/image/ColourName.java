package io.gradus.example.image;

import java.awt.Color;
import java.util.Locale;

/// The everyday names of colours, each a region of hue, saturation and value.
enum ColourName {
  BLACK,
  WHITE,
  GREY,
  RED,
  ORANGE,
  BROWN,
  YELLOW,
  GREEN,
  CYAN,
  BLUE,
  PURPLE,
  PINK;

  /// The name of an sRGB colour; every colour has one.
  static ColourName of(int red, int green, int blue) {
    float[] hsb = Color.RGBtoHSB(red, green, blue, null);
    float hue = hsb[0] * 360;
    float saturation = hsb[1];
    float value = hsb[2];
    if (value < 0.16f) {
      return BLACK;
    }
    if (saturation < 0.14f) {
      return value > 0.88f ? WHITE : GREY;
    }
    return ofHue(hue, saturation, value);
  }

  private static ColourName ofHue(float hue, float saturation, float value) {
    if (hue < 14 || hue >= 345) {
      return saturation < 0.5f && value > 0.75f ? PINK : RED;
    }
    if (hue < 42) {
      return value < 0.65f ? BROWN : ORANGE;
    }
    if (hue < 68) {
      return YELLOW;
    }
    if (hue < 165) {
      return GREEN;
    }
    if (hue < 195) {
      return CYAN;
    }
    if (hue < 255) {
      return BLUE;
    }
    // A dark pink is called purple by most.
    return hue < 292 || value < 0.55f ? PURPLE : PINK;
  }

  /// The name as a tag.
  String tag() {
    return name().toLowerCase(Locale.ROOT);
  }
}
