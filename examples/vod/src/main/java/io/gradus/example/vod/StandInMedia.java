package io.gradus.example.vod;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// In the place of `ffmpeg` where there is none: takes every source for a short video, and copies
/// it. Everything around it is as real as with the other.
final class StandInMedia implements Media {
  private static final JsonMapper JSON = new JsonMapper();

  @Override
  public boolean isReal() {
    return false;
  }

  @Override
  public JsonNode inspect(URI source) {
    return JSON.createObjectNode()
        .put("container", "mov")
        .put("durationSeconds", 3.0)
        .put("width", 640)
        .put("height", 360)
        .put("videoCodec", "h264")
        .put("audioCodec", "aac");
  }

  @Override
  public void encode(URI source, Size size, Path into) throws Unusable {
    try (InputStream stream = source.toURL().openStream()) {
      Files.copy(stream, into, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new Unusable("the source cannot be read");
    }
  }
}
