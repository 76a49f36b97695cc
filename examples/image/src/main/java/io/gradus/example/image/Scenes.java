package io.gradus.example.image;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.LinearGradientPaint;
import java.awt.RadialGradientPaint;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.util.Random;

/// The pictures of [DrawImages], each unlike the others in what a tag can tell: shape, size,
/// colours, brightness, sharpness. Drawn alike every time: what looks random has a fixed seed.
final class Scenes {
  private Scenes() {}

  /// Landscape, warm: the sun over the sea.
  static BufferedImage sunset() {
    var image = new BufferedImage(720, 450, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = pen(image);
    g.setPaint(
        new LinearGradientPaint(
            0,
            0,
            0,
            300,
            new float[] {0f, 0.45f, 0.8f, 1f},
            new Color[] {hex(0x4B2A6B), hex(0xD9532C), hex(0xFF9A3C), hex(0xFFD27A)}));
    g.fillRect(0, 0, 720, 300);
    g.setPaint(
        new RadialGradientPaint(
            360,
            265,
            120,
            new float[] {0f, 0.45f, 0.46f, 1f},
            new Color[] {
              hex(0xFFF6D0),
              hex(0xFFE9A0),
              new Color(255, 220, 130, 140),
              new Color(255, 200, 90, 0)
            }));
    g.fill(new Ellipse2D.Double(240, 145, 240, 240));
    g.setPaint(new GradientPaint(0, 300, hex(0xC0562F), 0, 450, hex(0x3A1F3F)));
    g.fillRect(0, 300, 720, 150);
    for (int i = 0; i < 22; i++) {
      int half = 62 - i * 2 + (i % 3) * 9;
      g.setColor(new Color(255, 214, 140, 190 - i * 7));
      g.fillRoundRect(360 - half, 304 + i * 6, half * 2, 3, 3, 3);
    }
    g.dispose();
    return image;
  }

  /// Portrait, blue and red with hard edges: a lighthouse.
  static BufferedImage lighthouse() {
    var image = new BufferedImage(300, 480, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = pen(image);
    g.setColor(hex(0x3E8FE0));
    g.fillRect(0, 0, 300, 480);
    g.setColor(Color.WHITE);
    g.fillOval(20, 60, 90, 34);
    g.fillOval(55, 45, 80, 44);
    g.fillOval(205, 120, 80, 30);
    for (int i = 0; i < 6; i++) {
      g.setColor(i % 2 == 0 ? hex(0xD8232A) : Color.WHITE);
      g.fill(trapezium(150, 150 + i * 42, 34 + i * 4, 42, 4));
    }
    g.setColor(hex(0x222222));
    g.fillRect(112, 140, 76, 10);
    g.setColor(hex(0xFFE14A));
    g.fillRect(130, 104, 40, 36);
    g.setColor(hex(0xD8232A));
    g.fill(trapezium(150, 80, 4, 24, 24));
    g.setColor(hex(0x2E7D32));
    g.fillOval(-60, 390, 420, 180);
    g.dispose();
    return image;
  }

  /// A square of the hardest edges there are.
  static BufferedImage checkerboard() {
    var image = new BufferedImage(400, 400, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < 400; y++) {
      for (int x = 0; x < 400; x++) {
        image.setRGB(x, y, (x / 16 + y / 16) % 2 == 0 ? 0xFFFFFF : 0x000000);
      }
    }
    return image;
  }

  /// Landscape in grey, without an edge: hills in fog.
  static BufferedImage fog() {
    var image = new BufferedImage(560, 360, BufferedImage.TYPE_BYTE_GRAY);
    for (int y = 0; y < 360; y++) {
      for (int x = 0; x < 560; x++) {
        double value = 214 - 30 * (y / 360.0);
        value -= 45 * hill(y, 190 + 40 * Math.sin(x / 95.0));
        value -= 60 * hill(y, 270 + 30 * Math.cos(x / 70.0 + 1));
        image.getRaster().setSample(x, y, 0, (int) Math.round(value));
      }
    }
    return image;
  }

  private static double hill(double y, double crest) {
    return 1 / (1 + Math.exp((crest - y) / 16));
  }

  /// A square meadow, green with flowers.
  static BufferedImage meadow() {
    var image = new BufferedImage(500, 500, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = pen(image);
    g.setColor(hex(0x4CAF50));
    g.fillRect(0, 0, 500, 500);
    g.setStroke(new BasicStroke(3));
    var random = new Random(7);
    for (int i = 0; i < 160; i++) {
      int x = random.nextInt(500);
      int y = random.nextInt(500);
      g.setColor(i % 2 == 0 ? hex(0x2E8B3D) : hex(0x7CCB5F));
      g.drawLine(x, y, x + random.nextInt(17) - 8, y - 22);
    }
    Color[] petals = {hex(0xFFD93B), hex(0xFFD93B), Color.WHITE, hex(0xF06FA8)};
    for (int i = 0; i < 46; i++) {
      flower(g, random.nextInt(480) + 10, random.nextInt(480) + 10, petals[i % petals.length]);
    }
    g.dispose();
    return image;
  }

  private static void flower(Graphics2D g, int x, int y, Color petal) {
    g.setColor(petal);
    for (int i = 0; i < 6; i++) {
      double angle = i * Math.PI / 3;
      g.fill(
          new Ellipse2D.Double(x + 11 * Math.cos(angle) - 8, y + 11 * Math.sin(angle) - 8, 16, 16));
    }
    g.setColor(hex(0xC9731C));
    g.fillOval(x - 6, y - 6, 12, 12);
  }

  /// Large and dark: a city with lit windows.
  static BufferedImage cityAtNight() {
    var image = new BufferedImage(1600, 1000, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = pen(image);
    g.setPaint(new GradientPaint(0, 0, hex(0x060B26), 0, 1000, hex(0x24386E)));
    g.fillRect(0, 0, 1600, 1000);
    g.setColor(hex(0xE8E6D0));
    g.fillOval(1260, 110, 120, 120);
    var random = new Random(3);
    for (int x = 0; x < 1600; x += 160) {
      int top = 380 + random.nextInt(380);
      g.setColor(hex(0x0B0D16));
      g.fillRect(x, top, 150, 1000 - top);
      for (int wy = top + 24; wy < 960; wy += 48) {
        for (int wx = x + 18; wx < x + 130; wx += 32) {
          if (random.nextInt(5) < 2) {
            g.setColor(hex(0xFFC94D));
            g.fillRect(wx, wy, 16, 24);
          }
        }
      }
    }
    g.dispose();
    return image;
  }

  /// Portrait: a balloon, to be stored on its side.
  static BufferedImage balloon() {
    var image = new BufferedImage(360, 540, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = pen(image);
    g.setPaint(new GradientPaint(0, 0, hex(0x7FD6E8), 0, 540, hex(0xE9FBFF)));
    g.fillRect(0, 0, 360, 540);
    g.setColor(hex(0x6A2FB5));
    g.fillOval(70, 60, 220, 260);
    g.setColor(hex(0xB784F0));
    g.fillOval(140, 60, 80, 260);
    g.setColor(hex(0x5B3A1E));
    g.setStroke(new BasicStroke(3));
    g.drawLine(110, 280, 155, 390);
    g.drawLine(250, 280, 205, 390);
    g.fillRect(150, 390, 60, 46);
    g.dispose();
    return image;
  }

  /// Small, with a transparent background.
  static BufferedImage badge() {
    var image = new BufferedImage(160, 160, BufferedImage.TYPE_INT_ARGB);
    Graphics2D g = pen(image);
    g.setColor(hex(0x00897B));
    g.fillOval(8, 8, 144, 144);
    g.setColor(Color.WHITE);
    g.setStroke(new BasicStroke(14, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    var tick = new Path2D.Double();
    tick.moveTo(48, 84);
    tick.lineTo(72, 108);
    tick.lineTo(114, 56);
    g.draw(tick);
    g.dispose();
    return image;
  }

  /// A little picture for a format that the example refuses.
  static BufferedImage button() {
    var image = new BufferedImage(120, 48, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = pen(image);
    g.setColor(hex(0x1565C0));
    g.fillRoundRect(2, 2, 116, 44, 16, 16);
    g.setColor(Color.WHITE);
    g.fill(trapezium(60, 14, 2, 20, 14));
    g.dispose();
    return image;
  }

  private static Path2D trapezium(int centre, int top, int halfTop, int height, int spread) {
    var path = new Path2D.Double();
    path.moveTo(centre - halfTop, top);
    path.lineTo(centre + halfTop, top);
    path.lineTo(centre + halfTop + spread, top + height);
    path.lineTo(centre - halfTop - spread, top + height);
    path.closePath();
    return path;
  }

  private static Graphics2D pen(BufferedImage image) {
    Graphics2D g = image.createGraphics();
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    return g;
  }

  private static Color hex(int rgb) {
    return new Color(rgb);
  }
}
