package io.gradus.engine.journal;

import io.gradus.engine.Fact;
import io.gradus.engine.Origin;
import io.gradus.engine.Payload;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Reads the runs of a history, in order, without its texts: a payload knows its place and, as far
/// as the run was read in which it stands, its size.
public final class Outline {
  private final Map<Origin, Integer> sizes = new HashMap<>();

  private final RecordCodec.PayloadReader payloads =
      new RecordCodec.PayloadReader() {
        @Override
        public Payload inline(byte[] bytes, int from, int size, Origin origin) {
          sizes.put(origin, size);
          return Payload.unresolved(origin, size);
        }

        @Override
        public Payload reference(Origin origin) {
          Integer size = sizes.get(origin);
          return size == null ? Payload.unresolved(origin) : Payload.unresolved(origin, size);
        }
      };

  /// The facts of the next run.
  public List<Fact> next(byte[] run) {
    return JournalCodec.read(run, payloads);
  }
}
