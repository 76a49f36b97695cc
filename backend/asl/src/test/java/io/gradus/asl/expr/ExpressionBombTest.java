package io.gradus.asl.expr;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.asl.model.Condition;
import io.gradus.asl.model.Expr;
import io.gradus.asl.model.QueryLanguage;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Expressions made to exhaust time, memory or the stack. Each must end within two seconds of work
/// (its own, whatever else the machine does), on a small stack, with a value or with AWS's error.
class ExpressionBombTest {
  private static final Duration WORK = Duration.ofSeconds(2);
  private static final int ATTEMPTS = 3;
  private static final long SMALL_STACK = 512 * 1024L;

  private static final String ENDLESS =
      """
      ($f := function($n){$f($n + 1)}; $f(1))
      ($f := function($n){1 + $f($n + 1)}; $f(1))
      ($f := function($x){$x ~> $f}; $f(1))
      ($a := function($n){$b($n)}; $b := function($n){$a($n)}; $a(1))
      ($y := function($f){($x := function($x){$f($x($x))}; $x($x))}; $y(function($q){$q}))
      ($f := function($n){[$f($n)]}; $f(1))
      ($f := function($n){{'a': $f($n)}}; $f(1))
      ($f := function($n){$map([1,2], $f)}; $f(1))
      ($f := function($n){$f($n) & $f($n)}; $f(1))
      $map([1..10000], function($i){$sum([1..800000])})
      $map([1..2000], function($x){$map([1..2000], function($y){$x * $y})})
      $filter([1..800000], function($x){$match($string($x), /9/)})
      $reduce([1..800000], function($a,$b){$append($a,$b)}, [])
      $sort([1..800000], function($a,$b){$random() > 0.5})
      $count([1..800000][$ in [1..800000]])
      [1..900].([1..900].([1..900]))
      """;

  private static final String TOO_LARGE =
      """
      ($f := function($s,$n){$n = 0 ? $s : $f($s & $s, $n - 1)}; $f('xxxxxxxx', 40))
      ($f := function($s,$n){$n = 0 ? $s : $f([$s,$s], $n - 1)}; $string($f(1, 40)))
      ($f := function($s,$n){$n = 0 ? $s : $f({'a':$s,'b':$s}, $n - 1)}; $string($f(1, 40)))
      ($f := function($s,$n){$n = 0 ? $s : $f($append($s,$s), $n - 1)}; $f([1], 40))
      ($f := function($s,$n){$n = 0 ? $s : $f([$s,$s], $n - 1)}; $f(1, 40) = $f(1, 40))
      ($f := function($s,$n){$n = 0 ? $s : $f([$s,$s], $n - 1)}; $count($f(1, 40).**))
      ($f := function($s,$n){$n = 0 ? $s : $f([$s,$s], $n - 1)}; $clone($f(1, 40)))
      ($f := function($s,$n){$n = 0 ? $s : $f([$s,$s], $n - 1)}; $distinct([$f(1, 40), $f(1, 40)]))
      ($f := function($s,$n){$n = 0 ? $s : $f($merge([$s, {$string($n): $s}]), $n - 1)}; $string($f({'a':1}, 60)))
      ($f := function($s,$n){$n = 0 ? $s : $f($zip($s,$s), $n - 1)}; $string($f([1,2], 60)))
      [1..1000000] ~> $map(function($x){[1..1000000]})
      [1..100000000]
      [0..9007199254740991]
      [-1e300..1e300]
      [1..873783] ~> $count()
      $pad('x', 2147483647)
      $pad('x', -1e18)
      $pad('x', 1e300, 'ab')
      $range(0, 1000000000, 1)
      $range(0, 1e300, 2)
      $replace($pad('',100000,'a'), 'a', $pad('',100000,'b'))
      $replace($pad('',100000,'a'), /a/, $pad('',100000,'b'))
      $replace($pad('',100000,'a'), /a/, function($m){$pad('',100000,'b')})
      $join([1..100000].$string($), $pad('',100000,'-'))
      $split($pad('',6000000,'a'), 'a')
      $split($pad('',6000000,'a'), '')
      $encodeUrlComponent($pad('',6000000,' '))
      $base64encode($pad('',6000000,' '))
      $uppercase($pad('',6000000,'ß'))
      $length($string([1..800000]) & $string([1..800000]))
      $formatInteger(1000000000, 'I')
      $formatInteger(1, $pad('',1000000,'0'))
      $formatNumber(1, $pad('',1000000,'0'))
      $fromMillis(1, '[Y,100000000-100000000]')
      $fromMillis(1, '[Y0001,*-1000000000]')
      $fromMillis(1, $pad('',3000,'[Y,9999-9999]'))
      $fromMillis(1e300)
      $toMillis($pad('',1000000,'one '), '[Yw]')
      $parseInteger($pad('',1000000,'9'), '0')
      $number($pad('',1000000,'9'))
      $power(10, 1e9)
      $parse($pad('',500000,'['))
      $parse($pad('',500000,'{"a":'))
      """;

  private static final String PATTERNS =
      """
      $match('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab', /(.*a){20}$/)
      $contains($pad('',400000,'a,'), /^(.*?,){25}P/)
      $split($pad('',400000,'a'), /(a+)+b/)
      $replace($pad('',400000,'a'), /(a|aa)+$/, 'x')
      /(a+)+$/($pad('',100000,'a') & 'b')
      ($pad('',100000,'a') & 'b') ~> /(a+)+$/
      """;

  /// These may succeed; what matters is that they end.
  private static final String HEAVY =
      """
      $formatInteger(1e300, 'w')
      $formatInteger(1e300, 'A')
      $fromMillis(8.64e15, '[YI] [Yw]')
      $parseInteger($pad('',100000,'M'), 'I')
      $toMillis($pad('',100000,'9'))
      $toMillis($pad('',1000,'1'), $pad('',1000,'[Y]'))
      $match($pad('',200000,'a'), /a/)
      $match('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab', /(a*)*c/)
      $substringBefore($pad('',2000000,'a'), $pad('',1000000,'a') & 'b')
      $contains($pad('',2000000,'a'), $pad('',1000000,'a') & 'b')
      $replace($pad('',2000000,'a'), $pad('',1000000,'a') & 'b', '')
      $lowercase($pad('',3000000,'İ'))
      $trim($pad('',1000000,' x'))
      $shuffle([1..100000])
      $distinct([1..100000])
      $distinct([1..20000].[$])
      $zip([1..100000],[1..100000])
      $spread($merge([1..20000].{$string($):$}))
      $string([1..100000], true)
      ($a := [1..100000]; $a = $a.($))
      $states ~> |**|{'x': $states}|
      $states.input.**.**.**.**
      ($f := function($n){$n = 0 ? [1] : [[$f($n - 1)]]}; $string($f(60), true))
      [1..1000]@$a.[1..1000]@$b.{'x': $a & $b}
      [1..100000]^(>$string($))
      $eval('$eval')
      $filter([1..10], /(a+)+$/)
      """;

  static Stream<String> fatal() {
    return Stream.of(ENDLESS, TOO_LARGE, PATTERNS).flatMap(String::lines);
  }

  static Stream<String> heavy() {
    return HEAVY.lines();
  }

  @ParameterizedTest
  @MethodSource("fatal")
  void failsInTime(String expression) {
    assertThat(bounded(() -> Table.evaluate(QueryLanguage.JSONATA, expression, INPUT)))
        .startsWith("! States.QueryEvaluationError: The JSONata expression")
        .contains("evaluation");
  }

  @ParameterizedTest
  @MethodSource("heavy")
  void endsInTime(String expression) {
    assertThat(bounded(() -> Table.evaluate(QueryLanguage.JSONATA, expression, INPUT)))
        .doesNotStartWith("! refused");
  }

  @Test
  void textsThatAreHardToCompileAreRefusedInTime() {
    for (String text :
        new String[] {
          "(".repeat(30_000),
          "[".repeat(10_000) + "]".repeat(10_000),
          "1" + "+1".repeat(30_000),
          "-".repeat(60_000) + "1",
          "a" + ".a".repeat(30_000),
          "$a" + "~>$a".repeat(15_000),
          "true" + "?true:true".repeat(6_000),
          "a" + " and a".repeat(8_000),
          "a" + ".f(1)".repeat(10_000),
          "/" + "(".repeat(60_000) + "/",
          "'" + "x".repeat(70_000) + "'"
        }) {
      assertThat(bounded(() -> Table.evaluate(QueryLanguage.JSONATA, text, "{}")))
          .as(text.substring(0, 20))
          .startsWith("! States.QueryEvaluationError");
    }
  }

  @Test
  void pathsEndInTime() {
    String wide = "[" + "{\"a\":[1,2,3]},".repeat(15_000) + "{}]";
    String deep = "{\"a\":[".repeat(200) + "1" + "]}".repeat(200);
    for (String path :
        new String[] {
          "$..*..*..*..*",
          "$..[?(@..a)]",
          "$..[?(@..[?(@..a)])]",
          "$[?(@.a in $..*)]",
          "$..[?(@ in $..*)]",
          "$..[?($..* contains @)]",
          "$[*]['a','b'][*]",
          "$" + "..*".repeat(1_000),
          "$" + "[?(@".repeat(500) + ")]".repeat(500),
          "$" + ".a".repeat(3_000)
        }) {
      for (String input : new String[] {wide, deep}) {
        assertThat(bounded(() -> Table.evaluate(QueryLanguage.JSONPATH, path, input)))
            .as(path)
            .isNotNull();
      }
    }
  }

  @Test
  void intrinsicsEndInTime() {
    String data =
        "{\"t\":\"%s\",\"s\":\"%s\",\"a\":[%s1]}"
            .formatted("a".repeat(120_000), "b".repeat(120_000), "1,".repeat(60_000));
    for (String call :
        new String[] {
          "States.StringSplit($.t, $.s)",
          "States.ArrayUnique($.a)",
          "States.ArrayContains($.a, 2)",
          "States.ArrayPartition($.a, 1)",
          "States.ArrayRange(-9223372036854775807, 9223372036854775807, 1)",
          "States.ArrayRange(9223372036854775806, 9223372036854775807, 9)",
          "States.MathRandom(-4611686018427387903, 4611686018427387903)",
          "States.Format($.t, $.s)",
          "States.JsonToString($)",
          "States.StringToJson('" + "[".repeat(60_000) + "')",
          "States.Array(" + "1,".repeat(30_000) + "1)",
          "States.Array(".repeat(5_000)
        }) {
      assertThat(bounded(() -> Table.evaluate(QueryLanguage.JSONPATH, call, data)))
          .as(call.substring(0, 16))
          .isNotNull();
    }
  }

  @Test
  void aPatternOfStarsMatchesInTime() {
    String pattern = "*" + "a".repeat(100_000) + "b*" + "*a".repeat(1_000) + "c";
    Expr operand = new Expr.Literal(Table.JSON.valueToTree(pattern));
    Condition condition =
        new Condition.Comparison(new Expr.Path("$.t"), Condition.Operator.STRING_MATCHES, operand);
    Scope scope = Table.scope("{\"t\":\"" + "a".repeat(250_000) + "\"}");

    String answer =
        bounded(
            () ->
                String.valueOf(
                    Flows.of(QueryLanguage.JSONPATH).test(condition, scope.input(), scope)));

    assertThat(answer).isEqualTo("false");
  }

  @Test
  void operatorsAreNoChainWhereTheyStandInTextsOrBesideOneAnother() {
    String text = "'" + ".".repeat(20_000) + "'";
    String list = "[" + "1+1,".repeat(6_000) + "1]";

    assertThat(Table.evaluate(QueryLanguage.JSONATA, "$length(" + text + ")", "{}"))
        .isEqualTo("20000");
    assertThat(Table.evaluate(QueryLanguage.JSONATA, "$count(" + list + ")", "{}"))
        .isEqualTo("6001");
  }

  private static final String INPUT = "{\"a\":[[[[1,2,3],[1,2,3]],[[1,2]]]],\"s\":\"x\"}";

  /// What the work comes to. Code that was never run takes several times as long as it does later,
  /// most of all where other tests keep the compiler from its turn; so what takes too long may try
  /// again.
  private static String bounded(Supplier<String> work) {
    Ended ended = end(work);
    for (int again = 1; again < ATTEMPTS && ended.took().compareTo(WORK) >= 0; again++) {
      ended = end(work);
    }
    assertThat(ended.took()).isLessThan(WORK);
    return ended.result();
  }

  /// @param took time of its own thread on a core
  private record Ended(String result, Duration took) {}

  private static Ended end(Supplier<String> work) {
    CompletableFuture<Ended> end = new CompletableFuture<>();
    Runnable run =
        () -> {
          try {
            String result = work.get();
            long nanos = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            end.complete(new Ended(result, Duration.ofNanos(nanos)));
          } catch (Throwable escaped) {
            end.completeExceptionally(escaped);
          }
        };
    new Thread(null, run, "bomb", SMALL_STACK).start();
    return end.orTimeout(60, TimeUnit.SECONDS).join();
  }
}
