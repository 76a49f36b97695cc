package io.gradus.asl.parse;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What an expression refers to outside itself: names of the missing context item, variables, and
/// members of `$states`. Several are parted by blanks.
class JsonataReferencesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      nullValues = "-",
      textBlock =
          """
          $states.input.phone                                ¦ -       ¦ -     ¦ input
          phone[0].a                                         ¦ phone   ¦ -     ¦ -
          aaa + bbb                                          ¦ aaa bbb ¦ -     ¦ -
          $.phone                                            ¦ $       ¦ -     ¦ -
          $$                                                 ¦ $$      ¦ -     ¦ -
          `odd name`.x                                       ¦ odd name¦ -     ¦ -
          $phone                                             ¦ -       ¦ phone ¦ -
          $states.input.items[price > $limit]                ¦ -       ¦ limit ¦ input
          $states.input.items[price > 3].(name & $suffix)    ¦ -       ¦ suffix¦ input
          $states.input.items^(>price, <name)                ¦ -       ¦ -     ¦ input
          $states.input.items{kind: $sum(price)}             ¦ -       ¦ -     ¦ input
          $map($xs, function($x) { $x.y + z })               ¦ z       ¦ xs    ¦ -
          $map($xs, $uppercase)                              ¦ -       ¦ xs uppercase ¦ -
          ($a := 1; $a + $b)                                 ¦ -       ¦ b     ¦ -
          ($f := function($n) { $n < 2 ? 1 : $f($n - 1) }; $f($c)) ¦ - ¦ c     ¦ -
          {'k': v, $key: 1}                                  ¦ v       ¦ key   ¦ -
          [1..$n]                                            ¦ -       ¦ n     ¦ -
          $x ~> $trim                                        ¦ -       ¦ x trim ¦ -
          $states.input ~> |items|{'p': price}|          ¦ -       ¦ -     ¦ input
          $match($s, /a\\/b$c/i)                              ¦ -       ¦ s     ¦ -
          $a / $b / c                                        ¦ c       ¦ a b   ¦ -
          $items@$i.$other[id = $i.id]                       ¦ -       ¦ items other ¦ -
          $items#$i[$i < $max]                               ¦ -       ¦ items max ¦ -
          and                                                ¦ and     ¦ -     ¦ -
          $a and $b or not in $c                             ¦ not     ¦ a b c ¦ -
          /* $hidden */ 'a $b' & "$c" & $d                   ¦ -       ¦ d     ¦ -
          $states.errorOutput.Cause                          ¦ -       ¦ -     ¦ errorOutput
          $exists($states.result) ? $v : $states.context     ¦ -       ¦ v     ¦ result context
          -$a                                                ¦ -       ¦ a     ¦ -
          **.x                                               ¦ **      ¦ -     ¦ -
          $states                                            ¦ -       ¦ -     ¦ -
          """)
  void references(String written, String context, String variables, String statesFields) {
    JsonataReferences found = JsonataReferences.of(written);
    assertThat(String.join(" ", found.context())).isEqualTo(context == null ? "" : context);
    assertThat(String.join(" ", found.variables())).isEqualTo(variables == null ? "" : variables);
    assertThat(String.join(" ", found.statesFields()))
        .isEqualTo(statesFields == null ? "" : statesFields);
  }
}
