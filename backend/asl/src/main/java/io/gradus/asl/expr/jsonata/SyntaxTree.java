package io.gradus.asl.expr.jsonata;

import com.dashjoin.jsonata.Jsonata;
import com.dashjoin.jsonata.Parser.Symbol;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The tree of a compiled expression. The library keeps it to itself, and yet two things can only
/// be bounded there: what a regular expression literal is, and what is called as a function. A
/// library whose tree looks otherwise fails here, at the first expression and in every test.
final class SyntaxTree {
  private static final Field ROOT = field(Jsonata.class, "ast");
  private static final Field TYPE = field(Symbol.class, "type");
  private static final Field VALUE = field(Symbol.class, "value");
  private static final Field ARGUMENTS = field(Symbol.class, "arguments");
  private static final Field LHS = field(Symbol.class, "lhs");
  private static final Field PROCEDURE = field(Symbol.class, "procedure");
  private static final List<Field> CHILDREN =
      Arrays.stream(Symbol.class.getDeclaredFields())
          .filter(f -> !Modifier.isStatic(f.getModifiers()) && !f.isSynthetic())
          .filter(f -> !f.getType().isPrimitive() && f.getType() != String.class)
          .map(f -> field(Symbol.class, f.getName()))
          .toList();

  private final Set<Symbol> symbols = Collections.newSetFromMap(new IdentityHashMap<>());

  private SyntaxTree(Jsonata expression) {
    Deque<Object> open = new ArrayDeque<>();
    push(open, read(ROOT, expression));
    while (!open.isEmpty()) {
      Object next = open.pop();
      if (next instanceof Symbol symbol && symbols.add(symbol)) {
        CHILDREN.forEach(child -> push(open, read(child, symbol)));
      } else if (next instanceof Object[] several) {
        Arrays.stream(several).forEach(one -> push(open, one));
      } else if (next instanceof List<?> several) {
        several.forEach(one -> push(open, one));
      }
    }
  }

  private static void push(Deque<Object> open, @Nullable Object next) {
    if (next instanceof Symbol || next instanceof Object[] || next instanceof List<?>) {
      open.push(next);
    }
  }

  /// Gives every regular expression literal a bounded matcher, and collects what is called.
  ///
  /// @return the nodes whose values are called as functions
  static Set<Symbol> prepare(Jsonata expression) {
    Set<Symbol> called = Collections.newSetFromMap(new IdentityHashMap<>());
    Set<Symbol> symbols = new SyntaxTree(expression).symbols;
    Set<@Nullable Object> bound = bound(symbols);
    for (Symbol symbol : symbols) {
      if ("regex".equals(read(TYPE, symbol)) && read(VALUE, symbol) instanceof Pattern pattern) {
        write(VALUE, symbol, new RegexFunction(pattern));
      }
      if (read(PROCEDURE, symbol) instanceof Symbol procedure) {
        called.add(procedure);
        applyInPart(symbol, procedure, bound);
      }
    }
    return Collections.unmodifiableSet(called);
  }

  /// The names that the expression itself gives a value.
  private static Set<@Nullable Object> bound(Set<Symbol> symbols) {
    Set<@Nullable Object> names = new HashSet<>();
    for (Symbol symbol : symbols) {
      if ("bind".equals(read(TYPE, symbol)) && read(LHS, symbol) instanceof Symbol variable) {
        names.add(read(VALUE, variable));
      } else if ("lambda".equals(read(TYPE, symbol))
          && read(ARGUMENTS, symbol) instanceof List<?> parameters) {
        parameters.forEach(parameter -> names.add(read(VALUE, parameter)));
      }
    }
    return names;
  }

  /// A built-in function that is applied in part takes the arguments that are left open, and no
  /// others: `$map(a, $split(?, ','))` must not hand the index to `$split` as its limit. The
  /// library sees only how many a function takes, so this place gets one that takes as many as are
  /// written.
  private static void applyInPart(Symbol symbol, Symbol procedure, Set<@Nullable Object> bound) {
    if ("partial".equals(read(TYPE, symbol))
        && "variable".equals(read(TYPE, procedure))
        && read(VALUE, procedure) instanceof String name
        && !bound.contains(name)
        && read(ARGUMENTS, symbol) instanceof List<?> arguments) {
      Builtin function = Builtins.applied(name, arguments.size());
      if (function != null) {
        write(TYPE, procedure, "regex"); // which is its value
        write(VALUE, procedure, function);
      }
    }
  }

  private static Field field(Class<?> owner, String name) {
    try {
      Field field = owner.getDeclaredField(name);
      field.setAccessible(true);
      return field;
    } catch (NoSuchFieldException e) {
      throw new IllegalStateException("expected " + owner + " to have a field " + name, e);
    }
  }

  private static @Nullable Object read(Field field, Object owner) {
    try {
      return field.get(owner);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("expected to read " + field, e);
    }
  }

  private static void write(Field field, Object owner, Object value) {
    try {
      field.set(owner, value);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("expected to write " + field, e);
    }
  }
}
