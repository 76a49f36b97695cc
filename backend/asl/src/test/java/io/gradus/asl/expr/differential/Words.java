package io.gradus.asl.expr.differential;

import java.util.Arrays;
import java.util.List;

/// What generated expressions are made of: literals at the edges of their types.
final class Words {
  static final List<String> NUMBERS =
      list(
          """
          0 ¦ 1 ¦ 2 ¦ 3 ¦ 10 ¦ -1 ¦ -2 ¦ 0.5 ¦ 2.5 ¦ -2.5 ¦ 3.5 ¦ 0.1 ¦ 1.005 ¦ -0.5 ¦ 7.25 ¦ 99
          255 ¦ 1e3 ¦ 1e-7 ¦ 1e21 ¦ 1.5e300 ¦ 123456.789 ¦ 2147483647 ¦ 2147483648 ¦ -2147483649
          4294967296 ¦ 9007199254740991 ¦ 1e15 ¦ 123456789012 ¦ 0.000001 ¦ 100 ¦ 1000000
          3.14159265358979
          """);

  static final List<String> SMALL =
      list(
          """
          0 ¦ 1 ¦ 2 ¦ 3 ¦ 4 ¦ 5 ¦ -1 ¦ -2 ¦ -3 ¦ 1.5 ¦ 2.9 ¦ 10 ¦ 20 ¦ 0.4
          """);

  static final List<String> STRINGS =
      list(
          """
          '' ¦ 'a' ¦ 'b' ¦ 'abc' ¦ 'Hello World' ¦ ' padded  text ' ¦ 'a,b,,c' ¦ '12' ¦ '-3.5'
          '1e3' ¦ '0x1F' ¦ '0b11' ¦ '0o17' ¦ ' 7 ' ¦ '007' ¦ '+5' ¦ '.5' ¦ '5.' ¦ '1,000'
          'true' ¦ 'null' ¦ 'äöü ß €' ¦ '😀x' ¦ 'x😀y😀' ¦ 'line\\nbreak\\ttab' ¦ '"quoted"'
          'back\\\\slash' ¦ '$1' ¦ 'a.b*c' ¦ 'aXbXc' ¦ '2024-02-29' ¦ '2024-02-29T12:34:56.789Z'
          'é' ¦ 'ABC' ¦ 'a b  c' ¦ '\\u00a0x\\u00a0' ¦ '\\u2028' ¦ '%20' ¦ 'a/b?c=d&e'
          'Infinity' ¦ 'NaN' ¦ '1e400'
          """);

  static final List<String> PATTERNS =
      list(
          """
          /a/ ¦ /b/i ¦ /[a-c]+/ ¦ /o(.)/ ¦ /(a)(b)?(c)?/ ¦ /\\s+/ ¦ /\\d+/ ¦ /^a/ ¦ /c$/ ¦ /x|X/
          /,/ ¦ /(\\w)(\\w)/ ¦ /./ ¦ /[^a-z]/ ¦ /a{1,2}/ ¦ /l+?/ ¦ /\\bW/ ¦ /(?:a|b)c/ ¦ /a(?=b)/
          /(.)\\1/ ¦ /\\$/ ¦ /\\// ¦ /ß|ä/ ¦ /[\\s\\S]/ ¦ /(a+)|(b+)/ ¦ /\\W/
          """);

  static final List<String> REPLACEMENTS =
      list(
          """
          '' ¦ '-' ¦ '$0' ¦ '[$1]' ¦ '$1$2' ¦ '$2' ¦ '$$' ¦ '$' ¦ '$a' ¦ '$12' ¦ '$01' ¦ '\\\\$1'
          '$10x' ¦ function($m){'<' & $m.match & '>'} ¦ function($m){$uppercase($m.match)}
          function($m){$m.groups[0]} ¦ function($m){1}
          """);

  static final List<String> NAMES =
      list(
          """
          a ¦ b ¦ c ¦ n ¦ s ¦ list ¦ items ¦ price ¦ qty ¦ sku ¦ tags ¦ none ¦ missing ¦ flag
          obj ¦ name ¦ `odd key` ¦ 'a' ¦ "b"
          """);

  static final List<String> NUMBER_PICTURES =
      list(
          """
          '0' ¦ '#' ¦ '#,##0' ¦ '#,##0.00' ¦ '000' ¦ '0.0##' ¦ '#.##' ¦ '0%' ¦ '#0.0%' ¦ '0‰'
          '00.00;(00.00)' ¦ '0;minus 0' ¦ '0000,0000' ¦ '#,#'
          '$#,##0.00' ¦ 'a0b' ¦ '0.' ¦ '.0' ¦ '.00' ¦ '#.0' ¦ '' ¦ 'abc' ¦ '0.0.0' ¦ '0%%'
          '0%‰' ¦ '#0#' ¦ '0#.0' ¦ '0.#0' ¦ '0,.0' ¦ '0,,0' ¦ '0;0;0' ¦ '٠٠' ¦ '#,##0.###' ¦ '00'
          '(#)' ¦ '0.000000' ¦ '###,###,###.##'
          """);

  /// Not for zero: the reference does not end there.
  static final List<String> EXPONENT_PICTURES =
      list(
          """
          '00.000e0' ¦ '0.0e00' ¦ '#.#e0' ¦ '##0e0' ¦ '0e0' ¦ '0e' ¦ '0e0e0' ¦ '0e0%'
          """);

  static final List<String> NUMBER_OPTIONS =
      list(
          """
          {} ¦ {'decimal-separator': ',', 'grouping-separator': '.'} ¦ {'minus-sign': '~'}
          {'zero-digit': '٠'} ¦ {'percent': 'pc'} ¦ {'infinity': 'inf'}
          {'exponent-separator': 'E'} ¦ {'digit': '?'} ¦ {'pattern-separator': '|'}
          {'NaN': 'none'}
          """);

  static final List<String> INTEGER_PICTURES =
      list(
          """
          '0' ¦ '1' ¦ '01' ¦ '001' ¦ '#,##0' ¦ 'w' ¦ 'W' ¦ 'Ww'
          'w;o' ¦ 'W;o' ¦ 'Ww;o' ¦ 'I' ¦ 'i' ¦ 'A' ¦ 'a' ¦ '1;o' ¦ '0000' ¦ '#0' ¦ '#' ¦ '١'
          '0;c' ¦ '1;o(-er)' ¦ '' ¦ 'x' ¦ 'α' ¦ '0,0' ¦ '##,##' ¦ '000,000'
          """);

  /// Pairs of a text that fits, and its picture.
  static final List<String> PICTURED_INTEGERS =
      list(
          """
          '12', '0' ¦ '012', '000' ¦ '1,234', '#,##0' ¦ '12,345,678', '#,##0' ¦ 'twelve', 'w'
          'one hundred and twenty-three', 'w' ¦ 'TWELVE', 'W' ¦ 'twenty-first', 'w;o' ¦ 'XII', 'I'
          'MCMXC', 'I' ¦ 'aa', 'a' ¦ 'Z', 'A' ¦ '12th', '0;o' ¦ '1st', '1;o' ¦ 'one thousand', 'w'
          'one million', 'w' ¦ '-5', '0' ¦ 'one thousand, two hundred and thirty-four', 'w'
          'one trillion', 'w'
          """);

  static final List<String> MILLIS =
      list(
          """
          0 ¦ 1 ¦ -1 ¦ 1510067557121 ¦ 1709210096789 ¦ 951782400000 ¦ -62135596800000
          4102444800000 ¦ 1e12 ¦ 1583020800000 ¦ 1577836799999 ¦ 1609459200000 ¦ -86400000 ¦ 1.5
          253402300799999 ¦ 915148800000 ¦ 1704067200000 ¦ 1230768000000 ¦ 1514764800000
          """);

  static final List<String> ZONES =
      list(
          """
          '+0000' ¦ '+0100' ¦ '-0500' ¦ '+0530' ¦ '+1400' ¦ '-1200' ¦ '0000'
          """);

  static final List<String> DATE_PARTS =
      list(
          """
          [Y] ¦ [Y0001] ¦ [Y01] ¦ [Y,2] ¦ [Y,2-2] ¦ [Y,*-4] ¦ [Yw] ¦ [M] ¦ [M01]
          [MNn] ¦ [MN] ¦ [Mn] ¦ [MNn,3-3] ¦ [MNn,*-3] ¦ [D] ¦ [D01] ¦ [D1o]
          [Dwo] ¦ [DWw] ¦ [d] ¦ [d001] ¦ [F] ¦ [F0] ¦ [F1] ¦ [FNn] ¦ [FN,3-3] ¦ [Fn] ¦ [W]
          [W01] ¦ [H] ¦ [H01] ¦ [H,2] ¦ [h] ¦ [h01] ¦ [P]
          [PN] ¦ [Pn] ¦ [PNn] ¦ [m] ¦ [m01] ¦ [s] ¦ [s01] ¦ [f] ¦ [f001] ¦ [f01] ¦ [f1] ¦ [f,3-3]
          [Z] ¦ [Z01:01] ¦ [Z0101] ¦ [Z0] ¦ [Z0101t] ¦ [Z01:01t] ¦ [z] ¦ [z01:01] ¦ [z0] ¦ [C]
          [E] ¦ [EN] ¦ [Y9,999,*] ¦ [[ ¦ ]] ¦ [q] ¦ [Y ¦ Y] ¦ [ Y ] ¦ [M 01] ¦ [D,2] ¦ [m,1-2]
          [YN]
          """);

  static final List<String> DATE_GLUE =
      List.of("-", "/", " ", "T", ":", ".", ", ", " at ", "[[", "]]", "");

  static final List<String> TIME_TEXTS =
      list(
          """
          '2017-11-07T15:12:37.121Z' ¦ '2017-11-07' ¦ '2017' ¦ '2017-11' ¦ '2017-11-07T15:12'
          '2017-11-07T15:12:37' ¦ '2017-11-07T15:12:37Z' ¦ '2017-11-07T15:12:37.121+01:00'
          '2017-11-07T15:12:37.1Z' ¦ '2017-11-07T15:12:37.123456Z' ¦ '2017-02-30'
          'x' ¦ '' ¦ '2017-11-07T25:00:00Z' ¦ '2017-11-07T15:12:37+0100' ¦ '-0001-01-01'
          '2017-11-07T15:12:37.121' ¦ '+012017-11-07T00:00:00Z' ¦ '2024-02-29T00:00Z'
          '2017-11-07T24:00:00Z' ¦ '20171107' ¦ '2017-11-07 15:12:37'
          """);

  /// Pairs of a picture and texts that fit it, or nearly.
  static final List<String> PICTURED_TIMES =
      list(
          """
          '2017-11-07', '[Y0001]-[M01]-[D01]' ¦ '07/11/2017', '[D01]/[M01]/[Y0001]'
          '7 November 2017', '[D] [MNn] [Y]' ¦ 'November 7th, 2017', '[MNn] [D1o], [Y]'
          '15:12', '[H01]:[m01]' ¦ '3:12 pm', '[h]:[m01] [P]'
          '12:00 am', '[h]:[m01] [P]' ¦ '12:30 pm', '[h]:[m01] [P]' ¦ '2017-311', '[Y]-[d]'
          '2017-001', '[Y]-[d001]' ¦ 'MMXVII', '[YI]' ¦ 'two thousand and seventeen', '[Yw]'
          'twenty-first day of March 2018', '[Dwo] day of [MNn] [Y]'
          '2017-11-07T15:12:37.121+0200', '[Y]-[M]-[D]T[H]:[m]:[s].[f001][Z0101]'
          '2017-11-07 15:12:37 GMT+01:00', '[Y]-[M]-[D] [H]:[m]:[s] [z]'
          '2017-11-07 15:12:37 +01:00', '[Y]-[M]-[D] [H]:[m]:[s] [Z01:01]'
          '2017-W45', '[X]-W[W]' ¦ '2017-W45-2', '[X]-W[W]-[F1]'
          'Tuesday 7 November 2017', '[FNn] [D] [MNn] [Y]' ¦ '2017', '[Y]' ¦ '2017-11', '[Y]-[M]'
          '11', '[M]' ¦ '07', '[D01]' ¦ '2017-11-07', '[Y]/[M]/[D]' ¦ 'xyz', '[Y]'
          '2017 x', '[Y]' ¦ '2017', '[Y] [M]' ¦ 'one', '[Dw]'
          '2017-11-07T15', '[Y]-[M]-[D]T[H]'
          '12,017', '[Y9,999,*]' ¦ '2017-11-07', '[Y,4][M,2]' ¦ '20171107', '[Y0001][M01][D01]'
          '20171107', '[Y,4-4][M,2-2][D,2-2]' ¦ '15h12', '[H]h[m]'
          'a b', '[q]' ¦ '2017', ''
          '1970-01-01T00:00:00.000Z', '[Y0001]-[M01]-[D01]T[H01]:[m01]:[s01].[f001]Z'
          """);

  private Words() {}

  /// Entries stand between `¦`; one of them may be empty.
  private static List<String> list(String text) {
    return Arrays.stream(text.strip().replace("\n", " ¦ ").split(" ¦ ", -1))
        .map(String::strip)
        .toList();
  }
}
