package io.gradus.integrations.aws.items;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Which object it was when reading began, so that another one in its place is noticed.
record Pin(String etag, long size) {
  static Pin of(JsonNode cursor) {
    return new Pin(cursor.path("etag").asString(""), cursor.path("size").asLong(0));
  }

  void addTo(ObjectNode cursor) {
    cursor.put("etag", etag).put("size", size);
  }
}
