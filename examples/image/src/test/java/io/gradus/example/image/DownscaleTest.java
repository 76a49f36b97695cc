package io.gradus.example.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DownscaleTest {
  @ParameterizedTest
  @CsvSource({
    "1600, 1000, 256, 256, 160",
    "1000, 1600, 256, 160, 256",
    "300,  300,  256, 256, 256",
    "257,  100,  256, 256, 100",
    "120,  48,   256, 120, 48",
    "5000, 2,    256, 256, 1",
    "1,    1,    256, 1,   1",
  })
  void givenASizeWhenFittedThenTheAspectIsKeptAndNothingIsEnlarged(
      int width, int height, int maxSide, int fittedWidth, int fittedHeight) {
    var source = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);

    BufferedImage fitted = Downscale.fit(source, maxSide);

    assertThat(fitted.getWidth()).isEqualTo(fittedWidth);
    assertThat(fitted.getHeight()).isEqualTo(fittedHeight);
  }

  @Test
  void givenFineBlackAndWhiteWhenFittedThenItIsAsBrightAsItLooksFromAfar() {
    // given half of the light of white
    var source =
        Given.drawn(
            400, 400, BufferedImage.TYPE_INT_RGB, (x, y) -> (x + y) % 2 == 0 ? 0xFFFFFF : 0);

    BufferedImage fitted = Downscale.fit(source, 100);

    // then the sRGB value of half of the light, and not 128
    assertThat(fitted.getRGB(50, 50) & 0xFF).isCloseTo(188, within(1));
  }

  @Test
  void givenAPlainColourWhenFittedToAnUnevenSizeThenEveryPixelKeepsIt() {
    var source = Given.drawn(997, 613, BufferedImage.TYPE_INT_RGB, (_, _) -> 0x3C78B4);

    BufferedImage fitted = Downscale.fit(source, 256);

    for (int y = 0; y < fitted.getHeight(); y++) {
      for (int x = 0; x < fitted.getWidth(); x++) {
        assertThat(fitted.getRGB(x, y)).as(x + "," + y).isEqualTo(0xFF3C78B4);
      }
    }
  }

  @Test
  void givenInvisibleColourWhenFittedThenItDoesNotTintTheVisible() {
    // given opaque blue beside red that cannot be seen
    var source =
        Given.drawn(
            200, 200, BufferedImage.TYPE_INT_ARGB, (x, _) -> x % 2 == 0 ? 0xFF0000FF : 0x00FF0000);

    BufferedImage fitted = Downscale.fit(source, 100);

    assertThat(fitted.getRGB(50, 50)).isEqualTo(0x800000FF);
  }

  @ParameterizedTest
  @ValueSource(ints = {BufferedImage.TYPE_BYTE_GRAY, BufferedImage.TYPE_USHORT_GRAY})
  void givenGreySamplesWhenFittedThenTheyAreNotBrightened(int type) {
    int value = 128;
    var source = new BufferedImage(300, 300, type);
    int sample = type == BufferedImage.TYPE_BYTE_GRAY ? value : value * 257;
    for (int y = 0; y < 300; y++) {
      for (int x = 0; x < 300; x++) {
        source.getRaster().setSample(x, y, 0, sample);
      }
    }

    BufferedImage fitted = Downscale.fit(source, 100);

    assertThat(fitted.getRGB(50, 50) & 0xFF).isEqualTo(value);
  }
}
