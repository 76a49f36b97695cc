package io.gradus.integrations.aws.items;

import io.gradus.engine.Payload;
import io.gradus.engine.PayloadJson;
import io.gradus.integrations.aws.S3Objects.Place;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The items of many objects, one object after the other.
final class FlatSource implements Located {
  private final Places places;
  private final Opener opener;
  private @Nullable Place place;
  private @Nullable Source current;
  private String origin = "";

  /// Where the objects go on after the current one.
  private ObjectNode after;

  private @Nullable Place markedPlace;
  private @Nullable Source markedSource;
  private ObjectNode markedAfter;

  /// Opens an object.
  interface Opener {
    /// @param cursor of its source; null from the beginning
    Source open(Place place, @Nullable JsonNode cursor);
  }

  /// @param places from the object after the current one on, where there is a cursor
  /// @param cursor as [#marked] made it; null from the beginning
  FlatSource(Places places, Opener opener, Place within, @Nullable JsonNode cursor) {
    this.places = places;
    this.opener = opener;
    this.after = places.position();
    JsonNode object = cursor == null ? null : cursor.get("object");
    if (object != null && cursor != null) {
      place =
          new Place(
              within.tenant(),
              object.path("bucket").asString(""),
              object.path("key").asString(""),
              null,
              object.path("owner").isString() ? object.path("owner").stringValue() : null);
      current = opener.open(place, cursor.get("inner"));
      origin = Located.uri(place);
    }
    markedAfter = after;
    mark();
  }

  @Override
  public @Nullable Payload next() {
    while (true) {
      if (current == null) {
        place = places.next();
        if (place == null) {
          return null;
        }
        after = places.position();
        current = opener.open(place, null);
        origin = Located.uri(place);
      }
      Payload item = current.next();
      if (item != null) {
        return item;
      }
      current.close();
      current = null;
      place = null;
    }
  }

  @Override
  public String origin() {
    return origin;
  }

  @Override
  public void mark() {
    if (current != null) {
      current.mark();
    }
    markedSource = current;
    markedPlace = place;
    markedAfter = after;
  }

  @Override
  public ObjectNode marked() {
    ObjectNode cursor = PayloadJson.MAPPER.createObjectNode();
    cursor.set("after", markedAfter);
    if (markedSource != null && markedPlace != null) {
      cursor
          .putObject("object")
          .put("bucket", markedPlace.bucket())
          .put("key", markedPlace.key())
          .put("owner", markedPlace.owner());
      cursor.set("inner", markedSource.marked());
    }
    return cursor;
  }

  @Override
  public int weight() {
    return (1 << 20) + (current == null ? 0 : current.weight());
  }

  @Override
  public void close() {
    if (current != null) {
      current.close();
    }
    places.close();
  }
}
