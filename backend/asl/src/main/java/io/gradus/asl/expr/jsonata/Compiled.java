package io.gradus.asl.expr.jsonata;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import com.dashjoin.jsonata.Parser.Symbol;
import io.gradus.asl.expr.BoundedCache;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A compiled expression. One instance serves all threads: evaluation changes nothing in it.
///
/// @param variables the names its text mentions as variables, `$states` apart
record Compiled(Jsonata expression, List<String> variables) {
  private static final int MAX_LENGTH = 65_536;
  private static final int MAX_NESTING = 200;

  /// Some time before that many operators in a row, the library comes to the end of the stack.
  private static final int MAX_CHAIN = 4_000;

  private static final Pattern VARIABLE = Pattern.compile("\\$([\\p{L}_][\\p{L}\\p{N}_]*)");
  private static final BoundedCache<String, Compiled> CACHE = new BoundedCache<>(2_048);

  Compiled {
    variables = List.copyOf(variables);
  }

  /// @throws IllegalArgumentException where the text is not an expression
  static Compiled of(String text) {
    Compiled known = CACHE.get(text);
    return known != null ? known : CACHE.put(text, compile(text));
  }

  private static Compiled compile(String text) {
    if (text.length() > MAX_LENGTH) {
      throw new IllegalArgumentException("An expression is at most 65536 characters long");
    }
    int nesting = nesting(text);
    if (nesting > MAX_NESTING || Chains.longest(text, nesting) > MAX_CHAIN) {
      throw new IllegalArgumentException("The expression is nested too deeply");
    }
    try {
      Jsonata expression = parse(text);
      if (expression.getErrors() != null) {
        throw new IllegalArgumentException(String.valueOf(expression.getErrors().getFirst()));
      }
      expression.setValidateInput(false);
      expression.setOutputConvertNulls(false); // null is a value, unlike undefined
      Set<Symbol> called = SyntaxTree.prepare(expression);
      Builtins.register(expression, called);
      return new Compiled(expression, variables(text));
    } catch (JException e) {
      throw new IllegalArgumentException(Sentences.message(e), e);
    } catch (StackOverflowError e) {
      throw new IllegalArgumentException("The expression is nested too deeply", e);
    } catch (IllegalStateException | IllegalArgumentException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new IllegalArgumentException("The expression is malformed: " + e.getMessage(), e);
    }
  }

  /// The library lets a thread evaluate everything in the instance it parsed last, and keeps what
  /// it evaluates there. That must not be an instance which other threads evaluate.
  private static Jsonata parse(String text) {
    try {
      return Jsonata.jsonata(text);
    } finally {
      Jsonata.jsonata("0");
    }
  }

  private static int nesting(String text) {
    int depth = 0;
    int deepest = 0;
    for (int i = 0; i < text.length(); i++) {
      switch (text.charAt(i)) {
        case '(', '[', '{' -> deepest = Math.max(deepest, ++depth);
        case ')', ']', '}' -> depth--;
        default -> {}
      }
    }
    return deepest;
  }

  private static List<String> variables(String text) {
    Set<String> names = new LinkedHashSet<>();
    Matcher mention = VARIABLE.matcher(text);
    while (mention.find()) {
      names.add(mention.group(1));
    }
    names.remove("states");
    return List.copyOf(names);
  }
}
