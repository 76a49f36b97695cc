package io.gradus.engine.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.engine.ExecutionStatus;
import io.gradus.engine.Fact;
import io.gradus.engine.MapProgress;
import io.gradus.engine.Origin;
import io.gradus.engine.Payload;
import io.gradus.engine.Places;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;

/// Which children run is written with each transition of their Map Run: however scattered they are,
/// it must stay small.
class PlacesFieldTest {
  private static final RecordCodec.PayloadReader NO_PAYLOADS =
      new RecordCodec.PayloadReader() {
        @Override
        public Payload inline(byte[] bytes, int from, int size, Origin origin) {
          throw new IllegalStateException("expected no payload");
        }

        @Override
        public Payload reference(Origin origin) {
          throw new IllegalStateException("expected no payload");
        }
      };

  record Holder(Places places) {}

  private static String written(Record value) {
    var bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = RecordCodec.JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
      RecordCodec.write(new RecordCodec.Sink(json, bytes, 0), value);
    }
    return bytes.toString(UTF_8);
  }

  private static <T extends Record> T read(String text, Class<T> type) {
    byte[] bytes = text.getBytes(UTF_8);
    try (JsonParser json = RecordCodec.JSON.createParser(ObjectReadContext.empty(), bytes)) {
      json.nextToken();
      return RecordCodec.read(new RecordCodec.Source(json, bytes, NO_PAYLOADS, 0), type);
    }
  }

  private static Places places(LongStream each) {
    return Places.NONE.plusAll(each.boxed().toList());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          3,4,200                         | [[3,2,200,1]]
          0,1,2,3,4,5,6,7,8,63,64,65      | [[0,9,63,3]]
          0,2,4,6,8,10,12,14              | [[0,"VVU="]]
          640,642,644,646,648,650,652,654 | [[640,"VVU="]]
          1000000000000                   | [[1000000000000,1]]
          0,2,4,6,8,10,12,14,999999999999 | [[0,"VVU=",999999999999,1]]
          """)
  void theShorterFormIsWritten(String places, String expected) {
    Holder holder =
        new Holder(places(List.of(places.split(",")).stream().mapToLong(Long::parseLong)));
    assertThat(written(holder)).isEqualTo(expected);
    assertThat(read(expected, Holder.class)).isEqualTo(holder);
  }

  @Test
  void whatIsStoredAlreadyIsRead() {
    assertThat(read("[[3,2,10,1]]", Holder.class).places())
        .isEqualTo(places(LongStream.of(3, 4, 10)));
    assertThat(read("[[0,1,2,1,4,1,6,1,8,1,10,1,12,1,14,1]]", Holder.class))
        .isEqualTo(read("[[0,\"VVU=\"]]", Holder.class));
    assertThat(read("[[5,\"AwE=\"]]", Holder.class).places())
        .isEqualTo(places(LongStream.of(5, 6, 13)));
    assertThat(read("[[]]", Holder.class).places()).isEqualTo(Places.NONE);
    assertThat(read("[null]", Holder.class).places()).isEqualTo(Places.NONE);
  }

  @ParameterizedTest
  @CsvSource({"2,4200", "3,5100", "5,8500", "20,33500"})
  void thousandsOfScatteredChildrenTakeLittleRoom(int each, int most) {
    MapProgress progress = MapProgress.begun(0, new Fact.Tolerance(null, null));
    int children = 10_000 * each;
    for (int i = 0; i < children; i++) {
      progress = progress.started(1);
    }
    for (long i = 0; i < children; i++) {
      if (i % each != 1) {
        progress = progress.ended(i, ExecutionStatus.SUCCEEDED, 1, true);
      }
    }
    assertThat(progress.open().size()).isEqualTo(10_000);
    String text = written(progress);
    assertThat(text.length()).isLessThan(most);
    assertThat(read(text, MapProgress.class)).isEqualTo(progress);
  }

  @Test
  void anyPlacesAreReadAsTheyWereWritten() {
    var random = new SplittableRandom(11);
    for (int run = 0; run < 300; run++) {
      long width = 1L << random.nextInt(1, 40);
      int count = random.nextInt(1, 400);
      Places some = places(LongStream.generate(() -> random.nextLong(width)).limit(count));
      String text = written(new Holder(some));
      assertThat(read(text, Holder.class).places()).as(text).isEqualTo(some);
    }
  }

  @Test
  void placesComeAndGo() {
    var random = new Random(5);
    var reference = new TreeSet<Long>();
    Places some = Places.NONE;
    for (int i = 0; i < 5_000; i++) {
      long place = random.nextInt(300);
      if (random.nextBoolean()) {
        reference.add(place);
        some = some.plus(place);
      } else {
        reference.remove(place);
        some = some.minus(place);
      }
      assertThat(some.contains(place)).isEqualTo(reference.contains(place));
    }
    assertThat(some).isEqualTo(Places.NONE.plusAll(reference));
    assertThat(some.size()).isEqualTo(reference.size());
    for (long place : List.copyOf(reference)) {
      some = some.minus(place);
    }
    assertThat(some).isEqualTo(Places.NONE);
  }
}
