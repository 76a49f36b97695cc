package io.gradus.asl.expr.jsonpath;

import com.jayway.jsonpath.Configuration;
import com.jayway.jsonpath.JsonPath;
import com.jayway.jsonpath.PathNotFoundException;
import com.jayway.jsonpath.spi.json.Jackson3JsonNodeJsonProvider;
import com.jayway.jsonpath.spi.mapper.Jackson3MappingProvider;
import com.jayway.jsonpath.spi.mapper.MappingProvider;
import io.gradus.asl.expr.Allowance;
import io.gradus.asl.expr.EvaluationFailure;
import io.gradus.asl.expr.Failures;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// Paths with wildcards, slices, filters or recursion: the JSONPath library reads them.
final class PathQueries {
  private static final MappingProvider MAPPING = new Jackson3MappingProvider();

  private static final int UNITS_PER_LOOK = 5;

  private PathQueries() {}

  static JsonPath compile(String text) {
    return JsonPath.compile(text);
  }

  /// Reads a query's value; null where a path that names one place finds nothing.
  ///
  /// @param text the path as written, for causes: the library's own would recurse
  /// @param allowance of the state that it is read for
  static @Nullable JsonNode read(JsonPath query, String text, JsonNode start, Allowance allowance) {
    var reading = new BoundedReading(allowance.units() / UNITS_PER_LOOK);
    Configuration bounded =
        Configuration.builder().jsonProvider(reading).mappingProvider(MAPPING).build();
    try {
      return node(query.read((Object) start, bounded));
    } catch (PathNotFoundException _) {
      return query.isDefinite() ? null : CompiledPath.emptyArray();
    } catch (BoundedReading.Exceeded _) {
      throw invalid(text, "the path visits too many values");
    } catch (RuntimeException e) { // the library has no one type for what it refuses
      throw invalid(text, String.valueOf(e.getMessage()));
    } catch (StackOverflowError _) {
      throw invalid(text, "the path or its input is nested too deeply");
    } finally {
      allowance.spend((long) reading.looks * UNITS_PER_LOOK);
    }
  }

  private static EvaluationFailure invalid(String text, String reason) {
    return Failures.runtime("Invalid path '%s' : %s".formatted(text, reason));
  }

  private static @Nullable JsonNode node(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case JsonNode node -> node;
      case Integer i -> JsonNodeFactory.instance.numberNode(i);
      case Long l -> JsonNodeFactory.instance.numberNode(l);
      case Double d -> JsonNodeFactory.instance.numberNode(d);
      case Boolean b -> JsonNodeFactory.instance.booleanNode(b);
      case Iterable<?> items -> {
        var array = CompiledPath.emptyArray();
        for (Object item : items) {
          JsonNode n = node(item);
          array.add(n == null ? JsonNodeFactory.instance.nullNode() : n);
        }
        yield array;
      }
      default -> JsonNodeFactory.instance.stringNode(value.toString());
    };
  }

  /// Lets the library look at a bounded number of values: a recursion in a filter in a recursion
  /// looks at each value as often as there are values.
  private static final class BoundedReading extends Jackson3JsonNodeJsonProvider {
    /// A payload of 256 KiB has about 130,000 values.
    private static final int MAX_LOOKS = 3_000_000;

    private static final int CHARACTERS_PER_LOOK = 8;

    private final long most;
    private int looks;

    BoundedReading(long left) {
      most = Math.min(MAX_LOOKS, left);
    }

    /// The bound was reached.
    static final class Exceeded extends RuntimeException {
      private static final long serialVersionUID = 1L;

      Exceeded() {
        super("exceeded", null, false, false);
      }
    }

    private void look(int values) {
      looks += values;
      if (looks > most) {
        throw new Exceeded();
      }
    }

    @Override
    public Object getMapValue(Object value, String key) {
      look(1);
      return super.getMapValue(value, key);
    }

    @Override
    public Object getArrayIndex(Object value, int index) {
      look(1);
      return super.getArrayIndex(value, index);
    }

    @Override
    public Collection<String> getPropertyKeys(Object value) {
      look(1 + length(value));
      return super.getPropertyKeys(value);
    }

    @Override
    public Iterable<?> toIterable(Object value) {
      look(1 + length(value));
      return super.toIterable(value);
    }

    @Override
    public Object unwrap(Object value) {
      look(1);
      return super.unwrap(value);
    }

    /// The library keeps every match, and where it is as a text: in a deep document the texts are
    /// far more than the values.
    @Override
    public void setArrayIndex(Object array, int index, Object match) {
      look(match instanceof String where ? 1 + where.length() / CHARACTERS_PER_LOOK : 1);
      super.setArrayIndex(array, index, match);
    }
  }
}
