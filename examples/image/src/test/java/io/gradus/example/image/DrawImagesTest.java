package io.gradus.example.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DrawImagesTest {
  private static final Path SHIPPED = Path.of("images");

  @Test
  void givenTheShippedImagesWhenDrawnAgainThenEachLooksTheSame() throws Exception {
    for (var drawn : DrawImages.files().entrySet()) {
      byte[] shipped = Files.readAllBytes(SHIPPED.resolve(drawn.getKey()));
      if (drawn.getKey().equals("broken.png")) {
        assertThat(shipped).hasSize(drawn.getValue().length);
        continue;
      }
      var expected = Given.read(drawn.getValue());
      var found = Given.read(shipped);
      assertThat(found.getWidth()).as(drawn.getKey()).isEqualTo(expected.getWidth());
      assertThat(found.getHeight()).as(drawn.getKey()).isEqualTo(expected.getHeight());
      for (int quadrant = 0; quadrant < 4; quadrant++) {
        assertThat(Light.ofQuadrant(found, quadrant))
            .as(drawn.getKey() + " quadrant " + quadrant)
            .satisfies(Light.closeTo(Light.ofQuadrant(expected, quadrant), 0.01));
      }
    }
  }

  @Test
  void whenListedThenTheFolderHoldsWhatIsDrawnAndIsSmall() throws IOException {
    List<String> names = new ArrayList<>();
    long bytes = 0;
    try (Stream<Path> files = Files.list(SHIPPED)) {
      for (Path file : files.toList()) {
        names.add(String.valueOf(file.getFileName()));
        bytes += Files.size(file);
      }
    }

    assertThat(names).containsExactlyInAnyOrderElementsOf(DrawImages.files().keySet());
    assertThat(bytes).isLessThan(300_000);
  }
}
