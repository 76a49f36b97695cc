package io.gradus.integrations.aws.items;

import io.gradus.engine.Payload;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Items, one after the other, from a place that can be come back to.
interface Source extends AutoCloseable {
  /// The next item; null when there is none.
  ///
  /// @throws io.gradus.engine.port.ItemFailure if it can't be read
  @Nullable Payload next();

  /// Remembers where the next item begins. Cheap: it is asked before every item.
  void mark();

  /// What was remembered last: a source opened with it begins with the item that was next then.
  ObjectNode marked();

  /// What is kept in memory between two items, roughly, in bytes.
  int weight();

  @Override
  void close();
}
