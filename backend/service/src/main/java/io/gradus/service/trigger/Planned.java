package io.gradus.service.trigger;

import io.gradus.service.trigger.Trigger.Draft;
import io.gradus.service.trigger.Trigger.Source;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A draft that was found sound.
///
/// @param nextFireAt of a schedule that is to fire; null for none
/// @param dueAt when it is to be seen to first; null for never
record Planned(Source source, @Nullable Instant nextFireAt, @Nullable Instant dueAt) {
  Trigger trigger(
      UUID id, String name, Draft draft, String createdBy, Instant createdAt, Instant now) {
    return new Trigger(
        id,
        name,
        draft.stateMachineArn(),
        draft.input(),
        draft.enabled(),
        source,
        createdBy,
        createdAt,
        now,
        nextFireAt,
        null,
        null,
        null);
  }
}
