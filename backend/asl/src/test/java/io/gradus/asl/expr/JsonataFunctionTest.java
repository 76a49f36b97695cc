package io.gradus.asl.expr;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.asl.model.QueryLanguage;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class JsonataFunctionTest {
  @ParameterizedTest
  @MethodSource("expressions")
  void evaluates(String text, String input, String expected) {
    Verdict.check(QueryLanguage.JSONATA, text, input, expected);
  }

  static Stream<Arguments> expressions() {
    return Stream.of(VALUES, TEXTS, PATTERNS, NUMBERS, COLLECTIONS, OBJECTS, TIMES, AWS, FAILURES)
        .flatMap(Table::rows);
  }

  private static final String VALUES =
      """
      1 + 1                                                      => 2
      7 / 2                                                      => 3.5
      10 / 2                                                     => 5
      1.0                                                        => 1
      -0                                                         => 0
      'a' & 1 & true & null                                      => "a1truenull"
      null                                                       => null
      [1, null, [2]]                                             => [1,null,[2]]
      {'a': null, 'b': $nothing, 'c': [$nothing]}                => {"a":null,"c":[]}
      true and false or true                                     => true
      1 < 2 ? 'y' : 'n'                                          => "y"
      $states.input                    <- {"f":1.50,"n":null}    => {"f":1.50,"n":null}
      $states.input.a                  <- {"a":[1]}              => [1]
      $states.input.a[0]               <- {"a":[[1,2]]}          => [1,2]
      $states.input.n = null           <- {"n":null}             => true
      $states.input.a = [1,2.0]        <- {"a":[1.0,2]}          => true
      $states.input.big                <- {"big":9007199254740993} => 9007199254740993
      $states.input.items[p>5].n       <- {"items":[{"n":"x","p":3},{"n":"y","p":7}]} => "y"
      $states.input.items[].n          <- {"items":[{"n":"x"}]}  => ["x"]
      $states.input.items^(>p).n       <- {"items":[{"n":"x","p":3},{"n":"y","p":7}]} => ["y","x"]
      $states.input.items{n: p}        <- {"items":[{"n":"x","p":3},{"n":"y","p":7}]} => {"x":3,"y":7}
      $states.input.**.p               <- {"items":[{"p":3},{"p":7}]} => [3,7]
      $states.input.items.%.k          <- {"k":1,"items":[{"p":3}]} => 1
      $states.input.items@$i.$i.p      <- {"items":[{"p":3},{"p":7}]} => [3,7]
      $states.input.items#$i.$i        <- {"items":[{"p":3},{"p":7}]} => [0,1]
      $states.input ~> |items|{'p': p*2}| <- {"items":[{"p":3}]}  => {"items":[{"p":6}]}
      $states.context.Execution.Name                             => "run"
      $states.context.Map.Item.Index                             => 2
      $n                                                         => 42
      $obj.list[2].deep                                          => 3.5
      $type($states)                                             => "object"
      ($x := 2; $y := $x * 3; $y)                                => 6
      ($f := function($n) {$n <= 1 ? 1 : $n * $f($n - 1)}; $f(10)) => 3628800
      ($f := function($n, $a) {$n = 0 ? $a : $f($n - 1, $a + $n)}; $f(5000, 0)) => 12502500
      [1..5]                                                     => [1,2,3,4,5]
      [1..3].($ * 2)                                             => [2,4,6]
      2 in [1,2]                                                 => true
      """;

  private static final String TEXTS =
      """
      $string(5)                              => "5"
      $string({'a':[1,'x']})                  => "{\\"a\\":[1,\\"x\\"]}"
      $string([1], true)                      => "[\\n  1\\n]"
      $string(0.1 + 0.2)                      => "0.3"
      $length('größe')                        => 5
      $substring('hello', 1, 3)               => "ell"
      $substring('hello', -2)                 => "lo"
      $substringBefore('a-b', '-')            => "a"
      $substringAfter('a-b', '-')             => "b"
      $lowercase('ABC')                       => "abc"
      $uppercase('abc')                       => "ABC"
      $trim('  a   b ')                       => "a b"
      $pad('x', 3)                            => "x  "
      $pad('x', -5, '#-')                     => "#-#-x"
      $pad('long', 2)                         => "long"
      $join(['a','b'])                        => "ab"
      $join(['a','b'], ', ')                  => "a, b"
      $base64encode('hello')                  => "aGVsbG8="
      $base64decode('aGVsbG8=')               => "hello"
      $encodeUrlComponent('a b/c')            => "a%20b%2Fc"
      $decodeUrlComponent('a%20b')            => "a b"
      $encodeUrl('https://x.y/a b')           => "https://x.y/a%20b"
      $decodeUrl('https://x.y/a%20b%2F+')     => "https://x.y/a b%2F+"
      $encodeUrlComponent('ä€')               => "%C3%A4%E2%82%AC"
      $decodeUrlComponent('%C3%A4%E2%82%AC+') => "ä€+"
      $decodeUrl('%zz')                       => ! States.QueryEvaluationError
      $decodeUrl('%C3')                       => ! States.QueryEvaluationError
      $formatBase(255, 16)                    => "ff"
      $formatInteger(2024, 'I')               => "MMXXIV"
      $formatInteger(12, 'w')                 => "twelve"
      $formatNumber(1234.5, '#,##0.00')       => "1,234.50"
      $parseInteger('twelve', 'w')            => 12
      $parseInteger('1,234th', '#,##0;o')     => 1234
      $formatInteger(-2.5, '0')               => "-3"
      $formatInteger(123456789012, 'A')       => "OIPTHRBX"
      $formatNumber(-5, '0.00;(0.00)')        => "(5.00)"
      $formatNumber(0.256, '#0.0%')           => "25.6%"
      $formatNumber(1234567, '#,##,##0')      => "12,34,567"
      $formatNumber(1234.5678, '00.000e0')    => "12.346e2"
      $formatNumber(12, '#0.')                => "12"
      $formatNumber(5, '٠٠', {'zero-digit': '٠'}) => "٠٥"
      $formatNumber(1, '0,,0')                => ! States.QueryEvaluationError: The JSONata expression '$formatNumber(1, '0,,0')' specified for the field 'Output' threw an error during evaluation. D3089
      $formatNumber(1, 'a0b0')                => ! States.QueryEvaluationError: The JSONata expression '$formatNumber(1, 'a0b0')' specified for the field 'Output' threw an error during evaluation. D3086
      $formatInteger(1, 'x')                  => ! States.QueryEvaluationError: The JSONata expression '$formatInteger(1, 'x')' specified for the field 'Output' threw an error during evaluation. D3130: Formatting or parsing an integer as a sequence starting with "x"
      $substring('😀x', -2)                   => "😀x"
      $length('😀x')                          => 2
      $base64decode('YQ')                     => "a"
      $decodeUrl('%2f%3F%41')                 => "%2f%3FA"
      $string({'a': [], 'b': {}})             => "{\\"a\\":[],\\"b\\":{}}"
      $string([1e21, 0.1, 1e-7])              => "[1e+21,0.1,1e-7]"
      $string({}, true)                       => "{}"
      """;

  private static final String PATTERNS =
      """
      $match('abcabc', /a(b)c/)                        => [{"match":"abc","index":0,"groups":["b"]},{"match":"abc","index":3,"groups":["b"]}]
      $match('abcabc', /a(b)c/, 1)                     => {"match":"abc","index":0,"groups":["b"]}
      $match('ab', /(x)?ab/)                           => {"match":"ab","index":0,"groups":[""]}
      $contains('hello$world', /^hello\\$/)            => true
      $contains('abc', /B/i)                           => true
      $contains('abc', 'bc')                           => true
      $contains('abc', /z/)                            => false
      $replace('hello world', /o(.)/, '[$1-$0-$$-$2]') => "hell[ -o -$-]w[r-or-$-]ld"
      $replace('265USD', /([0-9]+)USD/, '$$$1')        => "$265"
      $replace('aXbXcX', 'X', '-')                     => "a-b-c-"
      $replace('aXbXcX', 'X', '-', 2)                  => "a-b-cX"
      $replace('a.b', '.', '$1')                       => "a$1b"
      $replace('abc', /b/, function($m){$uppercase($m.match)}) => "aBc"
      $replace('a1b2', /[a-z]/, '', 1)                 => "1b2"
      $split('a, b,c', /\\s*,\\s*/)                    => ["a","b","c"]
      $split('a,b,c', ',', 2)                          => ["a","b"]
      $split('a,b,', ',')                              => ["a","b",""]
      $split('abc', '')                                => ["a","b","c"]
      $split('abc', /x/)                               => ["abc"]
      /a(b)/('xaby').match                             => "ab"
      /a(b)/('xaby').groups                            => ["b"]
      /(.)(.)/('abcd').next().match                    => "cd"
      $type(/a/)                                       => "function"
      """;

  private static final String NUMBERS =
      """
      $number('12.5')                         => 12.5
      $number(true)                           => 1
      $abs(-3)                                => 3
      $floor(2.7)                             => 2
      $ceil(2.1)                              => 3
      $round(2.5)                             => 2
      $round(123.456, 2)                      => 123.46
      $power(2, 10)                           => 1024
      $sqrt(16)                               => 4
      $sum([1, 2.5])                          => 3.5
      $max([1, 3, 2])                         => 3
      $min([1, 3, 2])                         => 1
      $average([1, 2])                        => 1.5
      $number('0o17')                         => 15
      $number(' 7 ')                          => ! States.QueryEvaluationError: The JSONata expression '$number(' 7 ')' specified for the field 'Output' threw an error during evaluation. D3030
      $round(2.5) & ''                        => "2"
      $round(1.5, 1000000000)                 => 1.5
      $round(15, -1)                          => 20
      [1..$sqrt(9)]                           => [1,2,3]
      $boolean([])                            => false
      $not(0)                                 => true
      $exists($nothing)                       => false
      """;

  private static final String COLLECTIONS =
      """
      $count([1,2,3])                                        => 3
      $append([1], [2,3])                                    => [1,2,3]
      $append($states.input.a, 4)    <- {"a":[1,2]}          => [1,2,4]
      $sort([3,1,2])                                         => [1,2,3]
      $sort(['b','a'], function($l,$r){$l > $r})             => ["a","b"]
      $sort([2.5,1,3])                                       => [1,2.5,3]
      $sort([2,1,3], function($l,$r){true})                  => [3,1,2]
      $count($states.input.a)        <- {"a":null}           => 1
      $count([null])                                         => 1
      $count($none)                                          => 0
      $zip([1,2],[null,3])                                   => [[1,null],[2,3]]
      $filter(['ab','c'], /a/)                               => "ab"
      $map(['a,b','c'], $split(?, ','))                      => [["a","b"],["c"]]
      $map(['aa','ba'], $replace(?, 'a', 'x'))               => ["xx","bx"]
      $filter(['ab','c'], $contains(?, 'a'))                 => "ab"
      $map([1.25,2], $formatNumber(?, '0.0'))                => ["1.2","2.0"]
      ($split := function($x,$y){$x & $y}; $map(['a'], $split(?, '!'))) => "a!"
      $reverse($states.input.a)      <- {"a":[1,2]}          => [2,1]
      $count($shuffle([1,2,3]))                              => 3
      $distinct([1,1,'1'])                                   => [1,"1"]
      $distinct([1,1])                                       => [1]
      $distinct($states.input.a)     <- {"a":[1,1]}          => [1]
      $distinct($states.input.a.x)   <- {"a":[{"x":1},{"x":1}]} => 1
      $zip([1,2],[3,4])                                      => [[1,3],[2,4]]
      $map([1,2], function($v,$i){$v * 10 + $i})             => [10,21]
      $map($states.input.a, $string) <- {"a":[1,2]}          => ["1","2"]
      $filter([1,2,3], function($v){$v > 1})                 => [2,3]
      $single([1,2,3], function($v){$v = 2})                 => 2
      $reduce([1,2,3], function($a,$b){$a + $b})             => 6
      $reduce([1,2], function($a,$b){$a + $b}, 10)           => 13
      [1,2,3] ~> $sum()                                      => 6
      ($twice := function($x){$x * 2}; $map([1..3], $twice)) => [2,4,6]
      ($add := function($a,$b){$a + $b}; $five := $add(?, 5); $five(1)) => 6
      """;

  private static final String OBJECTS =
      """
      $keys($states.input)                              <- {"a":1,"b":2}  => ["a","b"]
      $lookup({'a':1}, 'a')                                               => 1
      $spread($states.input)                            <- {"a":1,"b":2}  => [{"a":1},{"b":2}]
      $merge([$states.input, {'b':2}])                  <- {"a":1}        => {"a":1,"b":2}
      $each($states.input, function($v,$k){$k & $v})    <- {"a":1,"b":2}  => ["a1","b2"]
      $sift($states.input, function($v){$v > 1})        <- {"a":1,"b":2}  => {"b":2}
      $type([1])                                                          => "array"
      $type(null)                                                         => "null"
      $clone($states.input)                             <- {"a":[1,2]}    => {"a":[1,2]}
      $clone($states.input)                             <- {"a":null}     => {"a":null}
      $states.input ~> |$|{'b':1}|                      <- {"a":null}     => {"a":null,"b":1}
      $states.input ~> |c[d=null]|{'e':1}|              <- {"c":{"d":null}} => {"c":{"d":null,"e":1}}
      $states.input.a{k: v}                             <- {"a":[]}       => {}
      $states.input.a{k: v}                             <- {"a":[{"k":"x"},{"k":"y","v":1}]} => {"y":1}
      $assert(true, 'no') = null                                          => false
      """;

  private static final String TIMES =
      """
      $now()                                                => "2024-02-03T04:05:06.789Z"
      $now('[Y]/[M01]')                                     => "2024/02"
      $millis()                                             => 1706933106789
      $fromMillis(1510067557121)                            => "2017-11-07T15:12:37.121Z"
      $fromMillis(1510067557121, '[Y0001]-[M01]-[D01]')     => "2017-11-07"
      $toMillis('2017-11-07T15:12:37.121Z')                 => 1510067557121
      $toMillis('2017-11-07T15:12:37+01:30')                => 1510062157000
      $toMillis('2017')                                     => 1483228800000
      $toMillis('2017-02-30')                               => 1488412800000
      $toMillis('20171107')                                 => ! States.QueryEvaluationError: The JSONata expression '$toMillis('20171107')' specified for the field 'Output' threw an error during evaluation. D3110: The argument of the toMillis function must be an ISO 8601 formatted timestamp. Given "20171107"
      $toMillis('15:12', '[H01]:[m01]')                     => 1706973120000
      $toMillis('11-07', '[M01]-[D01]')                     => 1730937600000
      $fromMillis(0, '[FNn], [D1o] [MNn], [Y0001]')         => "Thursday, 1st January, 1970"
      """;

  private static final String AWS =
      """
      $partition([1,2,3,4,5], 2)              => [[1,2],[3,4],[5]]
      $partition([0], 3)                      => [[0]]
      $range(0, 9, 3)                         => [0,3,6,9]
      $range(1, 9, 9)                         => 1
      $range(5, 1, -2)                        => [5,3,1]
      $range(1.4, 5.6, 2.2)                   => [1,3,5]
      $partition([1,2,3,4,5], 2.6)            => [[1,2],[3,4],[5]]
      $partition([1,2,3])                     => [[1,2,3]]
      $hash('input data', 'MD5')              => "812f45842bc6d66ee14572ce20db8e86"
      $hash('input', 'SHA-1')                 => "140f86aae51ab9e1cda9b4254fe98a74eb54c1a1"
      $random(42)                             => 0.7275636800328681
      $parse('{"a":[1, null]}')               => {"a":[1,null]}
      $parse('-0')                            => 0
      $parse('1.1')                           => 1.1
      """;

  private static final String FAILURES =
      """
      $doesNotExist     => ! States.QueryEvaluationError: The JSONata expression '$doesNotExist' specified for the field 'Output' returned nothing (undefined).
      $states.input.no  => ! States.QueryEvaluationError: The JSONata expression '$states.input.no' specified for the field 'Output' returned nothing (undefined).
      $states.result    => ! States.QueryEvaluationError: The JSONata expression '$states.result' specified for the field 'Output' returned nothing (undefined).
      $randomSeeded(1)  => ! States.QueryEvaluationError: The JSONata expression '$randomSeeded(1)' specified for the field 'Output' threw an error during evaluation. T1006: Attempted to invoke a non-function
      $eval('1+1')      => ! States.QueryEvaluationError: The JSONata expression '$eval('1+1')' specified for the field 'Output' threw an error during evaluation. T1006: Attempted to invoke a non-function
      ($x := 5; $x(1))  => ! States.QueryEvaluationError: The JSONata expression '($x := 5; $x(1))' specified for the field 'Output' threw an error during evaluation. T1006
      $fn := function($x){$x} => ! States.QueryEvaluationError: The JSONata expression '$fn := function($x){$x}' specified for the field 'Output' returned an unsupported result type.
      $abs('x')         => ! States.QueryEvaluationError: The JSONata expression '$abs('x')' specified for the field 'Output' threw an error during evaluation. T0410: Argument 1 of function "abs" does not match function signature
      $number('x')      => ! States.QueryEvaluationError: The JSONata expression '$number('x')' specified for the field 'Output' threw an error during evaluation. D3030: Unable to cast value to a number: "x"
      $error('Object gone') => ! States.QueryEvaluationError: The JSONata expression '$error('Object gone')' specified for the field 'Output' threw an error during evaluation. D3137: Object gone
      $match('ab', /x*/) => ! States.QueryEvaluationError: The JSONata expression '$match('ab', /x*/)' specified for the field 'Output' threw an error during evaluation. D1004
      $uppercase(null)  => ! States.QueryEvaluationError: The JSONata expression '$uppercase(null)' specified for the field 'Output' threw an error during evaluation. T0410: Argument 1 of function "uppercase" does not match function signature
      $map(['a', 1], $uppercase) => ! States.QueryEvaluationError: The JSONata expression '$map(['a', 1], $uppercase)' specified for the field 'Output' threw an error during evaluation. T0410
      $error('mine')    => ! States.QueryEvaluationError: The JSONata expression '$error('mine')' specified for the field 'Output' threw an error during evaluation. D3137: mine
      'a' + 1           => ! States.QueryEvaluationError: The JSONata expression ''a' + 1' specified for the field 'Output' threw an error during evaluation. T2001: The left side of the "+" operator must evaluate to a number
      $sum(['a'])       => ! States.QueryEvaluationError: The JSONata expression '$sum(['a'])' specified for the field 'Output' threw an error during evaluation. T0412: Argument 1 of function "sum" must be an array of "numbers"
      $match('a', 'a')  => ! States.QueryEvaluationError: The JSONata expression '$match('a', 'a')' specified for the field 'Output' threw an error during evaluation. T0410
      $replace('a', '', 'b') => ! States.QueryEvaluationError: The JSONata expression '$replace('a', '', 'b')' specified for the field 'Output' threw an error during evaluation. D3010
      $parse('{')       => ! States.QueryEvaluationError
      $partition([1],0) => ! States.QueryEvaluationError: The JSONata expression '$partition([1],0)' specified for the field 'Output' returned nothing (undefined).
      $partition([1],-1) => ! States.QueryEvaluationError: The JSONata expression '$partition([1],-1)' specified for the field 'Output' threw an error during evaluation. T0410: Argument 2 of function "partition" does not match function signature
      $partition('a',1) => ! States.QueryEvaluationError: The JSONata expression '$partition('a',1)' specified for the field 'Output' threw an error during evaluation. T0412: Argument 1 of function "partition" must be an array of undefined
      $partition([1],'1') => ! States.QueryEvaluationError: The JSONata expression '$partition([1],'1')' specified for the field 'Output' threw an error during evaluation. T0410: Argument 2 of function "partition" does not match function signature
      $range(0,5,0)     => ! States.QueryEvaluationError: The JSONata expression '$range(0,5,0)' specified for the field 'Output' returned nothing (undefined).
      $range(0,1,0.25)  => ! States.QueryEvaluationError: The JSONata expression '$range(0,1,0.25)' specified for the field 'Output' returned nothing (undefined).
      $hash('a','CRC')  => ! States.QueryEvaluationError: The JSONata expression '$hash('a','CRC')' specified for the field 'Output' threw an error during evaluation. D3137: Hash algorithm 'CRC' must be one of SHA-1, SHA-384, SHA-256, SHA-512, MD5
      1 +               => ! States.QueryEvaluationError
      """;

  @Test
  void drawsFromTheScopeAlone() {
    for (String text : new String[] {"$uuid()", "$random()", "$shuffle([1..20])"}) {
      assertThat(Table.evaluate(QueryLanguage.JSONATA, text, "{}"))
          .isEqualTo(Table.evaluate(QueryLanguage.JSONATA, text, "{}"));
    }
    assertThat(Table.evaluate(QueryLanguage.JSONATA, "$uuid()", "{}"))
        .matches("\"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\"");
  }

  @Test
  void aValueThatIsOnlyPassedOnIsNotCopied() {
    Scope scope = Table.scope("{\"a\":{\"b\":[1.0]}}");

    assertThat(
            Flows.of(QueryLanguage.JSONATA)
                .field(
                    new io.gradus.asl.model.Expr.Jsonata("$states.input.a"),
                    scope.input(),
                    "Output",
                    scope))
        .isSameAs(scope.input().get("a"));
  }

  @Test
  void saysWhyATextIsNoExpression() {
    assertThat(Syntax.jsonataFault("a[1,2)")).isEqualTo("Expected \"]\", got \",\"");
    assertThat(Syntax.jsonataFault("\"unterminated"))
        .isEqualTo("String literal must be terminated by a matching quote");
    assertThat(Syntax.jsonataFault("1 +")).isEqualTo("Unexpected end of expression");
    assertThat(Syntax.jsonataFault("$match('a', /abc"))
        .isEqualTo("No terminating / in regular expression");
    assertThat(Syntax.jsonataFault("$match('a', /(abc/)")).isNotNull();
    assertThat(Syntax.jsonataFault("")).isNotNull();
    assertThat(Syntax.jsonataFault("$sum($states.input.a)")).isNull();
  }
}
