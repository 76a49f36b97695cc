package io.gradus.asl.expr.jsonata;

import com.dashjoin.jsonata.JException;
import java.text.ParseException;
import java.time.DateTimeException;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/// The faults of pictures for integers, dates and times. The library has the sentences of JSONata's
/// errors without their codes, and lets what it cannot read end as its own mistakes.
final class PictureFaults {
  /// How a sentence begins, and its code.
  private static final Map<String, String> CODES =
      Map.of(
          "Formatting or parsing an integer", "D3130",
          "In a decimal digit pattern", "D3131",
          "Unknown component specifier", "D3132",
          "The 'name' modifier", "D3133",
          "The timezone integer format", "D3134",
          "No matching closing bracket", "D3135",
          "The date/time picture string is missing", "D3136");

  private PictureFaults() {}

  /// What the library makes of a picture; undefined where it cannot read the text.
  ///
  /// @param text what is read, for a date that no calendar has
  static <T> @Nullable T coded(
      @Nullable String picture, @Nullable Object text, Callable<@Nullable T> library) {
    try {
      return library.call();
    } catch (JException | Breach e) {
      throw e;
    } catch (DateTimeException e) {
      throw new JException("D3110", -1, text);
    } catch (RuntimeException | ParseException e) {
      String sentence = String.valueOf(e.getMessage());
      for (var known : CODES.entrySet()) {
        if (sentence.startsWith(known.getKey())) {
          throw new JException(known.getValue(), -1, subject(sentence, picture));
        }
      }
      return null;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static @Nullable String subject(String sentence, @Nullable String picture) {
    int from = sentence.indexOf('"');
    int to = sentence.indexOf('"', from + 1);
    return from >= 0 && to > from ? sentence.substring(from + 1, to) : picture;
  }
}
