package io.gradus.example.image;

import static io.gradus.example.image.Given.JSON;
import static io.gradus.example.image.Given.assertFails;
import static io.gradus.example.image.Given.input;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class ImageFunctionsTest {
  @TempDir Path temp;
  private Path images;
  private Path output;
  private ImageFunctions functions;

  @BeforeEach
  void givenTheShippedImages() throws Exception {
    images = Given.images(temp.resolve("images"));
    output = temp.resolve("output");
    functions = new ImageFunctions(images, output);
  }

  static List<String> decodable() {
    return Given.decodable();
  }

  @ParameterizedTest
  @CsvSource({
    "sunset.jpg,        JPEG, 720,  450,  RGB,  1",
    "lighthouse.png,    PNG,  300,  480,  RGB,  1",
    "fog.jpg,           JPEG, 560,  360,  GRAY, 1",
    "badge.png,         PNG,  160,  160,  RGBA, 1",
    "city-at-night.jpg, JPEG, 1600, 1000, RGB,  1",
    "held-sideways.jpg, JPEG, 360,  540,  RGB,  6",
  })
  void whenMetadataIsExtractedThenItIsTheFilesOwn(
      String image, String format, int width, int height, String colourModel, int orientation)
      throws Exception {
    JsonNode metadata = functions.extractMetadata(input(image));

    assertThat(metadata.path("format").asString()).isEqualTo(format);
    assertThat(metadata.path("width").asInt()).isEqualTo(width);
    assertThat(metadata.path("height").asInt()).isEqualTo(height);
    assertThat(metadata.path("colourModel").asString()).isEqualTo(colourModel);
    assertThat(metadata.path("exifOrientation").asInt()).isEqualTo(orientation);
    assertThat(metadata.path("bytes").asLong()).isEqualTo(Files.size(images.resolve(image)));
  }

  @Test
  void givenAFormatThatIsNotDecodedWhenExtractedThenItIsNamed() throws Exception {
    JsonNode metadata = functions.extractMetadata(input("button.gif"));

    assertThat(metadata.path("format").asString()).isEqualTo("GIF");
    assertThat(metadata.has("width")).isFalse();
    assertFails("UnsupportedFormat", () -> functions.deriveTags(input("button.gif")));
    assertFails("UnsupportedFormat", () -> functions.createThumbnail(input("button.gif")));
  }

  @Test
  void givenABrokenFileWhenReadThenTheFailureHasAName() {
    assertFails("UnreadableImage", () -> functions.extractMetadata(input("broken.png")));
    assertFails("UnreadableImage", () -> functions.createThumbnail(input("broken.png")));
    assertThat(output.resolve("thumbnails")).isEmptyDirectory();
  }

  @ParameterizedTest
  @CsvSource({
    "sunset.jpg,        'landscape, medium, balanced, soft, orange'",
    "lighthouse.png,    'portrait, medium, balanced, sharp, blue, green, white'",
    "checkerboard.png,  'square, medium, bright, sharp, black, white'",
    "fog.jpg,           'landscape, medium, blurred, grey'",
    "meadow.png,        'square, medium, balanced, green'",
    "city-at-night.jpg, 'landscape, large, dark, sharp, blue, black'",
    "held-sideways.jpg, 'portrait, medium, bright, soft, cyan, purple'",
    "badge.png,         'square, small, sharp, cyan'",
  })
  void whenTagsAreDerivedThenTheySayWhatIsSeen(String image, String expected) throws Exception {
    assertThat(tags(functions.deriveTags(input(image)))).contains(expected.split(", "));
  }

  @Test
  void givenDifferentImagesThenNoTwoHaveTheSameTags() throws Exception {
    Set<List<String>> seen = new HashSet<>();

    for (String image : Given.decodable()) {
      assertThat(seen.add(tags(functions.deriveTags(input(image))))).as(image).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("decodable")
  void whenAThumbnailIsMadeThenItLooksLikeTheImage(String image) throws Exception {
    // given the picture as a viewer shows it
    BufferedImage original =
        image.equals("held-sideways.jpg")
            ? Scenes.balloon()
            : Given.read(Files.readAllBytes(images.resolve(image)));

    JsonNode thumbnail = functions.createThumbnail(input(image)).path("thumbnail");

    BufferedImage small =
        Given.read(Files.readAllBytes(output.resolve(thumbnail.path("path").asString())));
    assertThat(small.getWidth()).isEqualTo(thumbnail.path("width").asInt());
    assertThat(small.getHeight()).isEqualTo(thumbnail.path("height").asInt());
    assertThat(Math.max(small.getWidth(), small.getHeight()))
        .isEqualTo(Math.min(256, Math.max(original.getWidth(), original.getHeight())));
    assertThat((double) small.getWidth() / small.getHeight())
        .isCloseTo((double) original.getWidth() / original.getHeight(), within(0.01));
    for (int quadrant = 0; quadrant < 4; quadrant++) {
      assertThat(Light.ofQuadrant(small, quadrant))
          .as("quadrant " + quadrant)
          .satisfies(Light.closeTo(Light.ofQuadrant(original, quadrant), 0.02));
    }
    assertThat(colours(small)).as("not blank").hasSizeGreaterThan(3);
  }

  @Test
  void givenDifferentImagesThenTheirThumbnailsDiffer() throws Exception {
    Set<String> seen = new HashSet<>();

    for (String image : Given.decodable()) {
      JsonNode thumbnail = functions.createThumbnail(input(image)).path("thumbnail");
      byte[] file = Files.readAllBytes(output.resolve(thumbnail.path("path").asString()));
      assertThat(seen.add(ImageName.sha256(file))).as(image).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("decodable")
  void whenCalledAgainThenEveryFunctionAnswersTheSameAndLeavesTheSameFiles(String image)
      throws Exception {
    List<JsonNode> first = wholeRun(image);
    List<String> filesThen = files();

    List<JsonNode> second = wholeRun(image);

    assertThat(second).isEqualTo(first);
    assertThat(files()).isEqualTo(filesThen);
  }

  @Test
  void givenALateSecondDispatchWhenMetadataIsStoredAgainThenTheTagsStay() throws Exception {
    wholeRun("meadow.png");

    JsonNode again = functions.storeMetadata(store("meadow.png"));

    assertThat(tags(again)).contains("green");
    assertThat(again.path("thumbnail").path("width").asInt()).isEqualTo(256);
  }

  @Test
  void givenAnImageThatWasReplacedWhenMetadataIsStoredThenTheOldTagsGo() throws Exception {
    wholeRun("meadow.png");
    Files.copy(
        images.resolve("fog.jpg"),
        images.resolve("meadow.png"),
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);

    JsonNode stored = functions.storeMetadata(store("meadow.png"));

    assertThat(stored.has("tags")).isFalse();
    assertThat(stored.path("metadata").path("format").asString()).isEqualTo("JPEG");
  }

  @Test
  void givenNoMetadataWhenTagsAreAddedThenTheFailureHasAName() {
    ObjectNode addTags = input("fog.jpg");
    addTags.putArray("tags").add("grey");

    assertFails("MetadataNotStored", () -> functions.addTags(addTags));
  }

  @Test
  void givenManyAtOnceWhenTagsAreAddedThenNoneIsLost() throws Exception {
    functions.storeMetadata(store("fog.jpg"));
    List<Callable<JsonNode>> calls = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      ObjectNode addTags = input("fog.jpg");
      addTags.putArray("tags").add("tag-" + i);
      calls.add(() -> functions.addTags(addTags));
    }

    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<JsonNode> done : executor.invokeAll(calls)) {
        done.get();
      }
    }

    assertThat(tags(functions.storeMetadata(store("fog.jpg")))).hasSize(40);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "null",
        "\"sunset.jpg\"",
        "{\"image\": 1}",
        "{\"image\": \"sunset.jpg\"}",
        "{\"image\": \"sunset.jpg\", \"tags\": \"red\"}",
        "{\"image\": \"sunset.jpg\", \"tags\": [1]}",
        "{\"image\": \"sunset.jpg\", \"tags\": [\" \"]}",
        "{\"image\": \"sunset.jpg\", \"tags\": [], \"thumbnail\": 1}",
      })
  void givenInputOfAnotherShapeThenTheFailureHasAName(String json) {
    assertFails("InvalidInput", () -> functions.addTags(JSON.readTree(json)));
  }

  private List<JsonNode> wholeRun(String image) throws FunctionFailure {
    JsonNode stored = functions.storeMetadata(store(image));
    JsonNode derived = functions.deriveTags(input(image));
    JsonNode thumbnail = functions.createThumbnail(input(image));
    ObjectNode addTags = input(image);
    addTags.set("tags", derived.path("tags"));
    addTags.set("thumbnail", thumbnail.path("thumbnail"));
    JsonNode tagged = functions.addTags(addTags);
    return List.of(stored.path("metadata"), derived, thumbnail, tagged);
  }

  private ObjectNode store(String image) throws FunctionFailure {
    ObjectNode input = input(image);
    input.set("metadata", functions.extractMetadata(input(image)));
    return input;
  }

  private List<String> files() throws Exception {
    try (var walk = Files.walk(output)) {
      List<String> files = new ArrayList<>();
      for (Path file : walk.filter(Files::isRegularFile).sorted().toList()) {
        files.add(output.relativize(file) + " " + ImageName.sha256(Files.readAllBytes(file)));
      }
      return files;
    }
  }

  private static List<String> tags(JsonNode json) {
    List<String> tags = new ArrayList<>();
    json.path("tags").forEach(tag -> tags.add(tag.asString()));
    return tags;
  }

  private static Set<Integer> colours(BufferedImage image) {
    Set<Integer> colours = new HashSet<>();
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        colours.add(image.getRGB(x, y));
      }
    }
    return colours;
  }
}
