package io.gradus.integrations.aws.items;

import io.gradus.engine.Payload;
import io.gradus.engine.PayloadJson;
import io.gradus.integrations.aws.S3Objects.Listed;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// An object is an item: what S3's list says of it.
///
/// @param origin its bucket
record ListSource(ObjectList list, String origin) implements Located {
  @Override
  public @Nullable Payload next() {
    Listed object = list.next();
    if (object == null) {
      return null;
    }
    ObjectNode item = PayloadJson.MAPPER.createObjectNode();
    item.put("Etag", object.etag())
        .put("Key", object.key())
        .put("LastModified", object.lastModified().getEpochSecond())
        .put("Size", object.size())
        .put("StorageClass", object.storageClass());
    return Payload.of(item);
  }

  @Override
  public void mark() {
    list.mark();
  }

  @Override
  public ObjectNode marked() {
    return list.marked();
  }

  @Override
  public int weight() {
    return 1 << 19; // a page of a thousand
  }

  @Override
  public void close() {
    // Nothing is open between two pages.
  }
}
