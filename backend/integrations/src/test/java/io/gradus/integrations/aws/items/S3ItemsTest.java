package io.gradus.integrations.aws.items;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.github.luben.zstd.Zstd;
import io.gradus.engine.PayloadJson;
import io.gradus.engine.port.ItemFailure;
import io.gradus.engine.port.ItemReader.Page;
import io.gradus.peers.S3Mock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Readers and writers against an S3.
class S3ItemsTest {
  private static final String CSV = "{\"InputType\":\"CSV\",\"CSVHeaderLocation\":\"FIRST_ROW\"}";
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @SuppressWarnings("NullAway.Init")
  private static S3Mock s3;

  @SuppressWarnings("NullAway.Init")
  private static ItemsOfS3 items;

  @BeforeAll
  static void start() {
    s3 = S3Mock.start();
    items = new ItemsOfS3(s3.uri());
    put("items", new byte[0]);
    put("results", new byte[0]);
  }

  @AfterAll
  static void stop() {
    items.close();
    s3.close();
    HTTP.close();
  }

  private static HttpResponse<byte[]> send(String method, String path, byte[] content) {
    try {
      return HTTP.send(
          HttpRequest.newBuilder(s3.uri().resolve("/" + path))
              .method(method, HttpRequest.BodyPublishers.ofByteArray(content))
              .build(),
          BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void put(String path, byte[] content) {
    assertThat(send("PUT", path, content).statusCode()).isEqualTo(200);
  }

  private static void put(String path, String content) {
    put(path, content.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] resource(String name) {
    try (InputStream in = S3ItemsTest.class.getResourceAsStream("/parquet/" + name)) {
      return Objects.requireNonNull(in).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] gzip(String text) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }

  private static String object(String key) {
    return "{\"Bucket\":\"items\",\"Key\":\"" + key + "\"}";
  }

  private static String rows(int count) {
    StringBuilder csv = new StringBuilder("id,text\n");
    IntStream.range(0, count)
        .forEach(i -> csv.append(i).append(",\"row ").append(i).append("\"\n"));
    return csv.toString();
  }

  private static List<String> rowItems(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "{\"id\":\"" + i + "\",\"text\":\"row " + i + "\"}")
        .toList();
  }

  @ParameterizedTest
  @CsvSource({"plain.csv,NONE", "packed.csv.gz,GZIP", "packed.csv.zst,ZSTD", "parts.csv.gz,PARTS"})
  void pagesOfCsvAreTheWhole(String key, String packing) {
    String text = rows(3_000);
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream parts = new ByteArrayOutputStream();
    parts.writeBytes(gzip(text.substring(0, 1_000)));
    parts.writeBytes(gzip(text.substring(1_000)));
    put(
        "items/" + key,
        switch (packing) {
          case "GZIP" -> gzip(text);
          case "ZSTD" -> Zstd.compress(utf8);
          case "PARTS" -> parts.toByteArray();
          default -> utf8;
        });

    for (int size : List.of(100, 1_000, 2_999)) {
      assertThat(items.all("getObject", CSV, object(key), size)).isEqualTo(rowItems(3_000));
    }
  }

  @Test
  void manyPiecesOfAnObjectAreOneText() {
    // Several times what is fetched at once.
    int count = 200_000;
    put("items/large.csv", rows(count));

    assertThat(items.all("getObject", CSV, object("large.csv"), 1_000)).isEqualTo(rowItems(count));
  }

  @Test
  void jsonAndJsonLinesAreReadInPages() {
    put("items/array.json", "{\"a\": {\"b\": [1, {\"c\": 2.50}, \"x\"]}}");
    put("items/object.json", "{\"k\": 1, \"l\": [2]}");
    put("items/lines.jsonl.gz", gzip("{\"a\":1}\n\n[2]\n3"));

    for (int size : List.of(1, 2, 10)) {
      assertThat(
              items.all(
                  "getObject",
                  "{\"InputType\":\"JSON\",\"ItemsPointer\":\"/a/b\"}",
                  object("array.json"),
                  size))
          .containsExactly("1", "{\"c\":2.50}", "\"x\"");
      assertThat(items.all("getObject", "{\"InputType\":\"JSON\"}", object("object.json"), size))
          .containsExactly("{\"Key\":\"k\",\"Value\":1}", "{\"Key\":\"l\",\"Value\":[2]}");
      assertThat(
              items.all("getObject", "{\"InputType\":\"JSONL\"}", object("lines.jsonl.gz"), size))
          .containsExactly("{\"a\":1}", "[2]", "3");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"snappy", "gzip", "zstd"})
  void rowsOfParquetAreReadAcrossRowGroups(String codec) {
    String key = "orders-" + codec + ".parquet";
    put("items/" + key, resource(key));

    List<String> all = items.all("getObject", "{\"InputType\":\"PARQUET\"}", object(key), 1_000);
    assertThat(all).hasSize(1_200);
    for (int i = 0; i < all.size(); i++) {
      JsonNode row = PayloadJson.MAPPER.readTree(all.get(i));
      assertThat(row.path("id").longValue()).isEqualTo(i);
      assertThat(row.path("name"))
          .isEqualTo(PayloadJson.MAPPER.readTree(i % 7 == 0 ? "null" : "\"näme " + i % 100 + "\""));
      assertThat(row.path("price").doubleValue()).isEqualTo(i / 4.0);
      assertThat(row.path("paid").booleanValue()).isEqualTo(i % 2 == 0);
    }
    assertThat(PayloadJson.MAPPER.readTree(all.get(1)).path("at").asString())
        .isEqualTo("2023-11-14T22:13:21Z");
    assertThat(items.all("getObject", "{\"InputType\":\"PARQUET\"}", object(key), 170))
        .isEqualTo(all);
  }

  @Test
  void parquetsKindsOfValuesAreJson() {
    put("items/kinds.parquet", resource("kinds.parquet"));

    assertThat(items.all("getObject", "{\"InputType\":\"PARQUET\"}", object("kinds.parquet"), 10))
        .containsExactly(
            "{\"text\":\"a\",\"bytes\":\"AQL/\",\"small\":-5,\"half\":0.5,\"day\":\"1971-01-01\","
                + "\"amount\":12.34,\"list\":[\"x\",\"y\"]}",
            "{\"text\":null,\"bytes\":\"\",\"small\":7,\"half\":\"NaN\",\"day\":\"1970-01-01\","
                + "\"amount\":-0.50,\"list\":[]}");
  }

  @Test
  void objectsAreListedAsAwsTellsThem() {
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      keys.add("list/%02d ä+.txt".formatted(i));
      put("items/list/%02d%%20%%C3%%A4%%2B.txt".formatted(i), "x".repeat(i));
    }
    put("items/list2/other.txt", "x");
    String arguments = "{\"Bucket\":\"items\",\"Prefix\":\"list/\"}";

    List<String> all = items.all("listObjectsV2", "{}", arguments, 1_000);
    assertThat(all)
        .map(each -> PayloadJson.MAPPER.readTree(each).path("Key").asString())
        .isEqualTo(keys);
    JsonNode third = PayloadJson.MAPPER.readTree(all.get(3));
    assertThat(third.propertyNames())
        .containsExactly("Etag", "Key", "LastModified", "Size", "StorageClass");
    assertThat(third.path("Size").intValue()).isEqualTo(3);
    assertThat(third.path("Etag").asString()).startsWith("\"").endsWith("\"");
    assertThat(third.path("LastModified").isIntegralNumber()).isTrue();
    assertThat(third.path("StorageClass").asString()).isEqualTo("STANDARD");
    assertThat(items.all("listObjectsV2", "{}", arguments, 1)).isEqualTo(all);
    assertThat(
            items.all(
                "listObjectsV2",
                "{}",
                "{\"Bucket\":\"items\",\"Prefix\":\"list/\",\"StartAfter\":\""
                    + keys.get(22)
                    + "\"}",
                7))
        .isEqualTo(all.subList(23, 25));
    assertThat(items.all("listObjectsV2", "{}", "{\"Bucket\":\"items\",\"Prefix\":\"none/\"}", 7))
        .isEmpty();
  }

  @Test
  void listedObjectsAreFlattened() {
    put("items/flat/", "");
    put("items/flat/a.csv", "x,y\n1,2\n3,4\n");
    put("items/flat/b.csv", "");
    put("items/flat/c.csv.gz", gzip("z\n5\n"));
    put("items/flat/d.csv", "x\n");
    put("items/flat/e.csv", "x\n6\n");

    for (int size : List.of(1, 2, 3, 100)) {
      assertThat(
              items.all(
                  "listObjectsV2",
                  "{\"InputType\":\"CSV\",\"CSVHeaderLocation\":\"FIRST_ROW\","
                      + "\"Transformation\":\"LOAD_AND_FLATTEN\"}",
                  "{\"Bucket\":\"items\",\"Prefix\":\"flat/\"}",
                  size))
          .containsExactly(
              "{\"x\":\"1\",\"y\":\"2\"}",
              "{\"x\":\"3\",\"y\":\"4\"}",
              "{\"z\":\"5\"}",
              "{\"x\":\"6\"}");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"InputType\":\"MANIFEST\"}", "{\"ManifestType\":\"S3_INVENTORY\"}"})
  void anInventoryIsItsRows(String config) {
    put("items/inv/data/1.csv.gz", gzip("\"source\",\"a/\",\"0\"\n\"source\",\"a/b\",\"12\"\n"));
    put("items/inv/data/2.csv.gz", gzip("\"source\",\"c%20d\",\"7\"\n"));
    put(
        "items/inv/manifest.json",
        """
        {"sourceBucket": "source", "version": "2016-11-30",
         "files": [{"key": "inv/data/1.csv.gz", "size": 70, "MD5checksum": "a7"},
                   {"key": "inv/data/2.csv.gz", "size": 30, "MD5checksum": "b7"}],
         "destinationBucket": "arn:aws:s3:::items", "fileFormat": "CSV",
         "fileSchema": "Bucket, Key, Size"}""");

    for (int size : List.of(1, 2, 10)) {
      assertThat(items.all("getObject", config, object("inv/manifest.json"), size))
          .containsExactly(
              "{\"Bucket\":\"source\",\"Size\":\"0\",\"Key\":\"a/\"}",
              "{\"Bucket\":\"source\",\"Size\":\"12\",\"Key\":\"a/b\"}",
              "{\"Bucket\":\"source\",\"Size\":\"7\",\"Key\":\"c%20d\"}");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          getObject     | {"InputType":"JSONL"} | {"Bucket":"items","Key":"from/a.jsonl"} | a.jsonl a.jsonl a.jsonl
          listObjectsV2 | {} | {"Bucket":"items","Prefix":"from/"} | ''
          listObjectsV2 | {"InputType":"JSONL","Transformation":"LOAD_AND_FLATTEN"} | {"Bucket":"items","Prefix":"from/a"} | a.jsonl a.jsonl a.jsonl ab.jsonl
          getObject     | {"ManifestType":"ATHENA_DATA","InputType":"JSONL"} | {"Bucket":"items","Key":"from/q.csv"} | ab.jsonl a.jsonl a.jsonl a.jsonl
          getObject     | {"InputType":"MANIFEST"} | {"Bucket":"items","Key":"from/manifest.json"} | i.csv.gz i.csv.gz
          """)
  void anItemKnowsWhereItLies(String action, String config, String arguments, String expected) {
    put("items/from/a.jsonl", "1\n2\n3\n");
    put("items/from/ab.jsonl", "4\n");
    put("items/from/q.csv", "s3://items/from/ab.jsonl\ns3://items/from/a.jsonl\n");
    put("items/from/i.csv.gz", gzip("\"source\",\"a\"\n\"source\",\"b\"\n"));
    put(
        "items/from/manifest.json",
        """
        {"destinationBucket": "arn:aws:s3:::items", "fileFormat": "CSV", "fileSchema": "Bucket, Key",
         "files": [{"key": "from/i.csv.gz"}]}""");

    List<String> sources = items.sources(action, config, arguments);
    if (expected.isEmpty()) {
      assertThat(sources).hasSize(5).containsOnly("S3://items");
    } else {
      assertThat(sources)
          .isEqualTo(
              Arrays.stream(expected.split(" ")).map(key -> "S3://items/from/" + key).toList());
    }
  }

  @Test
  void anInventoryMayBeOfParquet() {
    put("items/invp/1.parquet", resource("inventory.parquet"));
    put(
        "items/invp/manifest.json",
        """
        {"destinationBucket": "arn:aws:s3:::items", "fileFormat": "Parquet",
         "fileSchema": "message s3.inventory { required binary bucket (UTF8); }",
         "files": [{"key": "invp/1.parquet"}]}""");
    put(
        "items/invp/orc.json",
        """
        {"destinationBucket": "arn:aws:s3:::items", "fileFormat": "ORC", "fileSchema": "struct<>",
         "files": []}""");

    assertThat(
            items.all("getObject", "{\"InputType\":\"MANIFEST\"}", object("invp/manifest.json"), 1))
        .containsExactly(
            "{\"bucket\":\"source\",\"key\":\"a\",\"size\":1}",
            "{\"bucket\":\"source\",\"key\":\"b c\",\"size\":22}");
    assertThat(
            items
                .failure("getObject", "{\"InputType\":\"MANIFEST\"}", object("invp/orc.json"))
                .getMessage())
        .contains("ORC", "not supported");
  }

  @Test
  void whatAthenaUnloadedIsReadByItsManifest() {
    put("items/athena/1.gz", gzip("{\"a\":1}\n{\"a\":2}\n"));
    put("items/athena/2.gz", gzip("{\"a\":3}\n"));
    put("items/athena/q-manifest.csv", "s3://items/athena/1.gz\ns3://items/athena/2.gz\n");
    put("items/athena/bad-manifest.csv", "s3://items/athena/1.gz\nhttp://elsewhere/x\n");
    String config = "{\"ManifestType\":\"ATHENA_DATA\",\"InputType\":\"JSONL\"}";

    for (int size : List.of(1, 2, 10)) {
      assertThat(items.all("getObject", config, object("athena/q-manifest.csv"), size))
          .containsExactly("{\"a\":1}", "{\"a\":2}", "{\"a\":3}");
    }
    ItemFailure bad =
        ItemsOfS3.failure(
            () -> items.all("getObject", config, object("athena/bad-manifest.csv"), 2));
    assertThat(bad.getMessage()).contains("bad-manifest.csv, line 2", "not the address");
  }

  @ParameterizedTest
  @CsvSource({"plain,1", "plain,500", "packed,1", "packed,500", "list,1"})
  void anObjectThatChangesIsAFailure(String kind, int size) {
    String before = rows(200_000); // more than is fetched at once
    String key = "changing-" + kind + "-" + size;
    String path = "items/" + (kind.equals("list") ? key + "/a" : key);
    put(path, kind.equals("packed") ? gzip(before) : before.getBytes(StandardCharsets.UTF_8));
    String action = kind.equals("list") ? "listObjectsV2" : "getObject";
    String config =
        kind.equals("list")
            ? "{\"InputType\":\"CSV\",\"CSVHeaderLocation\":\"FIRST_ROW\","
                + "\"Transformation\":\"LOAD_AND_FLATTEN\"}"
            : CSV;
    String arguments =
        kind.equals("list") ? "{\"Bucket\":\"items\",\"Prefix\":\"" + key + "/\"}" : object(key);
    try (S3ItemReader reader = items.reader();
        S3ItemReader other = items.reader()) {
      Page first = ItemsOfS3.page(reader, ItemsOfS3.query(action, config, arguments, null, size));
      put(
          path,
          kind.equals("packed")
              ? gzip("x" + before)
              : ("x" + before).getBytes(StandardCharsets.UTF_8));

      ItemFailure failure =
          ItemsOfS3.failure(
              () ->
                  ItemsOfS3.page(
                      other, ItemsOfS3.query(action, config, arguments, first.next(), size)));

      assertThat(failure.error().value()).isEqualTo("States.ItemReaderFailed");
      assertThat(failure).hasMessage("s3://" + path + " changed while its items were read");
      assertThat(failure.isPassing()).isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "getObject|{\"InputType\":\"JSON\"}|{\"Bucket\":\"items\",\"Key\":\"none\"}|Reading s3://items/none failed: ",
        "getObject|{\"InputType\":\"JSON\"}|{\"Bucket\":\"nowhere\",\"Key\":\"none\"}|Reading s3://nowhere/none failed: ",
        "listObjectsV2|{}|{\"Bucket\":\"nowhere\"}|Reading the list of s3://nowhere failed: ",
        "getObject|{\"InputType\":\"JSON\"}|{\"Key\":\"a\"}|The field 'Bucket' is required but was missing",
        "getObject|{\"InputType\":\"JSON\"}|{\"Bucket\":\"items\",\"Key\":\"a\",\"PartNumber\":1}|The field 'PartNumber' is not supported",
        "getObject|{\"InputType\":\"XML\"}|{\"Bucket\":\"items\",\"Key\":\"a\"}|The field 'InputType' should have one of these values: [CSV, JSON, JSONL, PARQUET]",
        "getObject|{\"InputType\":\"CSV\"}|{\"Bucket\":\"items\",\"Key\":\"a\"}|The field 'CSVHeaderLocation' is required",
        "getObject|{\"InputType\":\"CSV\",\"CSVHeaderLocation\":\"GIVEN\"}|{\"Bucket\":\"items\",\"Key\":\"a\"}|The field 'CSVHeaders' is required",
        "getObject|{}|{\"Bucket\":\"items\",\"Key\":\"a\"}|The field 'InputType' is required",
        "getObject|{\"InputType\":\"PARQUET\"}|{\"Bucket\":\"items\",\"Key\":\"text\"}|s3://items/text is not a Parquet file",
        "getObject|{\"InputType\":\"PARQUET\"}|{\"Bucket\":\"items\",\"Key\":\"half.parquet\"}|s3://items/half.parquet is not a whole Parquet file",
        "getObject|{\"InputType\":\"PARQUET\"}|{\"Bucket\":\"items\",\"Key\":\"a\",\"VersionId\":\"1\"}|The field 'VersionId' is not supported for the InputType PARQUET",
        "getObject|{\"InputType\":\"JSON\",\"ItemsPointer\":\"a\"}|{\"Bucket\":\"items\",\"Key\":\"text\"}|The value for the field 'ItemsPointer' must be a JSON pointer",
        "getObject|{\"InputType\":\"JSON\"}|{\"Bucket\":\"items\",\"Key\":\"text\"}|s3://items/text is not JSON: before its items: ",
        "getObject|{\"InputType\":\"JSONL\"}|{\"Bucket\":\"items\",\"Key\":\"half.gz\"}|s3://items/half.gz can't be unpacked after byte ",
        "getObject|{\"InputType\":\"MANIFEST\"}|{\"Bucket\":\"items\",\"Key\":\"array\"}|s3://items/array is not the manifest of an S3 inventory",
        "getObject|{\"ManifestType\":\"S3_INVENTORY\",\"InputType\":\"CSV\",\"CSVHeaderLocation\":\"FIRST_ROW\"}|{\"Bucket\":\"items\",\"Key\":\"a\"}|The field 'InputType' can't be specified with the ManifestType S3_INVENTORY",
        "listObjectsV2|{\"Transformation\":\"LOAD_AND_FLATTEN\"}|{\"Bucket\":\"items\"}|The field 'InputType' is required for the Transformation LOAD_AND_FLATTEN",
        "putObject|{\"InputType\":\"JSON\"}|{\"Bucket\":\"items\",\"Key\":\"a\"}|The resource 'arn:aws:states:::s3:putObject' can't be read by an ItemReader",
      })
  void whatCanNotBeReadIsToldInASentence(
      String action, String config, String arguments, String cause) {
    put("items/text", "no items");
    put("items/array", "[]");
    byte[] parquet = resource("kinds.parquet");
    put("items/half.parquet", Arrays.copyOf(parquet, parquet.length - 20));
    byte[] gzip = gzip(rows(5_000));
    put("items/half.gz", Arrays.copyOf(gzip, 15));

    ItemFailure failure = items.failure(action, config, arguments);

    assertThat(failure.error().value()).isEqualTo("States.ItemReaderFailed");
    assertThat(failure.getMessage()).startsWith(cause);
    assertThat(failure.isPassing()).isFalse();
  }

  @Test
  void nothingIsAsManyItems() {
    put("items/empty", "");
    put("items/empty-array", "[]");

    assertThat(items.all("getObject", CSV, object("empty"), 5)).isEmpty();
    assertThat(items.all("getObject", "{\"InputType\":\"JSONL\"}", object("empty"), 5)).isEmpty();
    assertThat(items.all("getObject", "{\"InputType\":\"JSON\"}", object("empty-array"), 5))
        .isEmpty();
  }

  @Test
  void whatIsBeforeABrokenRowIsNotLost() {
    put("items/broken.jsonl", "1\n2\n3\n{\n5\n");
    List<String> read = new ArrayList<>();
    try (S3ItemReader reader = items.reader()) {
      byte[] cursor = null;
      ItemFailure failure;
      while (true) {
        byte[] at = cursor;
        Page page;
        try {
          page =
              ItemsOfS3.page(
                  reader,
                  ItemsOfS3.query(
                      "getObject", "{\"InputType\":\"JSONL\"}", object("broken.jsonl"), at, 2));
        } catch (ItemFailure broken) {
          failure = broken;
          break;
        }
        page.items().forEach(each -> read.add(each.value().toString()));
        cursor = page.next();
      }

      assertThat(read).containsExactly("1", "2", "3");
      assertThat(failure.getMessage())
          .startsWith("s3://items/broken.jsonl, line 4 is not JSON: Unexpected end-of-input");
    }
  }

  @Test
  void pagesAreAsSmallAsTheirBytes() {
    put("items/bytes.jsonl", "\"12345678\"\n\"12345678\"\n\"" + "x".repeat(100) + "\"\n1\n");
    try (ItemsOfS3 small = new ItemsOfS3(s3.uri(), new S3ItemReader.Bounds(1_000, 1_000, 25, 4))) {
      List<Integer> sizes = new ArrayList<>();
      byte[] cursor = null;
      try (S3ItemReader reader = small.reader()) {
        do {
          Page page =
              ItemsOfS3.page(
                  reader,
                  ItemsOfS3.query(
                      "getObject",
                      "{\"InputType\":\"JSONL\"}",
                      object("bytes.jsonl"),
                      cursor,
                      100));
          sizes.add(page.items().size());
          cursor = page.next();
        } while (cursor != null);
      }
      assertThat(sizes).containsExactly(2, 1, 1);
      assertThat(small.figures)
          .extracting(
              ItemFigures::pages,
              ItemFigures::items,
              ItemFigures::reopened,
              ItemFigures::readFailures)
          .isEqualTo(tuple(3L, 4L, 0L, 0L).toList());
    }
  }

  @Test
  void resultsAreWrittenAndWrittenAgain() {
    String arguments = "{\"Bucket\":\"results\",\"Prefix\":\"jobs/\"}";
    byte[] content = "[{\"a\":\"é\"}]".getBytes(StandardCharsets.UTF_8);

    items.write(arguments, "run/SUCCEEDED_0.json", content);
    items.write(arguments, "run/SUCCEEDED_0.json", content);

    HttpResponse<byte[]> found = send("GET", "results/jobs/run/SUCCEEDED_0.json", new byte[0]);
    assertThat(found.body()).isEqualTo(content);
    assertThat(found.headers().firstValue("Content-Type")).contains("application/json");
    ItemFailure nowhere =
        ItemsOfS3.failure(
            () -> {
              items.write("{\"Bucket\":\"nowhere\"}", "run/manifest.json", content);
              return null;
            });
    assertThat(nowhere.error().value()).isEqualTo("States.ResultWriterFailed");
    assertThat(nowhere.getMessage()).startsWith("Writing s3://nowhere/run/manifest.json failed: ");
    assertThat(nowhere.isPassing()).isFalse();
  }
}
