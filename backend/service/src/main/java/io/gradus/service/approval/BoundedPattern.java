package io.gradus.service.approval;

import com.networknt.schema.regex.RegularExpression;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// An author's regular expression over an approver's text: one that backtracks without end is no
/// match, after a number of characters read that no honest pattern needs.
final class BoundedPattern implements RegularExpression {
  private static final int MAX_READS = 1_000_000;

  private final Pattern pattern;

  /// @throws PatternSyntaxException if it is none
  BoundedPattern(String regex) {
    this.pattern = Pattern.compile(regex);
  }

  @Override
  public boolean matches(String text) {
    try {
      return pattern.matcher(new Counted(text, new int[1])).find();
    } catch (TooLong | StackOverflowError _) {
      return false;
    }
  }

  private static final class TooLong extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooLong() {
      super(null, null, false, false);
    }
  }

  private record Counted(CharSequence text, int[] reads) implements CharSequence {
    @Override
    public int length() {
      return text.length();
    }

    @Override
    public char charAt(int index) {
      if (++reads[0] > MAX_READS) {
        throw new TooLong();
      }
      return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return new Counted(text.subSequence(start, end), reads);
    }

    @Override
    public String toString() {
      return text.toString();
    }
  }
}
