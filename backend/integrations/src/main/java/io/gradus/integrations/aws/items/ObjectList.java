package io.gradus.integrations.aws.items;

import io.gradus.engine.PayloadJson;
import io.gradus.integrations.aws.S3Objects;
import io.gradus.integrations.aws.S3Objects.ListRequest;
import io.gradus.integrations.aws.S3Objects.Listed;
import io.gradus.integrations.aws.S3Objects.Listing;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The objects of a bucket in the order of their keys. One comes back to a place in it by the key
/// before it: what S3 calls a continuation need not last.
final class ObjectList {
  private final S3Objects objects;
  private final ListRequest request;
  private Iterator<Listed> page = List.<Listed>of().iterator();
  private @Nullable String next;
  private boolean begun;
  private @Nullable String after;
  private @Nullable String markedAfter;

  /// @param cursor as [#marked] made it; null from the beginning
  ObjectList(S3Objects objects, ListRequest request, @Nullable JsonNode cursor) {
    this.objects = objects;
    this.request = request;
    JsonNode key = cursor == null ? null : cursor.get("after");
    after = key == null || !key.isString() ? request.startAfter() : key.stringValue();
    mark();
  }

  /// The next object; null when there is none.
  @Nullable Listed next() {
    while (!page.hasNext()) {
      if (begun && next == null) {
        return null;
      }
      Listing listing;
      try {
        listing =
            objects.list(
                new ListRequest(
                    request.tenant(),
                    request.bucket(),
                    request.prefix(),
                    after,
                    request.owner(),
                    next));
      } catch (S3Objects.Failed failed) {
        throw Faults.reader("the list of s3://" + request.bucket(), failed);
      }
      begun = true;
      next = listing.next();
      page = listing.objects().iterator();
    }
    Listed object = page.next();
    after = object.key();
    return object;
  }

  void mark() {
    markedAfter = after;
  }

  ObjectNode marked() {
    ObjectNode cursor = PayloadJson.MAPPER.createObjectNode();
    return markedAfter == null ? cursor : cursor.put("after", markedAfter);
  }
}
