package io.gradus.asl.expr.jsonata;

import com.dashjoin.jsonata.JException;
import io.gradus.asl.expr.RandomSource;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/// `$hash`, `$uuid` and `$parse`.
final class TextFunctions {
  private static final ObjectReader READER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build()
          .readerFor(JsonNode.class);

  private TextFunctions() {}

  static @Nullable Object hash(List<?> arguments) {
    if (!(arguments.get(0) instanceof String text)) {
      return null;
    }
    String algorithm =
        switch (Arguments.optional(arguments, 1)) {
          case null -> "SHA-256";
          case String s when List.of("MD5", "SHA-1", "SHA-256", "SHA-384", "SHA-512").contains(s) ->
              s;
          default -> throw Arguments.refused("hash", 2);
        };
    try {
      byte[] digest =
          MessageDigest.getInstance(algorithm).digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("expected every Java to have " + algorithm, e);
    }
  }

  static Object uuid() {
    RandomSource random = Evaluation.CURRENT.get().scope().random();
    long high = (random.nextLong() & ~0xF000L) | 0x4000L;
    long low = (random.nextLong() & ~(0xC0L << 56)) | (0x80L << 56);
    return new UUID(high, low).toString();
  }

  static @Nullable Object parse(List<?> arguments) {
    if (!(arguments.get(0) instanceof String text)) {
      return null;
    }
    try {
      JsonNode value = READER.readValue(text);
      return value == null || value.isMissingNode() ? null : Values.of(value);
    } catch (JacksonException e) {
      throw new JException("D3137", -1, "Invalid JSON: " + e.getOriginalMessage());
    }
  }
}
