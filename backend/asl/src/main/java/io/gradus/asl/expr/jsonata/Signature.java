package io.gradus.asl.expr.jsonata;

import com.dashjoin.jsonata.Functions;
import com.dashjoin.jsonata.Jsonata;
import com.dashjoin.jsonata.Jsonata.JLambda;
import com.dashjoin.jsonata.Utils;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What arguments a built-in function takes, in JSONata's notation (`<s-nn?:s>`). The library's own
/// check takes a null for a value that is missing; JSONata refuses it where a text or number is
/// wanted, and counts it as an item where a list is.
final class Signature {
  private static final String ANY = "asnblfom";

  /// A symbol for the type of every kind of value; `m` is undefined.
  private record Parameter(char type, String accepted, boolean context, char items) {}

  private final String function;
  private final List<Parameter> parameters = new ArrayList<>();
  private final Pattern pattern;

  Signature(String function, String text) {
    this.function = function;
    StringBuilder all = new StringBuilder();
    int at = 1;
    while (text.charAt(at) != ':' && text.charAt(at) != '>') {
      int end = text.charAt(at) == '(' ? text.indexOf(')', at) + 1 : at + 1;
      String types = text.substring(at, end);
      char items = 0;
      if (text.charAt(end) == '<') {
        items = text.charAt(end + 1);
        end = text.indexOf('>', end) + 1;
      }
      boolean context = text.charAt(end) == '-';
      end += context ? 1 : 0;
      boolean repeated = text.charAt(end) == '?' || text.charAt(end) == '+';
      String times = context ? "?" : repeated ? text.substring(end, end + 1) : "";
      end += repeated ? 1 : 0;
      String accepted = accepted(types);
      parameters.add(new Parameter(types.charAt(0), accepted, context, items));
      all.append('(').append('[').append(accepted).append(']').append(times).append(')');
      at = end;
    }
    this.pattern = Pattern.compile(all.toString());
  }

  private static String accepted(String types) {
    return switch (types.charAt(0)) {
      case 'a', 'x' -> ANY;
      case 'j' -> "asnblom";
      case 'f' -> "f";
      case '(' -> types.substring(1, types.length() - 1) + "m";
      default -> types + "m";
    };
  }

  /// The arguments as the function takes them: the context for one that is left out, and a list for
  /// a single value.
  List<@Nullable Object> fitted(List<?> arguments, @Nullable Object context) {
    StringBuilder supplied = new StringBuilder();
    arguments.forEach(argument -> supplied.append(symbol(argument)));
    Matcher fits = pattern.matcher(supplied);
    if (!fits.matches()) {
      throw Arguments.refused(function, misfit(supplied.toString()));
    }
    List<@Nullable Object> fitted = new ArrayList<>();
    int at = 0;
    for (int i = 0; i < parameters.size(); i++) {
      Parameter parameter = parameters.get(i);
      String types = fits.group(i + 1);
      if (types.isEmpty() && parameter.context()) {
        fitted.add(fromContext(parameter, context, at + 1));
      } else if (types.isEmpty()) {
        fitted.add(null);
        at++;
      }
      for (int j = 0; j < types.length(); j++) {
        Object argument = arguments.get(at++);
        fitted.add(
            parameter.type() == 'a' ? list(parameter, argument, types.charAt(j), at) : argument);
      }
    }
    return fitted;
  }

  private @Nullable Object fromContext(Parameter parameter, @Nullable Object context, int index) {
    if (parameter.accepted().indexOf(symbol(context)) < 0) {
      throw Arguments.refusedContext(function, index);
    }
    return context;
  }

  private @Nullable Object list(
      Parameter parameter, @Nullable Object argument, char type, int index) {
    if (type == 'm') {
      return null;
    }
    if (argument instanceof List<?> items) {
      if (parameter.items() != 0 && !items.stream().allMatch(i -> symbol(i) == parameter.items())) {
        throw Arguments.refusedItems(function, index, parameter.items());
      }
      return argument;
    }
    if (parameter.items() != 0 && type != parameter.items()) {
      throw Arguments.refusedItems(function, index, parameter.items());
    }
    List<@Nullable Object> single = new ArrayList<>();
    single.add(argument);
    return single;
  }

  /// Which argument is at fault, counted from 1: the one after those that the parameters before it
  /// take.
  private int misfit(String supplied) {
    int good = 0;
    StringBuilder some = new StringBuilder();
    for (String part : pattern.pattern().split("(?<=\\))", -1)) {
      Matcher begins = Pattern.compile(some.append(part).toString()).matcher(supplied);
      if (!begins.lookingAt()) {
        return good + 1;
      }
      good = begins.end();
    }
    return good + 1;
  }

  private static char symbol(@Nullable Object value) {
    return switch (value) {
      case null -> 'm';
      case String _ -> 's';
      case Number _ -> 'n';
      case Boolean _ -> 'b';
      case List<?> _ -> 'a';
      case Map<?, ?> _ -> 'o';
      case JLambda _ -> 'f';
      default -> {
        if (Utils.isFunction(value) || Functions.isLambda(value)) {
          yield 'f';
        }
        yield value.equals(Jsonata.NULL_VALUE) ? 'l' : 'm';
      }
    };
  }
}
