package io.gradus.integrations.aws.items;

import io.gradus.engine.TenantId;
import io.gradus.integrations.aws.S3Objects.Listed;
import io.gradus.integrations.aws.S3Objects.Place;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// The objects of a list. What consoles show as a folder is an object without content, and has no
/// items.
record ListedPlaces(ObjectList list, TenantId tenant, String bucket, @Nullable String owner)
    implements Places {
  @Override
  public @Nullable Place next() {
    for (Listed object = list.next(); object != null; object = list.next()) {
      if (object.size() > 0 || !object.key().endsWith("/")) {
        return new Place(tenant, bucket, object.key(), null, owner);
      }
    }
    return null;
  }

  @Override
  public ObjectNode position() {
    list.mark();
    return list.marked();
  }

  @Override
  public void close() {
    // Nothing is open between two pages.
  }
}
