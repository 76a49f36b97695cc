package io.gradus.engine.journal;

import io.gradus.engine.Origin;
import io.gradus.engine.Payload;
import tools.jackson.core.JsonToken;

/// A payload inside a record: `[bytes, json]` in full where it stands first (or is small),
/// `[-eventId, "field"]` where it stands elsewhere already.
final class PayloadField {
  private PayloadField() {}

  static void write(RecordCodec.Sink sink, Payload payload, String field) {
    Origin origin = payload.origin();
    sink.json().writeStartArray();
    if (origin == null || isHere(sink, payload, origin, field)) {
      byte[] text = payload.bytes();
      int from = 0;
      int to = text.length;
      while (from < to && isSpace(text[from])) {
        from++;
      }
      while (to > from && isSpace(text[to - 1])) {
        to--;
      }
      sink.json().writeNumber(to - from);
      sink.json().writeRawValue("");
      sink.json().flush();
      sink.bytes().write(text, from, to - from);
    } else {
      sink.json().writeNumber(-origin.eventId());
      sink.json().writeString(origin.field());
    }
    sink.json().writeEndArray();
  }

  private static boolean isHere(
      RecordCodec.Sink sink, Payload payload, Origin origin, String field) {
    return (origin.eventId() == sink.eventId() && origin.field().equals(field))
        || (payload.isResolved() && payload.size() <= Payload.INLINE_BYTES);
  }

  /// Reads from the array's opening to its end.
  static Payload read(RecordCodec.Source source, String field) {
    source.json().nextToken();
    long size = source.json().getLongValue();
    JsonToken value = source.json().nextToken();
    Payload payload;
    if (size < 0) {
      payload = source.payloads().reference(new Origin(-size, source.json().getString()));
    } else {
      int from = (int) source.json().currentTokenLocation().getByteOffset();
      if (value.isStructStart()) {
        source.json().skipChildren();
      }
      payload =
          source
              .payloads()
              .inline(source.bytes(), from, (int) size, new Origin(source.eventId(), field));
    }
    source.json().nextToken();
    return payload;
  }

  private static boolean isSpace(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }
}
