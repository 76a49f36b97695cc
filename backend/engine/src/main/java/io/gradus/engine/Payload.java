package io.gradus.engine;

import io.gradus.asl.expr.EvaluationFailure;
import io.gradus.asl.model.ErrorName;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/// A JSON value on its way through an execution. It keeps the text it came as (so that what a
/// client sent is what a client gets back) and the tree, each made from the other when first asked
/// for, and knows where in the history it was first recorded.
///
/// Equal where the JSON text is equal. The tree must not be changed by anyone who is given it.
public final class Payload {
  /// Up to this size in bytes a value is stored again rather than referred to.
  public static final int INLINE_BYTES = 256;

  private static final JsonMapper JSON = PayloadJson.MAPPER;

  private volatile byte @Nullable [] text;
  private volatile @Nullable JsonNode tree;
  private final @Nullable Origin origin;

  /// Of what is unresolved, in bytes; negative where it is not known.
  private final int size;

  private Payload(byte @Nullable [] text, @Nullable JsonNode tree, @Nullable Origin origin) {
    this(text, tree, origin, -1);
  }

  private Payload(
      byte @Nullable [] text, @Nullable JsonNode tree, @Nullable Origin origin, int size) {
    this.text = text;
    this.tree = tree;
    this.origin = origin;
    this.size = size;
  }

  public static Payload of(JsonNode tree) {
    return new Payload(null, Objects.requireNonNull(tree), null);
  }

  /// A value that came as text.
  ///
  /// @param utf8 valid JSON; not copied, so not to be changed afterwards
  public static Payload ofText(byte[] utf8) {
    return new Payload(Objects.requireNonNull(utf8), null, null);
  }

  /// A value that came as text.
  ///
  /// @param json valid JSON
  public static Payload ofText(String json) {
    return ofText(json.getBytes(StandardCharsets.UTF_8));
  }

  /// The array of these values, each written as it came.
  public static Payload array(List<Payload> elements) {
    long length = elements.stream().mapToLong(each -> each.size() + 1L).sum() + 2;
    ByteArrayOutputStream text = new ByteArrayOutputStream(Math.toIntExact(length));
    ArrayNode tree = JSON.createArrayNode();
    text.write('[');
    for (Payload each : elements) {
      if (text.size() > 1) {
        text.write(',');
      }
      text.writeBytes(each.bytes());
      // Trees that are there already need not be read again.
      JsonNode known = each.tree;
      if (known != null) {
        tree.add(known);
      }
    }
    text.write(']');
    return new Payload(text.toByteArray(), tree.size() == elements.size() ? tree : null, null);
  }

  /// A value that state only refers to; [#resolve] must give it its text before it is read.
  public static Payload unresolved(Origin origin) {
    return new Payload(null, null, origin);
  }

  /// A value that state only refers to, of which this much is known.
  ///
  /// @param size in bytes of UTF-8
  public static Payload unresolved(Origin origin, int size) {
    return new Payload(null, null, origin, size);
  }

  /// The same value, known to stand at `origin`. A value that already stands somewhere keeps its
  /// first place.
  ///
  /// @throws EvaluationFailure where it cannot be stored: it is nested too deeply
  public Payload at(Origin origin) {
    return this.origin != null ? this : new Payload(bytes(), tree, origin);
  }

  /// The same value without its place: for another execution's history.
  public Payload detached() {
    return origin == null ? this : new Payload(text, tree, null);
  }

  public @Nullable Origin origin() {
    return origin;
  }

  public boolean isResolved() {
    return text != null || tree != null;
  }

  /// Gives an unresolved value its text.
  public void resolve(byte[] utf8) {
    if (!isResolved()) {
      text = utf8;
    }
  }

  /// The value.
  ///
  /// @throws EvaluationFailure where it is nested too deeply, as results joined to an array may be
  public JsonNode json() {
    JsonNode node = tree;
    if (node == null) {
      try {
        node = JSON.readTree(resolved(text));
      } catch (StreamConstraintsException e) {
        throw tooDeep();
      }
      tree = node;
    }
    return node;
  }

  /// The JSON text in UTF-8; not to be changed.
  ///
  /// @throws EvaluationFailure where it is nested too deeply
  public byte[] bytes() {
    byte[] utf8 = text;
    if (utf8 == null) {
      try {
        utf8 = JSON.writeValueAsBytes(resolved(tree));
      } catch (StreamConstraintsException e) {
        throw tooDeep();
      }
      text = utf8;
    }
    return utf8;
  }

  private static EvaluationFailure tooDeep() {
    return new EvaluationFailure(
        ErrorName.RUNTIME,
        "The value is nested deeper than the maximum of %,d levels."
            .formatted(PayloadJson.MAX_DEPTH),
        null);
  }

  /// In bytes of UTF-8.
  public int size() {
    return size >= 0 && !isResolved() ? size : bytes().length;
  }

  private <T> T resolved(@Nullable T value) {
    if (value == null) {
      throw new IllegalStateException("expected the payload at " + origin + " to be loaded first");
    }
    return value;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Payload p && Arrays.equals(bytes(), p.bytes());
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes());
  }

  @Override
  public String toString() {
    return new String(bytes(), StandardCharsets.UTF_8);
  }
}
