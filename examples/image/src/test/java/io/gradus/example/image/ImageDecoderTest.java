package io.gradus.example.image;

import static io.gradus.example.image.Given.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageDecoderTest {
  private static final int RED = 0xFFFF0000;
  private static final int BLUE = 0xFF0000FF;

  @ParameterizedTest
  @CsvSource({
    "GIF89a,                                   GIF",
    "BM____,                                   BMP",
    "'II*\0',                                  TIFF",
    "RIFF____WEBP,                             WEBP",
    "<svg xmlns='x'/>,                         SVG",
    "<?xml version='1.0'?><!-- --><SVG/>,      SVG",
    "<html>,                                   UNKNOWN",
    "hello,                                    UNKNOWN",
    "'',                                       UNKNOWN",
  })
  void givenTheFirstBytesThenTheFormatIsNamed(String start, ImageFormat format) {
    assertThat(ImageFormat.of(start.getBytes(StandardCharsets.ISO_8859_1))).isEqualTo(format);
  }

  @Test
  void givenAPngNamedJpegThenItsBytesDecide() throws Exception {
    byte[] png = Given.png(Scenes.button());

    assertThat(Given.file("photo.jpg", png).format()).isEqualTo(ImageFormat.PNG);
    assertThat(ImageDecoder.decode(Given.file("photo.jpg", png)).width()).isEqualTo(120);
  }

  @Test
  void givenASmallFileThatAnnouncesAHugePictureThenItIsRefusedUndecoded() {
    byte[] png = Given.png(Scenes.button());
    ByteBuffer.wrap(png).putInt(16, 60_000).putInt(20, 60_000).putInt(29, crc(png, 12, 17));

    assertFails("ImageTooLarge", () -> ImageDecoder.decode(Given.file("bomb.png", png)));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.02, 0.3, 0.9})
  void givenAFileThatWasCutShortThenItIsUnreadable(double part) {
    byte[] jpeg = DrawImages.jpeg(Scenes.sunset());
    byte[] png = Given.png(Scenes.meadow());

    for (byte[] whole : new byte[][] {jpeg, png}) {
      byte[] cut = Arrays.copyOf(whole, (int) (whole.length * part));
      assertFails("UnreadableImage", () -> ImageDecoder.decode(Given.file("cut", cut)));
    }
  }

  @Test
  void givenDamagedBytesThenTheOnlyFailuresAreNamedOnes() {
    var random = new Random(11);
    byte[] jpeg = DrawImages.withOrientation(DrawImages.jpeg(Scenes.button()), 6);
    byte[] png = Given.png(Scenes.button());

    for (int i = 0; i < 400; i++) {
      byte[] damaged = (i % 2 == 0 ? jpeg : png).clone();
      for (int hit = 0; hit < 4; hit++) {
        damaged[4 + random.nextInt(damaged.length - 4)] = (byte) random.nextInt(256);
      }
      try {
        assertThat(ImageDecoder.decode(Given.file("damaged", damaged)).width()).isPositive();
      } catch (FunctionFailure e) {
        assertThat(e.errorType()).isIn("UnreadableImage", "ImageTooLarge", "UnsupportedFormat");
      }
    }
  }

  /// A quarter of the picture is red; where it lies once upright is what EXIF defines.
  @ParameterizedTest
  @CsvSource({
    "1, 64, 32, 0, 0", "2, 64, 32, 1, 0", "3, 64, 32, 1, 1", "4, 64, 32, 0, 1",
    "5, 32, 64, 0, 0", "6, 32, 64, 1, 0", "7, 32, 64, 1, 1", "8, 32, 64, 0, 1",
  })
  void givenAnOrientationThenThePictureIsTurnedUpright(
      int exif, int width, int height, int redRight, int redBottom) throws Exception {
    BufferedImage stored =
        Given.drawn(64, 32, BufferedImage.TYPE_INT_RGB, (x, y) -> x < 32 && y < 16 ? RED : BLUE);
    byte[] jpeg = DrawImages.withOrientation(DrawImages.jpeg(stored), exif);

    Picture picture = ImageDecoder.decode(Given.file("turned.jpg", jpeg));
    BufferedImage upright = picture.fit(64);

    assertThat(picture.width()).isEqualTo(upright.getWidth()).isEqualTo(width);
    assertThat(picture.height()).isEqualTo(upright.getHeight()).isEqualTo(height);
    for (int right = 0; right <= 1; right++) {
      for (int bottom = 0; bottom <= 1; bottom++) {
        int argb = upright.getRGB(width / 4 + right * width / 2, height / 4 + bottom * height / 2);
        boolean red = (argb >> 16 & 0xFF) > 128;
        assertThat(red).isEqualTo(right == redRight && bottom == redBottom);
      }
    }
  }

  @Test
  void givenADamagedExifBlockThenThePictureIsTakenAsUpright() {
    byte[] jpeg = DrawImages.withOrientation(DrawImages.jpeg(Scenes.button()), 6);
    assertThat(Orientation.ofJpeg(jpeg).exif()).isEqualTo(6);

    for (int i = 2; i < 38; i++) {
      byte[] damaged = jpeg.clone();
      damaged[i] = (byte) 0xFF;
      assertThat(Orientation.ofJpeg(damaged).exif()).as("byte " + i).isBetween(1, 8);
    }
    assertThat(Orientation.ofJpeg(Arrays.copyOf(jpeg, 20))).isEqualTo(Orientation.UPRIGHT);
  }

  private static int crc(byte[] bytes, int from, int length) {
    var crc = new CRC32();
    crc.update(bytes, from, length);
    return (int) crc.getValue();
  }
}
