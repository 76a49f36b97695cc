package io.gradus.example.image;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import javax.imageio.ImageIO;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The five functions of the example. Each takes `{"image": <name below the image folder>, …}`.
final class ImageFunctions {
  /// The longest side of a thumbnail, in pixels.
  static final int THUMBNAIL_SIDE = 256;

  private static final String THUMBNAILS = "thumbnails";
  private static final JsonMapper JSON = new JsonMapper();

  private final ImageFolder images;
  private final MetadataStore store;
  private final Path thumbnails;

  /// @param imageFolder where the images lie
  /// @param outputFolder where `metadata/` and `thumbnails/` are written; made where missing
  ImageFunctions(Path imageFolder, Path outputFolder) throws IOException {
    this.images = new ImageFolder(imageFolder);
    this.store = new MetadataStore(outputFolder.resolve("metadata"));
    this.thumbnails = Files.createDirectories(outputFolder.resolve(THUMBNAILS));
  }

  /// The functions by the names they are registered under.
  Map<String, WorkerFunction> byName() {
    return Map.of(
        "extract-metadata", this::extractMetadata,
        "store-metadata", this::storeMetadata,
        "derive-tags", this::deriveTags,
        "create-thumbnail", this::createThumbnail,
        "add-tags", this::addTags);
  }

  /// `{"image"}` → what the file says of itself. A format that is not decoded is no failure: it is
  /// named, and the state machine decides.
  JsonNode extractMetadata(JsonNode input) throws FunctionFailure {
    ImageFile file = images.read(new FunctionInput(input).image());
    ObjectNode metadata = JSON.createObjectNode();
    metadata.put("image", file.name().value());
    metadata.put("format", file.format().name());
    metadata.put("mediaType", file.format().mediaType());
    metadata.put("bytes", file.bytes().length);
    metadata.put("sha256", file.sha256());
    if (file.format().decodable()) {
      Picture picture = ImageDecoder.decode(file);
      metadata.put("width", picture.width());
      metadata.put("height", picture.height());
      metadata.put("colourModel", picture.colourModel());
      metadata.put("bitsPerPixel", picture.bitsPerPixel());
      metadata.put("exifOrientation", picture.orientation().exif());
    }
    return metadata;
  }

  /// `{"image", "metadata": {…}}` → the stored document.
  JsonNode storeMetadata(JsonNode input) throws FunctionFailure {
    var fields = new FunctionInput(input);
    return store.putMetadata(fields.image(), fields.object("metadata"));
  }

  /// `{"image"}` → `{"tags": […], "colours": […], "brightness", "sharpness"}`.
  JsonNode deriveTags(JsonNode input) throws FunctionFailure {
    Picture picture = ImageDecoder.decode(images.read(new FunctionInput(input).image()));
    PixelTraits traits = PixelTraits.of(picture);
    ObjectNode result = JSON.createObjectNode();
    ArrayNode tags = result.putArray("tags");
    Tagging.tags(picture, traits).forEach(tags::add);
    ArrayNode colours = result.putArray("colours");
    for (PixelTraits.ColourShare colour : traits.colours()) {
      colours
          .addObject()
          .put("name", colour.name().tag())
          .put("hex", colour.hex())
          .put("share", rounded(colour.share()));
    }
    result.put("brightness", rounded(traits.brightness()));
    result.put("sharpness", rounded(traits.sharpness()));
    return result;
  }

  /// `{"image"}` → `{"thumbnail": {"path", "width", "height", "bytes"}}`, the path below the output
  /// folder. An image that is smaller than a thumbnail keeps its size.
  JsonNode createThumbnail(JsonNode input) throws FunctionFailure {
    ImageName image = new FunctionInput(input).image();
    BufferedImage small = ImageDecoder.decode(images.read(image)).fit(THUMBNAIL_SIDE);
    byte[] png = png(small);
    String name = image.fileKey() + ".thumb.png";
    try {
      DurableFile.replace(thumbnails, name, png);
    } catch (IOException e) {
      throw FunctionFailure.storageUnavailable(
          "The thumbnail of the image '" + image + "' could not be written.");
    }
    ObjectNode result = JSON.createObjectNode();
    result
        .putObject("thumbnail")
        .put("path", THUMBNAILS + "/" + name)
        .put("width", small.getWidth())
        .put("height", small.getHeight())
        .put("bytes", png.length);
    return result;
  }

  /// `{"image", "tags": […], "thumbnail"?: {…}}` → the stored document with them merged in.
  JsonNode addTags(JsonNode input) throws FunctionFailure {
    var fields = new FunctionInput(input);
    JsonNode thumbnail = input.has("thumbnail") ? fields.object("thumbnail") : null;
    return store.addTags(fields.image(), fields.tags(), thumbnail);
  }

  private static byte[] png(BufferedImage image) {
    var out = new ByteArrayOutputStream();
    try {
      if (!ImageIO.write(image, ImageFormat.PNG.name().toLowerCase(Locale.ROOT), out)) {
        throw new IllegalStateException("every Java platform writes PNG");
      }
    } catch (IOException e) {
      throw new IllegalStateException("writing to memory failed", e);
    }
    return out.toByteArray();
  }

  /// Two decimals: enough for people, and free of digits that differ by platform.
  private static double rounded(double value) {
    return Math.round(value * 100) / 100.0;
  }
}
