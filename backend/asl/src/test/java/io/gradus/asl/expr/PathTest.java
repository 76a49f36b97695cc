package io.gradus.asl.expr;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.asl.model.QueryLanguage;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathTest {
  @ParameterizedTest
  @MethodSource("paths")
  void readsPaths(String text, String input, String expected) {
    Verdict.check(QueryLanguage.JSONPATH, text, input, expected);
  }

  static Stream<Arguments> paths() {
    return Table.rows(
        """
        # reference paths
        $                       <- {"a":1}                       => {"a":1}
        $                       <- [1,2]                         => [1,2]
        $.a.b.c                 <- {"a":{"b":{"c":null}}}        => null
        $.a[0]                  <- {"a":[7,8]}                   => 7
        $.a[-1]                 <- {"a":[7,8]}                   => 8
        $[1][0]                 <- [[1],[2]]                     => 2
        $['a']['b c']           <- {"a":{"b c":3}}               => 3
        $["a"]                  <- {"a":3}                       => 3
        $['it\\'s']             <- {"it's":1}                    => 1
        $['a\\"b']              <- {"a\\\\\\"b":1}               => 1
        $.größe_1-x             <- {"größe_1-x":5}               => 5
        $['']                   <- {"":5}                        => 5
        # the context object and variables
        $$.Execution.Id                                          => "arn:e"
        $$.Map.Item.Value.v                                      => 9
        $$['State'].Name                                         => "S"
        $n                                                       => 42
        $obj.list[2].deep                                        => 3.5
        $obj.list[*]                                             => [1,2,{"deep":3.5}]
        # paths that may find several places
        $.a[*].b                <- {"a":[{"b":1},{},{"b":2}]}    => [1,2]
        $[*]                    <- {}                            => []
        $.a.b[*]                <- {}                            => []
        $.a[1:]                 <- {"a":[1,2,3]}                 => [2,3]
        $.a[:1]                 <- {}                            => []
        $.a[-2:]                <- {"a":[1,2,3]}                 => [2,3]
        $.a[0,2]                <- {"a":[1,2,3]}                 => [1,3]
        $..b                    <- {"b":1,"a":{"b":2}}           => [1,2]
        $.*                     <- {"a":1,"b":2}                 => [1,2]
        $['a','b']              <- {"a":1,"b":2,"c":3}           => {"a":1,"b":2}
        $.u[?(@.s == 0)]        <- {"u":[{"s":0},{"s":1}]}       => [{"s":0}]
        $.u[?(@.s > 0 && @.t)]  <- {"u":[{"s":1},{"s":1,"t":2}]} => [{"s":1,"t":2}]
        $.u[?(@.s in ['x'])].s  <- {"u":[{"s":"x"},{"s":"y"}]}   => ["x"]
        $.u[(@.length-1)]       <- {"u":[1,2]}                   => ! refused
        $.u.length()            <- {"u":[1,2]}                   => 2
        $.u[?(@.s == 'f.g(h)')] <- {"u":[{"s":"f.g(h)"}]}        => [{"s":"f.g(h)"}]
        # nothing there
        $.no                    <- {"a":1} => ! States.Runtime: The JSONPath '$.no' specified for the field 'x.$' could not be found in the input '{"a":1}'
        $.a.b.c                 <- {"a":1} => ! States.Runtime: The JSONPath '$.a.b.c'
        $$.Execution.No         <- {}      => ! States.Runtime: The JSONPath '$$.Execution.No'
        $nope.x                 <- {}      => ! States.Runtime: The JSONPath '$nope.x'
        """);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "",
        "$.",
        "$[",
        "$.a[",
        "$.a[x]",
        "$['a",
        "$.a..",
        "$..",
        "$.a b",
        "$.a[?(@.x =~ /a/)]",
        "$.a[?(@.x",
        "$.sum($..x)",
        "$.concat($.a)",
        "$.a.length(1)",
        "$.a.b()",
        "@.a"
      })
  void refusesWhatIsNoPath(String text) {
    assertThat(Syntax.jsonPathFault(text)).as(text).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"$", "$.a", "$.a[0]['b']", "$$.a", "$v.x"})
  void knowsReferencePaths(String text) {
    assertThat(Syntax.referencePathFault(text)).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"$.*", "$..a", "$.a[1:]", "$.a[?(@.b)]", "$.a[0,1]"})
  void refusesOthersAsReferencePaths(String text) {
    assertThat(Syntax.jsonPathFault(text)).isNull();
    assertThat(Syntax.referencePathFault(text)).isNotNull();
  }
}
