package io.gradus.integrations.aws.items;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.engine.PayloadJson;
import io.gradus.integrations.aws.items.Documents.Opener;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/// CSV, JSON Lines and JSON, item by item. In the documents of tables `␤` is a line feed, `␍` a
/// carriage return and `␉` a tabulator; in those of CSV, `'` is a quotation mark.
class TextSourcesTest {
  private static final int MAX = 1_000;

  private static final Opener CSV = csv(',', null);
  private static final Opener LINES = (text, cursor) -> new JsonLinesSource(text, MAX, cursor);

  private static Opener csv(char delimiter, @Nullable List<String> headers) {
    return (text, cursor) ->
        new io.gradus.integrations.aws.items.CsvSource(
            new CsvRows(text, delimiter, MAX, cursor), headers, cursor);
  }

  private static Opener json(String pointer) {
    return (text, cursor) ->
        new JsonSource(
            text,
            pointer.isEmpty() ? JsonPointer.empty() : JsonPointer.compile(pointer),
            MAX,
            cursor);
  }

  private static String document(String written) {
    return written.replace('␤', '\n').replace('␍', '\r').replace('␉', '\t');
  }

  private static String text(List<String> items) {
    return String.join(" ", items);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      quoteCharacter = '`',
      textBlock =
          """
          a,b␤1,2␤3,4␤                     ! {"a":"1","b":"2"} {"a":"3","b":"4"}
          a,b␍␤1,2␍␤3,4                    ! {"a":"1","b":"2"} {"a":"3","b":"4"}
          a,b␍1,2␍                         ! {"a":"1","b":"2"}
          \uFEFFa␤1                        ! {"a":"1"}
          a,b␤1␤                           ! {"a":"1","b":""}
          a,b␤1,2,3␤                       ! {"a":"1","b":"2"}
          a,b␤,␤                           ! {"a":"","b":""}
          a,b␤␤1,2␤␤␍␤3,4␤␤                ! {"a":"1","b":"2"} {"a":"3","b":"4"}
          a␤''␤                            ! {"a":""}
          a,b␤'1,␤2','say ''x'''␤          ! {"a":"1,\\n2","b":"say \\"x\\""}
          a␤'x\\'y'␤                       ! {"a":"x\\"y"}
          a␤'x\\\\'␤                       ! {"a":"x\\\\"}
          a,b␤1\\,2,\\n3␤                  ! {"a":"1,2","b":"n3"}
          a␤x'y'z␤                         ! {"a":"x\\"y\\"z"}
          a␤'x'y␤                          ! {"a":"xy"}
          a␤é €😀␤                         ! {"a":"é €😀"}
          a,b␤ 1 ,␉2␤                      ! {"a":" 1 ","b":"\\t2"}
          a                                ! ``
          ``                               ! ``
          H1,␤V4,V5,V6␤,,,␤N,None,␤   ␤    ! {"":"V5","H1":"V4"} {"":"","H1":""} {"":"None","H1":"N"} {"":"","H1":"   "}
          b,no,a␤1,2␤                      ! {"no":"2","a":"","b":"1"}
          """)
  void rowsAreObjectsOfStrings(String document, String items) {
    assertThat(text(Documents.all(document(document).replace('\'', '"'), CSV))).isEqualTo(items);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      quoteCharacter = '`',
      value = {
        ";      ! 1;2,2;3␤            ! {\"x\":\"1\",\"y\":\"2,2\"}",
        "|      ! 1|\"2|2\"␤          ! {\"x\":\"1\",\"y\":\"2|2\"}",
        "`\t`   ! 1␉2␤                ! {\"x\":\"1\",\"y\":\"2\"}",
        "` `    ! 1 2␤                ! {\"x\":\"1\",\"y\":\"2\"}",
        "|      ! 1\\|1|2␤            ! {\"x\":\"1|1\",\"y\":\"2\"}",
      })
  void delimitersAndNamesAreAsConfigured(String delimiter, String document, String items) {
    assertThat(text(Documents.all(document(document), csv(delimiter.charAt(0), List.of("x", "y")))))
        .isEqualTo(items);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      quoteCharacter = '`',
      textBlock =
          """
          a,a␤1,2␤           ! States.ItemReaderFailed: CSV headers cannot contain duplicates.
          a␤1␤"2␤3␤4         ! {"a":"1"} States.ItemReaderFailed: The quoted field of s3://bucket/key, line 3 (row 3), never ends
          """)
  void brokenRowsAreToldWithTheirLine(String document, String items) {
    assertThat(text(Documents.all(document(document), CSV))).isEqualTo(items);
  }

  @Test
  void whatIsNotUtf8IsToldWithItsLine() {
    byte[] latin1 = "a\n1\n\"\n\"\nmü\n".getBytes(StandardCharsets.ISO_8859_1);

    assertThat(Documents.all(latin1, CSV).getLast())
        .isEqualTo(
            "States.ItemReaderFailed: s3://bucket/key, line 5 (row 4) is not encoded in UTF-8");
    for (var charset : List.of(StandardCharsets.UTF_16, StandardCharsets.UTF_16LE)) {
      for (Opener opener : List.of(CSV, LINES, json(""))) {
        assertThat(Documents.all("[\"a\"]".getBytes(charset), opener))
            .containsExactly("States.ItemReaderFailed: s3://bucket/key is not encoded in UTF-8");
      }
    }
    assertThat(Documents.all("[\"mü\"]".getBytes(StandardCharsets.ISO_8859_1), json("")).getLast())
        .startsWith("States.ItemReaderFailed: s3://bucket/key is not JSON: after byte 1: ")
        .contains("Invalid UTF-8");
  }

  @Test
  void aRowMayBeAsLargeAsAnItemAndNoLarger() {
    String fits = "a\n1\n" + "x".repeat(MAX - 1) + "\n";

    assertThat(Documents.all(fits, CSV)).hasSize(2);
    assertThat(Documents.all(fits.replace("xx", "xxx") + "4\n", CSV).getLast())
        .isEqualTo(
            "States.ItemReaderFailed: s3://bucket/key, line 3 (row 3) is larger than an item may be:"
                + " 1000 bytes");
    assertThat(Documents.all("1\n\n\"" + "x".repeat(MAX) + "\"\n", LINES).getLast())
        .isEqualTo(
            "States.ItemReaderFailed: s3://bucket/key, line 3 is larger than an item may be: 1000"
                + " bytes");
    for (String large : List.of("\"" + "x".repeat(MAX + 1) + "\"", "[" + "1,".repeat(MAX) + "1]")) {
      assertThat(Documents.all("[1," + large + ",2]", json("")))
          .containsExactly(
              "1",
              "States.ItemReaderFailed: s3://bucket/key, item 2 (after byte 2) is larger than an"
                  + " item may be: 1000 bytes");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      quoteCharacter = '`',
      textBlock =
          """
          1␤"a"␍␤␤  ␤[ 1 ]␤{"b": 1.50} ! 1 "a" [1] {"b":1.50}
          ``                           ! ``
          1␤{"a"␤2                     ! 1 States.ItemReaderFailed: s3://bucket/key, line 2 is not JSON: Unexpected end-of-input within/between Object entries
          1 2                          ! States.ItemReaderFailed: s3://bucket/key, line 1 is not JSON: something follows the value
          """)
  void linesAreItems(String document, String items) {
    assertThat(text(Documents.all(document(document), LINES))).isEqualTo(items);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      quoteCharacter = '´',
      textBlock =
          """
          [1, "a", {"b" : [ ]} , null]  ! ´´     ! 1 "a" {"b":[]} null
          {"x": 1.50, "y": {"z": [2]}}  ! ´´     ! {"Key":"x","Value":1.50} {"Key":"y","Value":{"z":[2]}}
          []                            ! ´´     !
          {}                            ! ´´     !
          {"n": 3, "a": {"b": [1, 2]}}  ! /a/b   ! 1 2
          {"a": [[1], {"c~/d": {"k": 0}}]} ! /a/1/c~0~1d ! {"Key":"k","Value":0}
          {"a": [1], "b": nonsense      ! /a     ! 1
          {"a": 1}                      ! /b     ! States.ItemReaderFailed: The ItemsPointer '/b' leads to nothing in s3://bucket/key
          {"a": 1}                      ! /a     ! States.ItemReaderFailed: The ItemsPointer '/a' leads to neither an array nor an object in s3://bucket/key
          7                             ! ´´     ! States.ItemReaderFailed: s3://bucket/key is neither a JSON array nor an object
          ´´                            ! ´´     ! States.ItemReaderFailed: s3://bucket/key is empty: no JSON document
          [1, 2] [3]                    ! ´´     ! 1 2 States.ItemReaderFailed: s3://bucket/key is not JSON: something follows the document, after item 2
          [1, 2                         ! ´´     ! 1 States.ItemReaderFailed: s3://bucket/key is not JSON: after item 1, byte 2: Unexpected end-of-input: expected close marker for Array
          """)
  void elementsAndMembersAreItems(String document, String pointer, @Nullable String items) {
    assertThat(text(Documents.all(document, json(pointer)))).isEqualTo(items == null ? "" : items);
  }

  /// Random documents, well-formed or not.
  private static final class Writer {
    private final Random random;

    Writer(long seed) {
      random = new Random(seed);
    }

    private String pick(String... parts) {
      return parts[random.nextInt(parts.length)];
    }

    byte[] csv() {
      StringBuilder document = new StringBuilder(pick("", "", "\uFEFF"));
      int parts = random.nextInt(60);
      for (int i = 0; i < parts; i++) {
        document.append(
            pick(
                "a", "b", "1", ",", ",", ",", "\n", "\n", "\r\n", "\r", "\"", "\"\"", "\\", "é",
                "😀", " "));
      }
      return damaged(document.toString());
    }

    byte[] json(boolean lines) {
      StringBuilder document = new StringBuilder();
      int count = random.nextInt(8);
      boolean object = !lines && random.nextBoolean();
      if (!lines) {
        document.append(pick("", " ", "\n")).append(object ? "{" : "[");
      }
      for (int i = 0; i < count; i++) {
        if (i > 0) {
          document.append(lines ? pick("\n", "\r\n", "\n\n") : pick(",", " , ", ",\n"));
        }
        if (object) {
          document.append("\"k").append(i).append(pick("\":", "\" : "));
        }
        document.append(value(3, lines));
      }
      if (!lines) {
        document.append(pick("", " ")).append(object ? "}" : "]").append(pick("", "\n"));
      }
      return damaged(document.toString());
    }

    private String value(int depth, boolean line) {
      String blank = line ? pick("", " ") : pick("", " ", "\n  ");
      return switch (random.nextInt(depth == 0 ? 5 : 7)) {
        case 0 -> String.valueOf(random.nextInt());
        case 1 -> random.nextInt(100) + pick(".5", ".50", "e3", "");
        case 2 -> pick("true", "false", "null");
        case 3 -> "\"" + pick("", "x", "é", "\\n", "\\\"", "]", "}", ",", "😀") + "\"";
        case 4 -> "\"" + "y".repeat(random.nextInt(40)) + "\"";
        case 5 -> "[" + blank + value(depth - 1, line) + "," + blank + value(depth - 1, line) + "]";
        default -> "{" + blank + "\"m\":" + value(depth - 1, line) + blank + "}";
      };
    }

    private byte[] damaged(String document) {
      byte[] bytes = document.getBytes(StandardCharsets.UTF_8);
      if (bytes.length > 0 && random.nextInt(4) == 0) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      return bytes;
    }
  }

  private static void samePages(byte[] document, Opener opener) {
    List<String> all = Documents.all(document, opener);
    for (int size = 1; size <= all.size() + 1; size++) {
      assertThat(Documents.pages(document, opener, size))
          .as("pages of %d of %s", size, new String(document, StandardCharsets.ISO_8859_1))
          .isEqualTo(all);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void pagesOfEverySizeHaveTheSameItems(int kind) {
    for (int seed = 0; seed < 600; seed++) {
      Writer writer = new Writer(seed);
      switch (kind) {
        case 0 -> samePages(writer.csv(), CSV);
        case 1 -> samePages(writer.csv(), csv(',', List.of("p", "q")));
        case 2 -> samePages(writer.json(true), LINES);
        default -> samePages(writer.json(false), json(""));
      }
    }
  }

  /// What was read before the end of a document that was cut off is what the whole one begins with,
  /// but for the item that the cut goes through: rows may be cut anywhere.
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void aDocumentCutAnywhereLosesNothingBeforeTheCut(int kind) {
    for (int seed = 0; seed < 30; seed++) {
      Writer writer = new Writer(seed);
      byte[] document = kind == 0 ? writer.csv() : writer.json(kind == 1);
      Opener opener = kind == 0 ? csv(',', List.of("p", "q")) : kind == 1 ? LINES : json("");
      List<String> whole = Documents.all(document, opener);
      for (int cut = 0; cut < document.length; cut++) {
        byte[] part = Arrays.copyOf(document, cut);
        List<String> items = Documents.all(part, opener);
        samePages(part, opener);
        int same = Math.max(0, items.size() - 1);
        assertThat(items.subList(0, Math.min(same, whole.size())))
            .as("cut after %d of %s", cut, new String(document, StandardCharsets.ISO_8859_1))
            .isEqualTo(whole.subList(0, Math.min(same, whole.size())));
      }
    }
  }

  @Test
  void readingAgainIsNotOnlyForSmallDocuments() throws Exception {
    ByteArrayOutputStream document = new ByteArrayOutputStream();
    List<String> expected = new ArrayList<>();
    document.writeBytes("id,text\n".getBytes(StandardCharsets.UTF_8));
    for (int i = 0; i < 20_000; i++) {
      String value = "v" + "é".repeat(i % 50);
      document.writeBytes((i + ",\"" + value + "\"\n").getBytes(StandardCharsets.UTF_8));
      expected.add("{\"id\":\"" + i + "\",\"text\":\"" + value + "\"}");
    }
    Function<Integer, List<String>> pages =
        size -> Documents.pages(document.toByteArray(), CSV, size);

    assertThat(pages.apply(777)).isEqualTo(expected);
    assertThat(pages.apply(100_000)).isEqualTo(expected);
    JsonNode again = PayloadJson.MAPPER.readTree(expected.get(49));
    assertThat(again.path("text").asString()).hasSize(50);
  }
}
