package io.gradus.integrations.aws.items;

import io.gradus.engine.Payload;
import io.gradus.integrations.aws.S3Objects.Place;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// A source that knows where its items lie.
interface Located extends Source {
  /// Where the item that was given last lies, as [io.gradus.engine.port.ItemReader.Item] says it.
  String origin();

  /// How an object is named there.
  static String uri(Place place) {
    return uri(place.bucket()) + "/" + place.key();
  }

  /// How a bucket is named there.
  static String uri(String bucket) {
    return "S3://" + bucket;
  }

  /// Items that all lie in one object.
  record In(String origin, Source items) implements Located {
    @Override
    public @Nullable Payload next() {
      return items.next();
    }

    @Override
    public void mark() {
      items.mark();
    }

    @Override
    public ObjectNode marked() {
      return items.marked();
    }

    @Override
    public int weight() {
      return items.weight();
    }

    @Override
    public void close() {
      items.close();
    }
  }
}
