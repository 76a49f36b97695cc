package io.gradus.asl.expr;

import io.gradus.asl.model.QueryLanguage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Expressions that ask for too much: every function over values that are as large as they get,
/// patterns that backtrack, queries that multiply.
///
/// @param input the document, made when it is needed
record Bomb(QueryLanguage language, String text, Input input) {
  /// Documents that are wide, deep, long or small.
  enum Input {
    SMALL("{\"a\":[1,2],\"s\":\"x\"}"),
    WIDE("{\"a\":[" + "{\"k\":[1,2,3],\"s\":\"aaaaaaaa\"},".repeat(6_000) + "{}]}"),
    DEEP("{\"a\":".repeat(180) + "1" + "}".repeat(180)),
    LONG("{\"s\":\"" + "a".repeat(240_000) + "\",\"t\":\"" + "ab".repeat(50_000) + "\"}");

    private final String text;

    Input(String text) {
      this.text = text;
    }

    JsonNode read() {
      return JsonMapper.shared().readTree(text);
    }
  }

  /// Values, and how they are made.
  private static final String MAKERS =
      """
      $pad('', 800000, 'ab')
      [1..200000]
      $split($pad('', 200000, 'a,'), ',')
      $merge([1..20000].{$string($): $})
      ($d := function($s, $n){$n = 0 ? $s : $d([$s, $s], $n - 1)}; $d(1, 16))
      ($d := function($s, $n){$n = 0 ? $s : $d({'a': $s}, $n - 1)}; $d(1, 90))
      """;

  /// `@` is the value.
  private static final String USES =
      """
      $string(@); $length(@); $substring(@, 1, 1e9); $substringBefore(@, 'b'); $substringAfter(@, 'zz'); $uppercase(@)
      $lowercase(@); $trim(@); $pad(@, 1e9); $contains(@, 'ba'); $split(@, ''); $join(@, @); $match(@, /(a|b)*$/)
      $replace(@, 'a', @); $replace(@, /a/, @); $base64encode(@); $base64decode(@); $encodeUrl(@); $encodeUrlComponent(@)
      $decodeUrl(@); $number(@); $formatNumber(1, @); $formatInteger(1, @); $parseInteger(@, '0'); $fromMillis(1, @)
      $toMillis(@); $toMillis(@, @); $sum(@); $count(@); $append(@, @); $sort(@); $reverse(@); $distinct([@, @]); $zip(@, @, @)
      $map(@, function($v){@}); $filter(@, function($v){@ = @}); $reduce(@, function($p, $v){$append($p, $p)})
      $each(@, function($v){@}); $sift(@, function($v){@ = @}); $keys(@); $spread(@); $merge([@, @]); $clone(@); @ = @
      @ in [@, @]; @ & @; [@, @].**; {'k': @} ~> |$|{'x': @}|; $hash(@, 'SHA-512'); $parse($string(@)); $partition(@, 1)
      $string([@, @], true); $sort(@, function($l, $r){@ = @}); @^(>$string($)); $lookup(@, @); $error(@)
      """;

  private static final String PATTERNS =
      """
      /(a+)+$/
      /(a|aa)+c/
      /(.*a){12}$/
      /([a-z]*)*\\d/
      /^(.*?,){25}P/
      /(a?){60}a{60}/
      /(?=(a+))\\1b/
      /((a*)*)*c/
      """;

  private static final String MATCHES =
      """
      $match($s, @); $contains($s, @); $split($s, @); $replace($s, @, '-'); @($s)
      """;

  private static final String PATHS =
      """
      $..*..*..*; $..a..k; $.a[*].k[*]; $.a[?(@.k)]; $.a[?(@.s == 'aaaaaaaa')]; $.a[?(@.k[0] == 1 && @.k[1] == 2)]
      $..[?(@.k)]; $..[?(@..k)]; $.a[0:6000:1].k; $.a[-1:]; $..['k','s']; $.a[?(@.s in ['aaaaaaaa'])]; $.a.length()
      $..k.sum(); $.a[?(@.k contains 2)]; $..a..a..a..a; $.a[*]['k','s'][*]; $..[0]; $.a[?(@.s =~ /(a+)+b/)]
      """;

  private static final String INTRINSICS =
      """
      States.StringSplit($.s, 'a'); States.StringSplit($.s, $.t); States.Format('{}{}{}', $.s, $.s, $.s)
      States.JsonToString($); States.StringToJson($.s); States.Base64Encode($.s); States.Base64Decode($.s)
      States.Hash($.s, 'SHA-512'); States.ArrayPartition($.a, 1); States.ArrayContains($.a, 7); States.ArrayUnique($.a)
      States.ArrayLength($.a); States.ArrayGetItem($.a, 5999); States.ArrayRange(0, 1000000000, 1)
      States.ArrayRange(1, 1000, 1); States.MathAdd(9007199254740991, 9007199254740991); States.MathRandom(0, 999999999)
      States.JsonMerge($, $, false); States.Array($, $, $, $, $, $, $, $); States.UUID()
      States.Format($.s, States.JsonToString($), States.JsonToString($))
      States.Array(States.Array(States.Array(States.Array(States.Array($)))))
      """;

  static List<Bomb> all() {
    List<Bomb> all = new ArrayList<>();
    Consumer<String> jsonata = text -> all.add(new Bomb(QueryLanguage.JSONATA, text, Input.SMALL));
    for (String maker : MAKERS.lines().toList()) {
      entries(USES)
          .forEach(
              use -> jsonata.accept("($big := " + maker + "; " + use.replace("@", "$big") + ")"));
    }
    for (String pattern : PATTERNS.lines().toList()) {
      entries(MATCHES)
          .forEach(
              use ->
                  jsonata.accept(
                      "($s := $pad('', 3000, 'aaaa,') & '!'; " + use.replace("@", pattern) + ")"));
    }
    for (Input input : Input.values()) {
      Stream.of(PATHS, INTRINSICS)
          .flatMap(Bomb::entries)
          .forEach(text -> all.add(new Bomb(QueryLanguage.JSONPATH, text, input)));
    }
    return all;
  }

  private static Stream<String> entries(String list) {
    return Arrays.stream(list.split("[;\\n]")).map(String::strip).filter(each -> !each.isEmpty());
  }
}
