package io.gradus.example.image;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;

/// A decoded image. Width and height are those a viewer shows, that is after the camera's
/// orientation has been undone.
///
/// @param raw the pixels as the file has them, not yet turned upright
/// @param orientation how to turn them
record Picture(BufferedImage raw, Orientation orientation) {
  int width() {
    return orientation.swapsSides() ? raw.getHeight() : raw.getWidth();
  }

  int height() {
    return orientation.swapsSides() ? raw.getWidth() : raw.getHeight();
  }

  /// `GRAY`, `GRAY_ALPHA`, `INDEXED`, `RGB` or `RGBA`.
  String colourModel() {
    ColorModel model = raw.getColorModel();
    if (model instanceof IndexColorModel) {
      return "INDEXED";
    }
    boolean alpha = model.hasAlpha();
    if (model.getNumColorComponents() == 1) {
      return alpha ? "GRAY_ALPHA" : "GRAY";
    }
    return alpha ? "RGBA" : "RGB";
  }

  int bitsPerPixel() {
    return raw.getColorModel().getPixelSize();
  }

  /// The picture upright, with neither side longer than `maxSide` pixels and its aspect kept; never
  /// enlarged. The result is of type `TYPE_INT_ARGB`.
  BufferedImage fit(int maxSide) {
    // Small first, turned after: turning 32 million pixels would need as much memory again.
    return upright(Downscale.fit(raw, maxSide));
  }

  private BufferedImage upright(BufferedImage image) {
    if (orientation.equals(Orientation.UPRIGHT)) {
      return image;
    }
    int w = image.getWidth();
    int h = image.getHeight();
    boolean swap = orientation.swapsSides();
    var turned = new BufferedImage(swap ? h : w, swap ? w : h, BufferedImage.TYPE_INT_ARGB);
    for (int y = 0; y < turned.getHeight(); y++) {
      for (int x = 0; x < turned.getWidth(); x++) {
        int argb =
            switch (orientation.exif()) {
              case 2 -> image.getRGB(w - 1 - x, y);
              case 3 -> image.getRGB(w - 1 - x, h - 1 - y);
              case 4 -> image.getRGB(x, h - 1 - y);
              case 5 -> image.getRGB(y, x);
              case 6 -> image.getRGB(y, h - 1 - x);
              case 7 -> image.getRGB(w - 1 - y, h - 1 - x);
              case 8 -> image.getRGB(w - 1 - y, x);
              default -> image.getRGB(x, y);
            };
        turned.setRGB(x, y, argb);
      }
    }
    return turned;
  }
}
