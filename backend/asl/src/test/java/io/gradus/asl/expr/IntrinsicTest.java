package io.gradus.asl.expr;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.asl.model.Expr;
import io.gradus.asl.model.QueryLanguage;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class IntrinsicTest {
  @ParameterizedTest
  @MethodSource("calls")
  void evaluatesCalls(String text, String input, String expected) {
    Verdict.check(QueryLanguage.JSONPATH, text, input, expected);
  }

  static Stream<Arguments> calls() {
    return Table.rows(
        """
        States.Array()                                                     => []
        States.Array(1, 'a', null, true, -2.5)                             => [1,"a",null,true,-2.5]
        States.Array($.a, States.Array())          <- {"a":{"b":1}}        => [{"b":1},[]]
        States.ArrayPartition($.a, 2)              <- {"a":[1,2,3]}        => [[1,2],[3]]
        States.ArrayPartition($.a, 2.9)            <- {"a":[1,2,3]}        => [[1,2],[3]]
        States.ArrayPartition($.a, 9)              <- {"a":[]}             => []
        States.ArrayPartition($.a, 0)              <- {"a":[1]}            => ! States.IntrinsicFailure: There was an error while evaluating the intrinsic function: States.ArrayPartition($.a, 0). Invalid arguments in States.ArrayPartition
        States.ArrayPartition(1, 2)                                        => ! States.IntrinsicFailure
        States.ArrayContains($.a, 2)               <- {"a":[1,2.0]}        => true
        States.ArrayContains($.a, $.b)             <- {"a":[{"x":[1]}],"b":{"x":[1.0]}} => true
        States.ArrayContains($.a, 'z')             <- {"a":["y"]}          => false
        States.ArrayContains($.a, true)            <- {"a":["true"]}       => true
        States.ArrayContains($.a, 12)              <- {"a":["1","12"]}     => true
        States.ArrayContains($.a, false)           <- {"a":[0,""]}         => false
        States.ArrayContains($.a)                  <- {"a":[1]}            => ! States.IntrinsicFailure: There was an error while evaluating the intrinsic function: States.ArrayContains($.a). Invalid arguments in States.ArrayContains
        States.ArrayRange(1, 9, 2)                                         => [1,3,5,7,9]
        States.ArrayRange(9, 1, -4)                                        => [9,5,1]
        States.ArrayRange(5, 1, 1)                                         => []
        States.ArrayRange(5.4, -0.6, -2.4)                                 => [5,3,1]
        States.ArrayRange(1.6, 1.4, 1)                                     => [1]
        States.ArrayRange(0, 999, 1)               <- {}                   => %s
        States.ArrayRange(0, 1000, 1)                                      => ! States.IntrinsicFailure
        States.ArrayRange(0, 5, 0)                                         => ! States.IntrinsicFailure
        States.ArrayGetItem($.a, 1)                <- {"a":[7,8]}          => 8
        States.ArrayGetItem($.a, 2)                <- {"a":[7,8]}          => ! States.IntrinsicFailure
        States.ArrayGetItem($.a, -1)               <- {"a":[7,8]}          => ! States.IntrinsicFailure
        States.ArrayLength($.a)                    <- {"a":[7,8]}          => 2
        States.ArrayLength('x')                                            => ! States.IntrinsicFailure
        States.ArrayUnique($.a)                    <- {"a":[1,1.0,"1",1,null,null,[2],[2]]} => [1,"1",null,[2]]
        States.Base64Encode('Data to encode')                              => "RGF0YSB0byBlbmNvZGU="
        States.Base64Encode('größe')                                       => "Z3LDtsOfZQ=="
        States.Base64Decode('RGF0YSB0byBlbmNvZGU=')                        => "Data to encode"
        States.Base64Decode('!')                                           => ""
        States.Base64Decode('!!aGVs bG8!')                                 => "hello"
        States.Base64Decode('aGVsbG8')                                     => "hello"
        States.Base64Decode('YQ==YQ')                                      => "a"
        States.Base64Decode('w7_DvysvLQ')                                  => "ÿÿ+/-"
        States.Hash('input data', 'MD5')                                   => "812f45842bc6d66ee14572ce20db8e86"
        States.Hash('input data', 'SHA-1')                                 => "aaff4a450a104cd177d28d18d74485e8cae074b7"
        States.Hash('input data', 'SHA-256')                               => "b4a697a057313163aee33cd8d40c66e9f0f177e00cac2de32475ffff6169c3e3"
        States.Hash('x', 'CRC32')                                          => ! States.IntrinsicFailure
        States.JsonMerge($.a, $.b, false)          <- {"a":{"x":{"y":1},"z":1},"b":{"x":{"w":2}}} => {"x":{"w":2},"z":1}
        States.JsonMerge($.a, $.a, true)           <- {"a":{}}             => ! States.IntrinsicFailure
        States.JsonMerge($.a, 1, false)            <- {"a":{}}             => ! States.IntrinsicFailure
        States.MathRandom(5, 6)                                            => 5
        States.MathRandom(6, 5)                                            => ! States.IntrinsicFailure
        States.MathRandom(1.6, 2.4)                                        => 1
        States.MathRandom(1.4, 1.6)                                        => ! States.IntrinsicFailure
        States.MathAdd(1, 2)                                               => 3
        States.MathAdd(1.5, -1.5)                                          => 1
        States.MathAdd(-0.5, 0.5)                                          => 1
        States.MathAdd(2147483646, 1)                                      => 2147483647
        States.MathAdd(2147483647, 1)                                      => ! States.IntrinsicFailure: There was an error while evaluating the intrinsic function: States.MathAdd(2147483647, 1). Invalid arguments in States.MathAdd
        States.MathAdd(3000000000, 1)                                      => ! States.IntrinsicFailure
        States.MathAdd(1)                                                  => ! States.IntrinsicFailure: There was an error while evaluating the intrinsic function: States.MathAdd(1). Invalid arguments in States.MathAdd
        States.MathAdd('1', 2)                                             => ! States.IntrinsicFailure
        States.StringSplit('1,2,3', ',')                                   => ["1","2","3"]
        States.StringSplit('This.is+a,test=string', '.+,=')                => ["This","is","a","test","string"]
        States.StringSplit(',,,', ',')                                     => []
        States.StringSplit('', ',')                                        => []
        States.Format('no braces')                                         => "no braces"
        States.Format('{} and {}', 1, $.a)         <- {"a":[1,{"k":null}]} => "1 and [1, {k=null}]"
        States.Format('\\{\\} \\'q\\' \\\\')                               => "{} 'q' \\\\"
        States.Format('{}')                                                => ! States.IntrinsicFailure
        States.Format('x', 1)                                              => ! States.IntrinsicFailure
        States.Format('a {', 1)                                            => ! States.IntrinsicFailure: There was an error while evaluating the intrinsic function: States.Format('a {', 1). Invalid template in States.Format: matching '}' not found for '{'.
        States.Format('}')                                                 => ! States.IntrinsicFailure: There was an error while evaluating the intrinsic function: States.Format('}'). Invalid template in States.Format: matching '{' not found for '}'.
        States.Format($.t, 1)                      <- {"t":"<{}>"}         => "<1>"
        States.StringToJson('')                                            => null
        States.StringToJson('[1, 2.50, "x"]')                              => [1,2.50,"x"]
        States.StringToJson('\\{"a":1\\}')                                 => {"a":1}
        States.StringToJson('-0')                                          => 0
        States.StringToJson('nope')                                        => ! States.IntrinsicFailure: There was an error while evaluating the intrinsic function: States.StringToJson('nope'). Cannot convert String to Json in States.StringToJson, caused by: Unrecognized token 'nope'
        States.StringToJson('1 2')                                         => ! States.IntrinsicFailure
        States.JsonToString($.a)                   <- {"a":{"b":[1,"x"]}}  => "{\\"b\\":[1,\\"x\\"]}"
        States.JsonToString('x')                                           => "\\"x\\""
        States.ArrayGetItem(States.StringSplit($$.Execution.Id, ':'), 1)   => "e"
        States.Format('{}', $n)                                            => "42"
        States.Format('{}', $.no) <- {"o":1} => ! States.Runtime: The function 'States.Format('{}', $.no)' had the following error: The JsonPath argument for the field '$.no' could not be found in the input '{"o":1}'
        States.Format('{}', States.Format('{}', $.no)) <- {"o":1} => ! States.Runtime: The function 'States.Format('{}', States.Format('{}', $.no))' had
        States.Format('{}', $.a[5]) <- {"a":[1]} => ! States.Runtime: The function
        """
            .formatted(java.util.stream.IntStream.range(0, 1000).boxed().toList()));
  }

  @Test
  void drawsFromTheScopeAlone() {
    String first = Table.evaluate(QueryLanguage.JSONPATH, "States.UUID()", "{}");
    String again = Table.evaluate(QueryLanguage.JSONPATH, "States.UUID()", "{}");

    assertThat(first).isEqualTo(again).matches("\"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab].*");
    assertThat(Table.evaluate(QueryLanguage.JSONPATH, "States.MathRandom(0, 1000000)", "{}"))
        .isEqualTo(Table.evaluate(QueryLanguage.JSONPATH, "States.MathRandom(0, 1000000)", "{}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "States.Format",
        "States.Format(",
        "States.Format('x'",
        "States.Format('x)",
        "States.Nope()",
        "States.Format('x') y",
        "States.Format('x',)",
        "States.Format(,'x')",
        "States.Format(x)",
        "States.StringToJson('{\"a\":\"\\\"\"}')",
        "States.Format('\\n')",
        "Format('x')",
        "",
        " ",
        "States.Format(\"x\")",
        "States.MathAdd(1 2)",
        "States.MathAdd(1e5000, 1)",
        "States.MathAdd(0x1, 1)",
        "States.Format('{}', $.a[)",
        "States.Array($..)",
        "States.UUID()()"
      })
  void refusesWhatIsNoCall(String text) {
    assertThat(Syntax.intrinsicFault(text)).as(text).isNotNull();
  }

  @Test
  void keepsTheTree() {
    Expr expr = Syntax.parseIntrinsicOrPath(" States.Array( $.a[?(@.b == ',)')] , 'it\\'s' ) ");

    assertThat(expr)
        .isEqualTo(
            new Expr.Intrinsic(
                "States.Array",
                List.of(
                    new Expr.Path("$.a[?(@.b == ',)')]"),
                    new Expr.Literal(Table.json("\"it's\"")))));
  }

  @Test
  void nestsTenDeepAndNoDeeper() {
    String ten = "States.Array(".repeat(10) + ")".repeat(10);

    assertThat(Syntax.intrinsicFault(ten)).isNull();
    assertThat(Syntax.intrinsicFault("States.Array(" + ten + ")")).contains("10");
  }

  @Test
  void boundsWhatIsEncoded() {
    String long1 = "{\"a\":\"" + "x".repeat(10_001) + "\"}";

    for (String call :
        List.of(
            "States.Base64Encode($.a)", "States.Base64Decode($.a)", "States.Hash($.a, 'MD5')")) {
      assertThat(Table.evaluate(QueryLanguage.JSONPATH, call, long1))
          .startsWith("! States.IntrinsicFailure");
    }
  }
}
