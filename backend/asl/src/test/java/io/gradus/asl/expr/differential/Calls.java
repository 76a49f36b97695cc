package io.gradus.asl.expr.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/// Calls of every built-in function, with arguments of the kinds it takes and of others.
final class Calls {
  /// Name and what its arguments are; a `?` makes one optional.
  private static final String SIGNATURES =
      """
      sum N; count A; max N; min N; average N; string x b?; substring s k k?; substringBefore s s; substringAfter s s
      lowercase s; uppercase s; length s; trim s; pad s k s?; match s r k?; contains s r; contains s s; replace s r R k?
      replace s s R k?; split s r k?; split s s k?; join S s?; formatNumber w # O?; formatBase w K?; formatInteger w I
      parseInteger V; number s; number n; number b; floor n; ceil n; round w K?; abs n; sqrt n; power n k; boolean x
      not x; map A f; zip A A; zip A; zip A A A; filter A f; single A f?; reduce A g x?; sift o f; keys o; lookup o s
      append x x; exists x; spread o; merge M; reverse A; each o f; type x; sort A h?; distinct x; formatNumber y Q; base64encode s
      base64decode B; encodeUrlComponent s; encodeUrl s; decodeUrlComponent U; decodeUrl U; fromMillis m D? Z?
      toMillis t; toMillis P; clone o; error s?; assert b s?; count A; keys A; spread A; lookup A s
      formatNumber w #; formatInteger w I; fromMillis m D; toMillis P; substring s k; round w K; join A s; sort N; sort S
      """;

  private static final List<String[]> ALL = signatures();
  private static final List<String> UNFIT =
      List.of(
          "null",
          "$missing",
          "true",
          "false",
          "[]",
          "{}",
          "''",
          "0",
          "-1",
          "'x'",
          "[1,2]",
          "['a']",
          "[[]]",
          "{'a':1}",
          "$sum",
          "[null]",
          "[1]",
          "function($v){$v}",
          "$states.input.none",
          "[[1,2],[3]]",
          "1.5",
          "$");

  /// Numbers whose digits can all be written out.
  private static final List<String> MODERATE =
      Words.NUMBERS.stream().filter(n -> Math.abs(Double.parseDouble(n)) < 9e15).toList();

  private final Random random;
  private final Expressions expressions;

  Calls(Random random, Expressions expressions) {
    this.random = random;
    this.expressions = expressions;
  }

  private static List<String[]> signatures() {
    List<String[]> all = new ArrayList<>();
    for (String line : SIGNATURES.split("[;\\n]")) {
      if (!line.isBlank()) {
        all.add(line.strip().split(" "));
      }
    }
    return all;
  }

  static Set<String> functions() {
    return ALL.stream().map(signature -> signature[0]).collect(Collectors.toSet());
  }

  /// A call whose arguments are literals at the edges of what the function takes.
  String edge() {
    return call(-1, 8);
  }

  String ordinary(int depth) {
    return call(depth - 1, 3);
  }

  /// A call as a step of a path, which is given its context.
  String contextual() {
    return expressions.one(
        List.of(
            "$string()",
            "$uppercase()",
            "$length()",
            "$number()",
            "$substring(1)",
            "$contains('a')",
            "$type($)",
            "$abs()",
            "$keys()",
            "$string($)",
            "$lookup('a')",
            "$split(',')",
            "$count($)",
            "$substringBefore('l')",
            "$boolean()",
            "$trim()",
            "$round(1)",
            "$spread()",
            "$each(function($v,$k){$k})",
            "$exists($)"));
  }

  private String call(int depth, int unfitPercent) {
    String[] signature = ALL.get(random.nextInt(ALL.size()));
    List<String> arguments = new ArrayList<>();
    for (int i = 1; i < signature.length; i++) {
      boolean optional = signature[i].endsWith("?");
      if (optional && random.nextInt(100) < 45) {
        break;
      }
      arguments.add(
          random.nextInt(100) < unfitPercent
              ? expressions.one(UNFIT)
              : argument(signature[i].charAt(0), depth));
    }
    if (random.nextInt(100) < 3) {
      arguments.add(expressions.one(UNFIT));
    } else if (random.nextInt(100) < 3 && !arguments.isEmpty()) {
      arguments.removeLast();
    }
    boolean chained =
        !arguments.isEmpty() && random.nextInt(100) < 8 && "PV".indexOf(signature[1].charAt(0)) < 0;
    return chained
        ? arguments.getFirst()
            + " ~> $"
            + signature[0]
            + "("
            + String.join(", ", arguments.subList(1, arguments.size()))
            + ")"
        : "$" + signature[0] + "(" + String.join(", ", arguments) + ")";
  }

  private String argument(char kind, int depth) {
    Expressions e = expressions;
    return switch (kind) {
      case 'n' ->
          depth > 0 ? e.number(depth) : e.one(random.nextBoolean() ? Words.NUMBERS : Words.SMALL);
      case 'k' -> e.one(Words.SMALL);
      case 'w' -> e.one(MODERATE);
      case 'K' -> e.one(List.of("0", "1", "2", "3", "10", "-1", "16", "36"));
      case 'V' -> e.one(Words.PICTURED_INTEGERS);
      case 's' -> depth > 0 ? e.string(depth) : e.one(Words.STRINGS);
      case 'b' -> e.one(List.of("true", "false"));
      case 'A' -> e.array(Math.max(0, depth));
      case 'N' -> e.numbers(Math.max(0, depth));
      case 'S' -> e.strings(Math.max(0, depth));
      case 'M' -> "[" + e.object(0) + ", " + e.object(0) + "]";
      case 'o' -> e.object(Math.max(0, depth));
      case 'f' -> e.function(Math.max(0, depth), "v", "i");
      case 'g' ->
          "function($p, $q){"
              + e.one(List.of("$p + $q", "$p & $q", "[$p, $q]", "$append($p, $q)"))
              + "}";
      case 'h' ->
          "function($l, $r){"
              + e.one(List.of("$l > $r", "$l < $r", "$string($l) > $string($r)", "true", "false"))
              + "}";
      case 'r' -> e.one(Words.PATTERNS);
      case 'R' -> e.one(Words.REPLACEMENTS);
      case '#' -> e.one(Words.NUMBER_PICTURES);
      case 'Q' -> e.one(Words.EXPONENT_PICTURES);
      case 'y' -> e.one(List.of("-2.5", "123456.789", "0.00012", "99.5"));
      case 'O' -> e.one(Words.NUMBER_OPTIONS);
      case 'I' -> e.one(Words.INTEGER_PICTURES);
      case 'B' ->
          e.one(List.of("'aGVsbG8='", "'aGVsbG8'", "''", "'w6TDtg=='", "'!!'", "'a'", "'YQ'"));
      case 'U' ->
          e.one(
              List.of(
                  "'a%20b'",
                  "'%C3%A4'", "'%zz'", "'%'", "'a+b'", "'%2F%3f'", "'%C3'", "'%41'", "'ä'"));
      case 'm' -> e.one(Words.MILLIS);
      case 'D' -> datePicture();
      case 'Z' -> e.one(Words.ZONES);
      case 't' -> e.one(Words.TIME_TEXTS);
      case 'P' -> e.one(Words.PICTURED_TIMES);
      case 'e' -> e.one(List.of("[]", "[1]", "[1,1,1]", "1"));
      case 'x' -> depth > 0 ? e.any(depth) : random.nextBoolean() ? e.one(UNFIT) : e.array(0);
      default -> throw new IllegalStateException("expected a known kind, found " + kind);
    };
  }

  private String datePicture() {
    StringBuilder picture = new StringBuilder("'");
    int parts = 1 + random.nextInt(4);
    for (int i = 0; i < parts; i++) {
      picture
          .append(i == 0 ? "" : expressions.one(Words.DATE_GLUE))
          .append(expressions.one(Words.DATE_PARTS));
    }
    return picture.append("'").toString();
  }
}
