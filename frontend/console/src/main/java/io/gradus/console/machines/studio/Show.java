package io.gradus.console.machines.studio;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What is seen of a [Workbench]. [#PROBLEMS] is a choice on phones alone; elsewhere they are
/// always there.
public enum Show {
  GRAPH("Graph"),
  SPLIT("Split"),
  CODE("Code"),
  PROBLEMS("Problems");

  private final String word;

  Show(String word) {
    this.word = word;
  }

  /// The one of that word in a link, in lower case; [#SPLIT] where there is none.
  public static Show of(@Nullable String wireName) {
    for (Show show : values()) {
      if (show.wireName().equals(wireName)) {
        return show;
      }
    }
    return SPLIT;
  }

  /// Its word on a button.
  String word() {
    return word;
  }

  /// Its word in a link.
  public String wireName() {
    return word.toLowerCase(Locale.ROOT);
  }
}
