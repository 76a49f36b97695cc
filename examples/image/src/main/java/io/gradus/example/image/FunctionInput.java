package io.gradus.example.image;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Reads the fields of a function's input and says by name which one is wrong.
record FunctionInput(JsonNode json) {
  private static final int MAX_TAGS = 50;
  private static final int MAX_TAG_LENGTH = 64;

  /// The `image` field, which every function has.
  ImageName image() throws FunctionFailure {
    JsonNode image = json.path("image");
    if (!image.isString()) {
      throw FunctionFailure.invalidInput("The field 'image' must be a string.");
    }
    return ImageName.parse(image.stringValue());
  }

  /// A field that must be a JSON object.
  ObjectNode object(String field) throws FunctionFailure {
    if (json.path(field) instanceof ObjectNode object) {
      return object;
    }
    throw FunctionFailure.invalidInput("The field '" + field + "' must be an object.");
  }

  /// The `tags` field: a list of short, non-blank strings.
  List<String> tags() throws FunctionFailure {
    JsonNode tags = json.path("tags");
    if (!tags.isArray() || tags.size() > MAX_TAGS) {
      throw FunctionFailure.invalidInput(
          "The field 'tags' must be an array of at most " + MAX_TAGS + " strings.");
    }
    List<String> result = new ArrayList<>();
    for (JsonNode tag : tags) {
      if (!tag.isString() || tag.stringValue().isBlank()) {
        throw FunctionFailure.invalidInput("Each tag must be a string that is not blank.");
      }
      if (tag.stringValue().length() > MAX_TAG_LENGTH) {
        throw FunctionFailure.invalidInput(
            "A tag may have at most " + MAX_TAG_LENGTH + " characters.");
      }
      result.add(tag.stringValue());
    }
    return List.copyOf(result);
  }
}
