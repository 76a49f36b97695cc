package io.gradus.asl.expr.jsonata;

import com.dashjoin.jsonata.JException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// `$formatNumber`: XPath's `format-number`, whose pictures Java's patterns only resemble.
final class NumberPicture {
  /// Digits of a number that is written out.
  private static final int MAX_EXPONENT = 400;

  private final Map<?, ?> options;
  private final String decimal;
  private final String grouping;
  private final String exponent;
  private final String minus;
  private final String percent;
  private final String perMille;
  private final String zero;
  private final String digit;

  private NumberPicture(Map<?, ?> options) {
    this.options = options;
    this.decimal = text("decimal-separator", ".");
    this.grouping = text("grouping-separator", ",");
    this.exponent = text("exponent-separator", "e");
    this.minus = text("minus-sign", "-");
    this.percent = text("percent", "%");
    this.perMille = text("per-mille", "‰");
    this.zero = text("zero-digit", "0");
    this.digit = text("digit", "#");
  }

  private String text(String name, String otherwise) {
    return options.get(name) instanceof String s && !s.isEmpty() ? s : otherwise;
  }

  static String format(double value, String picture, Map<?, ?> options) {
    return new NumberPicture(options).format(value, picture);
  }

  private String format(double value, String picture) {
    List<String> parts = split(picture, text("pattern-separator", ";"));
    if (parts.size() > 2) {
      throw new JException("D3080", -1);
    }
    List<Part> pictures = parts.stream().map(this::part).toList();
    Part part = value < 0 && pictures.size() == 2 ? pictures.get(1) : pictures.getFirst();
    String sign = value < 0 && pictures.size() == 1 ? minus : "";
    return sign + part.format(value);
  }

  private static List<String> split(String text, String separator) {
    List<String> parts = new ArrayList<>();
    int from = 0;
    int at = separator.isEmpty() ? -1 : text.indexOf(separator);
    while (at >= 0) {
      parts.add(text.substring(from, at));
      from = at + separator.length();
      at = text.indexOf(separator, from);
    }
    parts.add(text.substring(from));
    return parts;
  }

  private boolean isDigit(int c) {
    int first = zero.codePointAt(0);
    return c >= first && c < first + 10;
  }

  private boolean isActive(char c) {
    String s = String.valueOf(c);
    return isDigit(c) || s.equals(decimal) || s.equals(grouping) || s.equals(digit);
  }

  private long digits(String text) {
    return text.chars().filter(this::isDigit).count();
  }

  private long places(String text) {
    return text.chars().filter(c -> isDigit(c) || String.valueOf((char) c).equals(digit)).count();
  }

  private Part part(String text) {
    int first = 0;
    while (first < text.length() && !isActive(text.charAt(first))) {
      first++;
    }
    int last = text.length();
    while (last > first && !isActive(text.charAt(last - 1))) {
      last--;
    }
    String active = text.substring(first, last);
    String suffix = text.substring(last);
    int e = active.indexOf(exponent);
    boolean trailing = e < 0 && first < last && suffix.startsWith(exponent);
    String mantissa = e < 0 ? active : active.substring(0, e);
    String power = e < 0 ? "" : active.substring(e + exponent.length());
    int point = mantissa.indexOf(decimal);
    Part part =
        new Part(
            text.substring(0, first),
            point < 0 ? mantissa : mantissa.substring(0, point),
            point < 0 ? "" : mantissa.substring(point + decimal.length()),
            power,
            suffix);
    check(text, active, part, e >= 0, trailing);
    return part;
  }

  private void check(String text, String active, Part part, boolean powered, boolean trailing) {
    String point = part.fraction().isEmpty() && !active.endsWith(decimal) ? "" : decimal;
    String mantissa = part.whole() + point + part.fraction();
    refuse(split(text, decimal).size() > 2, "D3081");
    refuse(split(text, percent).size() > 2, "D3082");
    refuse(split(text, perMille).size() > 2, "D3083");
    refuse(text.contains(percent) && text.contains(perMille), "D3084");
    refuse(places(mantissa) == 0, "D3085");
    refuse(mantissa.chars().anyMatch(c -> !isActive((char) c)), "D3086");
    refuse(text.contains(grouping + decimal) || text.contains(decimal + grouping), "D3087");
    refuse(point.isEmpty() && part.whole().endsWith(grouping), "D3088");
    refuse(text.contains(grouping + grouping), "D3089");
    int optional = part.whole().indexOf(digit);
    refuse(optional >= 0 && digits(part.whole().substring(0, optional)) > 0, "D3090");
    optional = part.fraction().lastIndexOf(digit);
    refuse(optional >= 0 && digits(part.fraction().substring(optional)) > 0, "D3091");
    boolean scaled = text.contains(percent) || text.contains(perMille);
    refuse((powered || trailing) && scaled, "D3092");
    refuse(powered && part.power().chars().anyMatch(c -> !isDigit(c)), "D3093");
    refuse((powered && part.power().isEmpty()) || trailing, "D3093");
  }

  private static void refuse(boolean wrong, String code) {
    if (wrong) {
      throw new JException(code, -1);
    }
  }

  /// One of the two halves of a picture, taken apart.
  private final class Part {
    private final String prefix;
    private final String whole;
    private final String fraction;
    private final String power;
    private final String suffix;
    private final int minWhole;
    private final int minFraction;
    private final int maxFraction;

    Part(String prefix, String whole, String fraction, String power, String suffix) {
      this.prefix = prefix;
      this.whole = whole;
      this.fraction = fraction;
      this.power = power;
      this.suffix = suffix;
      int least = (int) digits(whole);
      int leastFraction = (int) digits(fraction);
      int most = (int) places(fraction);
      if (least == 0 && most == 0) {
        leastFraction = power.isEmpty() ? 0 : 1;
        most = leastFraction;
        least = power.isEmpty() ? 1 : 0;
      }
      if (!power.isEmpty() && least == 0 && whole.contains(digit)) {
        least = 1;
      }
      this.minWhole = least;
      this.minFraction = least == 0 && leastFraction == 0 ? 1 : leastFraction;
      this.maxFraction = most;
    }

    String whole() {
      return whole;
    }

    String fraction() {
      return fraction;
    }

    String power() {
      return power;
    }

    String format(double value) {
      BigDecimal number = new BigDecimal(Double.toString(Math.abs(value)));
      String around = prefix + suffix;
      if (around.contains(percent)) {
        number = number.movePointRight(2);
      } else if (around.contains(perMille)) {
        number = number.movePointRight(3);
      }
      int shift = 0;
      if (!power.isEmpty() && number.signum() != 0) {
        shift = number.precision() - number.scale() - (int) digits(whole);
        number = number.movePointLeft(shift);
      }
      String written = written(number.setScale(maxFraction, RoundingMode.HALF_EVEN));
      return prefix + written + (power.isEmpty() ? "" : exponent + powerText(shift)) + suffix;
    }

    private String powerText(int shift) {
      String digits = Integer.toString(Math.abs(shift));
      String padded = "0".repeat(Math.max(0, power.length() - digits.length())) + digits;
      return (shift < 0 ? minus : "") + inFamily(padded);
    }

    private String written(BigDecimal number) {
      if (Math.abs((long) number.precision() - number.scale()) > MAX_EXPONENT) {
        throw Breach.memory();
      }
      String plain = number.toPlainString();
      int point = plain.indexOf('.');
      String wholeDigits = (point < 0 ? plain : plain.substring(0, point)).replaceFirst("^0+", "");
      String fractionDigits = point < 0 ? "" : plain.substring(point + 1).replaceFirst("0+$", "");
      wholeDigits = "0".repeat(Math.max(0, minWhole - wholeDigits.length())) + wholeDigits;
      fractionDigits += "0".repeat(Math.max(0, minFraction - fractionDigits.length()));
      StringBuilder result = new StringBuilder(inFamily(wholeDigits));
      groupWhole(result);
      if (!fractionDigits.isEmpty()) {
        result.append(decimal).append(grouped(inFamily(fractionDigits)));
      }
      return result.toString();
    }

    private String inFamily(String digits) {
      int first = zero.codePointAt(0);
      StringBuilder text = new StringBuilder();
      digits.chars().forEach(c -> text.appendCodePoint(first + c - '0'));
      return text.toString();
    }

    private void groupWhole(StringBuilder digits) {
      List<Integer> positions = new ArrayList<>();
      for (int at = whole.indexOf(grouping); at >= 0; at = whole.indexOf(grouping, at + 1)) {
        positions.addFirst((int) places(whole.substring(at)));
      }
      int length = digits.length();
      int step = regular(positions);
      for (int at = step; step > 0 && at < length; at += step) {
        digits.insert(length - at, grouping);
      }
      if (step == 0) {
        positions.stream()
            .filter(p -> p < length)
            .forEach(p -> digits.insert(length - p, grouping));
      }
    }

    /// The distance between groups where all are the same; 0 otherwise.
    private static int regular(List<Integer> positions) {
      int step = positions.stream().reduce(0, Part::divisor);
      for (int i = 1; i <= positions.size(); i++) {
        if (!positions.contains(i * step)) {
          return 0;
        }
      }
      return step;
    }

    private static int divisor(int a, int b) {
      return b == 0 ? a : divisor(b, a % b);
    }

    private String grouped(String digits) {
      StringBuilder grouped = new StringBuilder(digits);
      int inserted = 0;
      for (int at = fraction.indexOf(grouping); at >= 0; at = fraction.indexOf(grouping, at + 1)) {
        int place = (int) places(fraction.substring(0, at)) + inserted;
        if (place < grouped.length()) {
          grouped.insert(place, grouping);
          inserted++;
        }
      }
      return grouped.toString();
    }
  }
}
