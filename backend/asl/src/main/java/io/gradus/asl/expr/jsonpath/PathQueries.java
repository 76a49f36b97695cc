package io.gradus.asl.expr.jsonpath;

import com.jayway.jsonpath.Configuration;
import com.jayway.jsonpath.EvaluationListener;
import com.jayway.jsonpath.JsonPath;
import com.jayway.jsonpath.JsonPathException;
import com.jayway.jsonpath.PathNotFoundException;
import com.jayway.jsonpath.spi.json.Jackson3JsonNodeJsonProvider;
import com.jayway.jsonpath.spi.mapper.Jackson3MappingProvider;
import io.gradus.asl.expr.Failures;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// Paths with wildcards, slices, filters or recursion: the JSONPath library reads them. The work of
/// one read is bounded by the number of results it may find.
final class PathQueries {
  /// Results one read may find; a payload of 256 KiB has fewer values than this.
  static final int MAX_RESULTS = 200_000;

  private static final Configuration PLAIN =
      Configuration.builder()
          .jsonProvider(new Jackson3JsonNodeJsonProvider())
          .mappingProvider(new Jackson3MappingProvider())
          .build();

  private PathQueries() {}

  static JsonPath compile(String text) {
    return JsonPath.compile(text);
  }

  static @Nullable JsonNode read(JsonPath query, JsonNode start) {
    boolean[] exceeded = {false};
    EvaluationListener limit =
        found -> {
          if (found.index() < MAX_RESULTS) {
            return EvaluationListener.EvaluationContinuation.CONTINUE;
          }
          exceeded[0] = true;
          return EvaluationListener.EvaluationContinuation.ABORT;
        };
    try {
      Object value = query.read((Object) start, PLAIN.setEvaluationListeners(limit));
      if (exceeded[0]) {
        throw Failures.runtime("The JSONPath '%s' finds too much".formatted(query.getPath()));
      }
      return node(value);
    } catch (PathNotFoundException _) {
      return query.isDefinite() ? null : CompiledPath.emptyArray();
    } catch (JsonPathException | ClassCastException | IllegalArgumentException e) {
      throw Failures.runtime("Invalid path '%s' : %s".formatted(query.getPath(), e.getMessage()));
    } catch (StackOverflowError _) {
      throw Failures.runtime("Invalid path '%s' : too deep".formatted(query.getPath()));
    }
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
}
