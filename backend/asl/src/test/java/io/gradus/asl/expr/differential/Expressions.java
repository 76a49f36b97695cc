package io.gradus.asl.expr.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Generates expressions by the type they should have, and now and then by none. One seed is one
/// expression.
final class Expressions {
  private final Random random;
  private final Calls calls;

  /// Names of variables in scope, without `$`.
  private final List<String> variables = new ArrayList<>();

  private final List<String> functions = new ArrayList<>();
  private int fresh;

  private Expressions(Random random) {
    this.random = random;
    this.calls = new Calls(random, this);
  }

  static String of(Random random) {
    Expressions expressions = new Expressions(random);
    int depth = 1 + random.nextInt(4);
    return switch (random.nextInt(10)) {
      case 0, 1, 2, 3 -> expressions.calls.edge();
      case 4 -> expressions.program(depth);
      default -> expressions.any(depth);
    };
  }

  private boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  String one(List<String> words) {
    return words.get(random.nextInt(words.size()));
  }

  String any(int depth) {
    return switch (random.nextInt(9)) {
      case 0 -> number(depth);
      case 1 -> string(depth);
      case 2 -> bool(depth);
      case 3, 4 -> array(depth);
      case 5 -> object(depth);
      case 6, 7 -> path(depth);
      default -> depth > 0 ? calls.ordinary(depth) : leaf();
    };
  }

  private String leaf() {
    return switch (random.nextInt(8)) {
      case 0 -> "null";
      case 1 -> "true";
      case 2 -> "$missing";
      case 3 -> "[]";
      case 4 -> one(Words.SMALL);
      case 5 -> one(Words.STRINGS);
      case 6 -> "$";
      default -> "$states.input." + one(Words.NAMES);
    };
  }

  String number(int depth) {
    if (depth <= 0 || chance(15)) {
      return chance(60) ? one(Words.SMALL) : chance(50) ? one(Words.NUMBERS) : "$states.input.n";
    }
    int d = depth - 1;
    return switch (random.nextInt(9)) {
      case 0, 1 ->
          random.nextBoolean()
              ? "(" + number(d) + one(List.of(" + ", " - ", " * ")) + number(d) + ")"
              : "(" + number(d) + one(List.of(" / ", " % ")) + one(List.of("2", "-3", "0.5")) + ")";
      case 2 -> "-" + "(" + number(d) + ")";
      case 3 -> "$count(" + any(d) + ")";
      case 4 -> one(List.of("$sum", "$max", "$min", "$average")) + "(" + numbers(d) + ")";
      case 5 -> "$length(" + string(d) + ")";
      case 6 -> "(" + bool(d) + " ? " + number(d) + " : " + number(d) + ")";
      case 7 -> numbers(d) + "[" + one(Words.SMALL) + "]";
      default -> variable(d, () -> number(d));
    };
  }

  String string(int depth) {
    if (depth <= 0 || chance(15)) {
      return chance(75) ? one(Words.STRINGS) : "$states.input.s";
    }
    int d = depth - 1;
    return switch (random.nextInt(7)) {
      case 0, 1 -> "(" + string(d) + " & " + (chance(60) ? string(d) : any(d)) + ")";
      case 2 -> "$string(" + any(d) + (chance(15) ? ", true" : "") + ")";
      case 3 -> one(List.of("$uppercase", "$lowercase", "$trim")) + "(" + string(d) + ")";
      case 4 -> "$join(" + strings(d) + (chance(50) ? ", '-'" : "") + ")";
      case 5 -> "$type(" + any(d) + ")";
      default -> variable(d, () -> string(d));
    };
  }

  String bool(int depth) {
    if (depth <= 0 || chance(10)) {
      return one(List.of("true", "false", "$states.input.flag"));
    }
    int d = depth - 1;
    return switch (random.nextInt(8)) {
      case 0 -> number(d) + one(List.of(" < ", " > ", " <= ", " >= ")) + number(d);
      case 1 -> string(d) + one(List.of(" < ", " > ", " <= ", " >= ")) + string(d);
      case 2 -> any(d) + one(List.of(" = ", " != ")) + any(d);
      case 3 -> "(" + any(d) + one(List.of(" and ", " or ")) + any(d) + ")";
      case 4 -> any(d) + " in " + array(d);
      case 5 -> one(List.of("$boolean", "$not", "$exists")) + "(" + any(d) + ")";
      case 6 -> any(d) + one(List.of(" < ", " > ")) + any(d);
      default -> "$contains(" + string(d) + ", " + string(d) + ")";
    };
  }

  String numbers(int depth) {
    return switch (random.nextInt(depth > 0 ? 6 : 3)) {
      case 0 -> "[" + number(depth - 1) + ", " + number(depth - 1) + "]";
      case 1 -> "$states.input.list";
      case 2 -> "[" + one(Words.SMALL) + ".." + one(Words.SMALL) + "]";
      case 3 -> "$states.input.items.price";
      case 4 -> "$map(" + array(depth - 1) + ", function($v){" + number(depth - 1) + "})";
      default -> array(depth - 1);
    };
  }

  String strings(int depth) {
    return switch (random.nextInt(depth > 0 ? 5 : 2)) {
      case 0 -> "['a', " + string(depth - 1) + "]";
      case 1 -> "$states.input.tags";
      case 2 -> "$states.input.items.sku";
      case 3 -> "$split(" + string(depth - 1) + ", ',')";
      default -> array(depth - 1);
    };
  }

  String array(int depth) {
    if (depth <= 0) {
      return one(
          List.of(
              "[]",
              "[1,2,3]",
              "['b','a']",
              "$states.input.list",
              "$states.input.items",
              "[1]",
              "[[1],[2,3]]",
              "[null]",
              "[{'a':1},{'a':2,'b':[1,2]}]",
              "[3,1,2]",
              "$states.input.a",
              "[1,'1',true,null,1]",
              "[2,2]",
              "[$missing]"));
    }
    int d = depth - 1;
    return switch (random.nextInt(9)) {
      case 0 -> "[" + any(d) + ", " + any(d) + (chance(30) ? ", " + any(d) : "") + "]";
      case 1 -> "[" + one(Words.SMALL) + ".." + one(Words.SMALL) + "]";
      case 2 -> "$map(" + array(d) + ", " + function(d, "v", "i") + ")";
      case 3 -> "$filter(" + array(d) + ", " + function(d, "v", "i") + ")";
      case 4 -> "$append(" + any(d) + ", " + any(d) + ")";
      case 5 -> sorted(d);
      case 6 -> one(List.of("$distinct", "$reverse", "$keys", "$spread")) + "(" + any(d) + ")";
      case 7 -> path(d) + "[]";
      default -> "$zip(" + array(d) + ", " + array(d) + ")";
    };
  }

  private String sorted(int depth) {
    return switch (random.nextInt(5)) {
      case 0 -> "$sort(" + numbers(depth) + ")";
      case 1 -> "$sort(" + strings(depth) + ")";
      case 2 -> "$sort(" + array(depth) + ", function($l,$r){$l > $r})";
      case 3 -> "$states.input.items^(" + one(List.of("", "<", ">")) + "price)";
      default -> "$states.input.items^(>sku, <" + one(Words.NAMES) + ")";
    };
  }

  String object(int depth) {
    if (depth <= 0) {
      return one(
          List.of(
              "{}",
              "{'a': 1, 'b': 'x'}",
              "$states.input.obj",
              "$states.input",
              "{'a': null}",
              "{'b': [1,2], 'a': {'c': true}}"));
    }
    int d = depth - 1;
    return switch (random.nextInt(8)) {
      case 0, 1 -> "{'a': " + any(d) + ", " + string(0) + ": " + any(d) + "}";
      case 2 -> "$states.input.items{sku: " + any(d) + "}";
      case 3 -> "$merge([" + object(d) + ", " + object(d) + "])";
      case 4 -> "$sift(" + object(d) + ", " + function(d, "v", "k") + ")";
      case 5 ->
          object(d)
              + " ~> |"
              + path(0, false)
              + "|"
              + object(0)
              + (chance(40) ? ", " + one(List.of("'a'", "['a','price']")) : "")
              + "|";
      case 6 -> path(d) + "{$string(" + one(Words.NAMES) + "): " + any(d) + "}";
      default -> "$lookup(" + object(d) + ", " + one(Words.STRINGS) + ")";
    };
  }

  /// A function of up to three arguments whose body sees them.
  String function(int depth, String... parameters) {
    int count = chance(80) ? parameters.length : random.nextInt(parameters.length + 1);
    if (!functions.isEmpty() && chance(20)) {
      return "$" + one(functions);
    }
    if (chance(12)) {
      return one(
          List.of(
              "$string",
              "$count",
              "$sum",
              "$uppercase",
              "$boolean",
              "$type",
              "$not",
              "$append(?, 0)",
              "$exists",
              "$keys",
              "$lookup(?, 'a')"));
    }
    int before = variables.size();
    StringBuilder head = new StringBuilder("function(");
    for (int i = 0; i < count; i++) {
      head.append(i == 0 ? "$" : ", $").append(parameters[i]);
      variables.add(parameters[i]);
    }
    String body = any(depth);
    variables.subList(before, variables.size()).clear();
    return head + "){" + body + "}";
  }

  interface Part {
    String get();
  }

  String variable(int depth, Part otherwise) {
    return variables.isEmpty() || depth < 0 ? otherwise.get() : "$" + one(variables);
  }

  String path(int depth) {
    return path(depth, true);
  }

  private String path(int depth, boolean absolute) {
    StringBuilder path = new StringBuilder();
    if (absolute) {
      path.append(variables.isEmpty() || chance(60) ? "$states.input" : "$" + one(variables));
    } else {
      path.append(one(List.of("$", "*", "**", "items", "obj")));
    }
    int steps = 1 + random.nextInt(3);
    for (int i = 0; i < steps; i++) {
      path.append('.').append(step(depth - 1));
      while (chance(25)) {
        path.append(modifier(depth - 1));
      }
    }
    return path.toString();
  }

  private String step(int depth) {
    int kind = random.nextInt(depth > 0 ? 16 : 11);
    return switch (kind) {
      case 0, 1, 2, 3, 4, 5, 6 -> one(Words.NAMES);
      case 7 -> "*";
      case 8 -> "**";
      case 9 -> "items";
      case 10 -> chance(50) ? "%" : "$";
      case 11 -> "(" + relative(depth) + ")";
      case 12 -> "[" + relative(depth) + (chance(50) ? ", " + relative(depth) : "") + "]";
      case 13 -> "{'k': " + relative(depth) + "}";
      case 14 -> calls.contextual();
      default -> "(%." + one(Words.NAMES) + ")";
    };
  }

  private String modifier(int depth) {
    return switch (random.nextInt(8)) {
      case 0, 1 -> "[" + one(Words.SMALL) + "]";
      case 2 -> "[" + relative(depth) + "]";
      case 3 -> "[" + one(Words.NAMES) + one(List.of(" = ", " > ", " != ", " < ")) + leaf() + "]";
      case 4 -> "[[" + one(Words.SMALL) + ".." + one(Words.SMALL) + "]]";
      case 5 -> bound(depth);
      case 6 -> "[]";
      default -> "^(" + one(List.of("", ">", "<")) + one(List.of("$", "price", "sku", "n")) + ")";
    };
  }

  /// `@$x.(…)` and `#$x.(…)`.
  private String bound(int depth) {
    String name = "p" + fresh++;
    variables.add(name);
    String rest =
        switch (random.nextInt(4)) {
          case 0 -> ".{'i': $" + name + ", 'v': " + one(Words.NAMES) + "}";
          case 1 -> "[" + relative(Math.max(0, depth)) + "]";
          case 2 -> ".[$" + name + ", " + one(Words.NAMES) + "]";
          default -> ".$states.input.list[$ = $" + name + "]";
        };
    variables.remove(name);
    return (chance(50) ? "@$" : "#$") + name + rest;
  }

  private String relative(int depth) {
    return switch (random.nextInt(6)) {
      case 0, 1 -> one(Words.NAMES);
      case 2 -> one(Words.NAMES) + "." + one(Words.NAMES);
      case 3 -> "$";
      case 4 -> "price * qty";
      default -> any(Math.min(1, depth));
    };
  }

  /// A block with variables, closures, recursion, chains and partial application.
  private String program(int depth) {
    String name = "x" + fresh++;
    String value = any(depth - 1);
    variables.add(name);
    String result =
        switch (random.nextInt(9)) {
          case 0 ->
              "($f := function($k){$k <= 0 ? "
                  + any(0)
                  + " : $f($k - 1) & $k}; $f("
                  + one(List.of("0", "1", "3", "5"))
                  + "))";
          case 1 ->
              "($f := function($k, $acc){$k = 0 ? $acc : $f($k - 1, $append($acc, "
                  + any(1)
                  + "))}; $f(3, []))";
          case 2 -> any(1) + " ~> " + function(depth - 1, "v") + " ~> " + function(1, "v");
          case 3 ->
              "($c := function($u){function($w){"
                  + one(List.of("$u & $w", "[$u, $w]", "$u + $w", "{'u': $u, 'w': $w}"))
                  + "}}; $c("
                  + any(1)
                  + ")("
                  + any(1)
                  + "))";
          case 4 -> "($g := $uppercase ~> $length; $g(" + string(1) + "))";
          case 5 ->
              "$reduce("
                  + array(1)
                  + ", function($p, $q){"
                  + one(List.of("$p + $q", "$p & $q", "$append($p, $q)", "{'p': $p, 'q': $q}"))
                  + "}"
                  + (chance(50) ? ", " + any(0) : "")
                  + ")";
          case 6 ->
              "($h := function($v, $i, $all)"
                  + one(List.of("", "<n-:n>", "<s:s>", "<a:n>", "<x?x?x?:x>", "<nn?:n>", "<j-:j>"))
                  + "{[$v, $i, $count($all)]}; $map("
                  + array(1)
                  + ", $h))";
          case 7 -> "λ($v){" + any(1) + "}(" + any(1) + ")";
          default ->
              any(depth)
                  + one(
                      List.of(
                          " ~> $string()",
                          " ~> $count()",
                          " ~> $append(1)",
                          " ~> $map($type)",
                          " ?? 'else'",
                          " ?: 'else'"));
        };
    variables.remove(name);
    return "(" + "$" + name + " := " + value + "; " + result + ")";
  }
}
