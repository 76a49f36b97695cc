package io.gradus.asl.expr.jsonata;

import java.util.AbstractList;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.RandomAccess;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// JSON as the maps and lists that JSONata works on, without copying it.
final class Views {
  private Views() {}

  /// A JSON object as a map that cannot be changed.
  static final class ObjectView extends AbstractMap<String, Object> {
    private final ObjectNode node;
    private int weight;

    ObjectView(ObjectNode node) {
      this.node = node;
    }

    ObjectNode node() {
      return node;
    }

    int weight() {
      if (weight == 0) {
        weight = nodeWeight(node);
      }
      return weight;
    }

    @Override
    public @Nullable Object get(@Nullable Object key) {
      JsonNode value = key instanceof String name ? node.get(name) : null;
      return value == null ? null : Values.of(value);
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
      return key instanceof String name && node.has(name);
    }

    @Override
    public int size() {
      return node.size();
    }

    @Override
    public Set<Entry<String, Object>> entrySet() {
      return new AbstractSet<>() {
        @Override
        public Iterator<Entry<String, Object>> iterator() {
          Iterator<Entry<String, JsonNode>> members = node.properties().iterator();
          return new Iterator<>() {
            @Override
            public boolean hasNext() {
              return members.hasNext();
            }

            @Override
            public Entry<String, Object> next() {
              Entry<String, JsonNode> member = members.next();
              return new SimpleImmutableEntry<>(member.getKey(), Values.of(member.getValue()));
            }
          };
        }

        @Override
        public int size() {
          return node.size();
        }
      };
    }
  }

  /// A JSON array as a list that cannot be changed.
  static final class ArrayView extends AbstractList<Object> implements RandomAccess {
    private final ArrayNode node;
    private int weight;

    ArrayView(ArrayNode node) {
      this.node = node;
    }

    ArrayNode node() {
      return node;
    }

    int weight() {
      if (weight == 0) {
        weight = nodeWeight(node);
      }
      return weight;
    }

    @Override
    public Object get(int index) {
      return Values.of(node.get(index));
    }

    @Override
    public int size() {
      return node.size();
    }
  }

  static int nodeWeight(JsonNode node) {
    if (node.isString()) {
      return Weights.of(node.stringValue());
    }
    int total = 1;
    for (JsonNode child : node) {
      total += nodeWeight(child);
    }
    return total;
  }
}
