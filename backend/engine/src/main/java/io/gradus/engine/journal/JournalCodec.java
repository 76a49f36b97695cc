package io.gradus.engine.journal;

import io.gradus.engine.Details;
import io.gradus.engine.Fact;
import io.gradus.engine.FrameId;
import io.gradus.engine.Origin;
import io.gradus.engine.Payload;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;

/// The bytes of a run of facts: one row of history, made by one commit. It is JSON, so that a row
/// can be read with any tool; payloads stand in it once.
///
/// An event is `[id, previousEventId, micros, frame, details]`, an engine-only fact its tag and
/// components.
public final class JournalCodec {
  private JournalCodec() {}

  /// An event's row, in the order of its components.
  private record Head(long id, long previousEventId, Instant timestamp, FrameId frame) {}

  public static byte[] encode(List<Fact> facts) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(64 + facts.size() * 128);
    try (JsonGenerator json = RecordCodec.JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
      json.writeStartArray();
      RecordCodec.Sink sink = new RecordCodec.Sink(json, bytes, 0);
      for (Fact fact : facts) {
        if (fact instanceof Fact.HistoryEvent e) {
          sink = sink.inEvent(e.id());
          json.writeStartArray();
          RecordCodec.write(sink, new Head(e.id(), e.previousEventId(), e.timestamp(), e.frame()));
          Tags.write(sink, e.details());
          json.writeEndArray();
        } else {
          Tags.write(sink, fact);
        }
      }
      json.writeEndArray();
    }
    return bytes.toByteArray();
  }

  /// The facts of a run. Payloads that stand in it are resolved; those that stand in another run
  /// are not, see [#unresolved].
  public static List<Fact> decode(byte[] run) {
    Map<Origin, Payload> here = new HashMap<>();
    return read(
        run,
        new RecordCodec.PayloadReader() {
          @Override
          public Payload inline(byte[] bytes, int from, int size, Origin origin) {
            Payload payload =
                Payload.ofText(Arrays.copyOfRange(bytes, from, from + size)).at(origin);
            here.put(origin, payload);
            return payload;
          }

          @Override
          public Payload reference(Origin origin) {
            Payload known = here.get(origin);
            return known != null ? known : Payload.unresolved(origin);
          }
        });
  }

  /// The facts of a run with no payload resolved, also where it stands in the run itself.
  public static List<Fact> outline(byte[] run) {
    return new Outline().next(run);
  }

  static List<Fact> read(byte[] run, RecordCodec.PayloadReader payloads) {
    List<Fact> facts = new ArrayList<>();
    try (JsonParser json = RecordCodec.JSON.createParser(ObjectReadContext.empty(), run)) {
      json.nextToken();
      RecordCodec.Source source = new RecordCodec.Source(json, run, payloads, 0);
      while (json.nextToken() == JsonToken.START_ARRAY) {
        // an event opens with its head, a fact with its tag
        JsonToken first = json.nextToken();
        if (first == JsonToken.START_ARRAY) {
          Head head = RecordCodec.read(source, Head.class);
          source = source.inEvent(head.id());
          json.nextToken();
          Details details = (Details) Tags.read(source);
          json.nextToken();
          facts.add(
              new Fact.HistoryEvent(
                  head.id(), head.previousEventId(), head.timestamp(), head.frame(), details));
        } else {
          facts.add((Fact) Tags.readTagged(source));
        }
      }
    }
    return facts;
  }

  /// The texts that stand at those places in a run; places in other runs are left out.
  public static Map<Origin, byte[]> payloads(byte[] run, Collection<Origin> wanted) {
    Set<Origin> origins = new HashSet<>(wanted);
    Map<Origin, byte[]> found = new HashMap<>();
    for (Payload payload : Payloads.of(decode(run))) {
      Origin origin = payload.origin();
      if (origin != null && payload.isResolved() && origins.contains(origin)) {
        found.put(origin, payload.bytes());
      }
    }
    return found;
  }

  /// How much text an event carries: its payloads, which must be resolved, and its cause.
  ///
  /// @return in bytes, a cause's characters counted as one each
  public static long size(Fact.HistoryEvent event) {
    String cause = event.details().cause();
    return Payloads.of(List.of(event)).stream().mapToLong(Payload::size).sum()
        + (cause == null ? 0 : cause.length());
  }

  /// The payloads that must be resolved from other runs before they are read.
  public static List<Payload> unresolved(Collection<Fact> facts) {
    return Payloads.of(facts).stream().filter(p -> !p.isResolved()).toList();
  }
}
