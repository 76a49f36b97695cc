package io.gradus.integrations.aws.items;

import io.gradus.integrations.aws.S3Objects.Place;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Objects that items are in, one after the other, from a place that can be come back to.
interface Places extends AutoCloseable {
  /// The next object; null when there is none.
  @Nullable Place next();

  /// Where the next object is looked for.
  ObjectNode position();

  @Override
  void close();
}
