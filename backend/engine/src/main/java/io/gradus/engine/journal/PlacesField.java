package io.gradus.engine.journal;

import io.gradus.engine.Places;
import java.util.ArrayList;
import java.util.Base64;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonToken;

/// Places as they follow one another, `[from, how many, from, how many, …]`; where they are
/// scattered, as bits from a place on, `[from, "base64", …]`. Each neighbourhood has the shorter
/// form.
record PlacesField() implements Field {
  /// Words with more than one empty one between them are neighbourhoods of their own: a further
  /// pair is shorter than the zeros.
  private static final int NEAR = 2;

  @Override
  public void write(RecordCodec.Sink sink, Object value) {
    sink.json().writeStartArray();
    List<Long> bits = new ArrayList<>();
    long from = 0;
    for (Map.Entry<Long, Long> word : ((Places) value).words().entrySet()) {
      long skipped = word.getKey() - (from + bits.size());
      if (!bits.isEmpty() && skipped >= NEAR) {
        write(sink.json(), from, bits);
        bits.clear();
      }
      if (bits.isEmpty()) {
        from = word.getKey();
      } else if (skipped > 0) {
        bits.add(0L);
      }
      bits.add(word.getValue());
    }
    if (!bits.isEmpty()) {
      write(sink.json(), from, bits);
    }
    sink.json().writeEndArray();
  }

  /// Places near one another.
  ///
  /// @param words without a gap
  private static void write(JsonGenerator json, long first, List<Long> words) {
    BitSet bits = BitSet.valueOf(words.stream().mapToLong(Long::longValue).toArray());
    long from = first * Long.SIZE;
    int skipped = bits.nextSetBit(0) / Byte.SIZE * Byte.SIZE;
    String text =
        Base64.getEncoder().encodeToString(bits.get(skipped, bits.length()).toByteArray());
    if (stretches(from, bits) > length(from + skipped) + text.length() + "\"\",".length()) {
      json.writeNumber(from + skipped);
      json.writeString(text);
      return;
    }
    for (int at = bits.nextSetBit(0); at >= 0; at = bits.nextSetBit(at)) {
      int end = bits.nextClearBit(at);
      json.writeNumber(from + at);
      json.writeNumber(end - at);
      at = end;
    }
  }

  /// How many characters they take as stretches.
  private static int stretches(long from, BitSet bits) {
    int characters = 0;
    for (int at = bits.nextSetBit(0); at >= 0; at = bits.nextSetBit(at)) {
      int end = bits.nextClearBit(at);
      characters += length(from + at) + length(end - at) + ",,".length();
      at = end;
    }
    return characters;
  }

  private static int length(long number) {
    return Long.toString(number).length();
  }

  @Override
  public Object read(RecordCodec.Source source, JsonToken token) {
    TreeMap<Long, Long> words = new TreeMap<>();
    while (source.json().nextToken() != JsonToken.END_ARRAY) {
      long from = source.json().getLongValue();
      if (source.json().nextToken() == JsonToken.VALUE_STRING) {
        BitSet.valueOf(Base64.getDecoder().decode(source.json().getString())).stream()
            .forEach(bit -> set(words, from + bit));
      } else {
        int count = source.json().getIntValue();
        for (long place = from; place < from + count; place++) {
          set(words, place);
        }
      }
    }
    return Places.of(words);
  }

  private static void set(TreeMap<Long, Long> words, long place) {
    words.merge(Math.floorDiv(place, Long.SIZE), 1L << place, (a, b) -> a | b);
  }

  @Override
  public Object absent() {
    return Places.NONE;
  }
}
