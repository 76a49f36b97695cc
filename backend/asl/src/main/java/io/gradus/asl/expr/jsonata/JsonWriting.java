package io.gradus.asl.expr.jsonata;

import com.dashjoin.jsonata.Functions;
import com.dashjoin.jsonata.Utils;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What `$string` makes of values: JSON as JavaScript writes it, with functions as empty texts and
/// numbers of at most fifteen digits.
final class JsonWriting {
  private static final int DIGITS = 15;

  /// JavaScript writes numbers from here on with an exponent.
  private static final double MANY_DIGITS = 1e21;

  private static final double FEW_DIGITS = 1e-6;

  private final StringBuilder text = new StringBuilder();
  private final boolean pretty;

  private JsonWriting(boolean pretty) {
    this.pretty = pretty;
  }

  static String write(Object value, boolean pretty) {
    JsonWriting writing = new JsonWriting(pretty);
    writing.value(value, 0);
    return writing.text.toString();
  }

  private void value(@Nullable Object value, int depth) {
    Weights.text(text.length());
    switch (value) {
      case String s -> quoted(s);
      case Number n -> text.append(number(n.doubleValue()));
      case Boolean b -> text.append(b);
      case List<?> items -> items(items, depth);
      case Map<?, ?> members -> members(members, depth);
      case null, default -> text.append(isFunction(value) ? "\"\"" : "null");
    }
  }

  private static boolean isFunction(@Nullable Object value) {
    return value != null && (Utils.isFunction(value) || Functions.isLambda(value));
  }

  private void items(List<?> items, int depth) {
    text.append('[');
    for (Iterator<?> all = items.iterator(); all.hasNext(); ) {
      line(depth + 1);
      value(all.next(), depth + 1);
      text.append(all.hasNext() ? "," : "");
    }
    end(items.isEmpty(), depth, ']');
  }

  private void members(Map<?, ?> members, int depth) {
    text.append('{');
    boolean first = true;
    for (Map.Entry<?, ?> member : members.entrySet()) {
      text.append(first ? "" : ",");
      first = false;
      line(depth + 1);
      quoted(String.valueOf(member.getKey()));
      text.append(pretty ? ": " : ":");
      value(member.getValue(), depth + 1);
    }
    end(members.isEmpty(), depth, '}');
  }

  private void end(boolean empty, int depth, char bracket) {
    if (!empty) {
      line(depth);
    }
    text.append(bracket);
  }

  private void line(int depth) {
    if (pretty) {
      text.append('\n').repeat("  ", depth);
    }
  }

  private void quoted(String value) {
    text.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '"' -> text.append("\\\"");
        case '\\' -> text.append("\\\\");
        case '\b' -> text.append("\\b");
        case '\f' -> text.append("\\f");
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        case '\t' -> text.append("\\t");
        default -> {
          if (c < ' ' || isAlone(value, i)) {
            text.append(String.format("\\u%04x", (int) c));
          } else {
            text.append(c);
          }
        }
      }
    }
    text.append('"');
    Weights.text(text.length());
  }

  /// Half of a surrogate pair.
  private static boolean isAlone(String value, int i) {
    char c = value.charAt(i);
    return Character.isHighSurrogate(c)
        ? i + 1 == value.length() || !Character.isLowSurrogate(value.charAt(i + 1))
        : Character.isLowSurrogate(c)
            && (i == 0 || !Character.isHighSurrogate(value.charAt(i - 1)));
  }

  /// With fifteen digits at most.
  static String number(double value) {
    if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      return Long.toString((long) value);
    }
    return full(new BigDecimal(value).round(new MathContext(DIGITS)));
  }

  private static String full(BigDecimal rounded) {
    BigDecimal value = new BigDecimal(Double.toString(rounded.doubleValue())).stripTrailingZeros();
    double size = value.abs().doubleValue();
    if (size < MANY_DIGITS && size >= FEW_DIGITS) {
      return value.toPlainString();
    }
    String digits = value.unscaledValue().abs().toString();
    int power = digits.length() - 1 - value.scale();
    return (value.signum() < 0 ? "-" : "")
        + digits.charAt(0)
        + (digits.length() > 1 ? "." + digits.substring(1) : "")
        + "e"
        + (power < 0 ? "" : "+")
        + power;
  }
}
