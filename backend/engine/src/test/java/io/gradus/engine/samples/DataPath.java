package io.gradus.engine.samples;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A path of either query language, as far as it names one place.
record DataPath(Root root, String variable, List<String> steps) {
  /// What it starts from.
  enum Root {
    DOCUMENT,
    CONTEXT,
    VARIABLE,
    RESULT
  }

  private static final Pattern STEP =
      Pattern.compile(
          "\\.?\\[\\s*(?<index>\\d+)\\s*]|\\.?\\[(?:'(?<quoted>[^']*)'|\"(?<double>[^\"]*)\")]"
              + "|\\.?\\[(?<any>\\*|\\?\\(.*?\\)|-1)]|\\.(?<name>[^.\\[\\]*]+)");
  private static final Pattern JSONATA =
      Pattern.compile(
          "\\$(?<name>[A-Za-z_]\\w*)(?<rest>(?:\\.(?:\\w+|`[^`]+`)|\\[\\d+])*)(?!\\s*\\()");
  private static final Pattern JSONATA_STEP = Pattern.compile("\\.(?:(\\w+)|`([^`]+)`)|\\[(\\d+)]");

  static DataPath jsonPath(String text) {
    if (text.startsWith("$$")) {
      return new DataPath(Root.CONTEXT, "", steps(text.substring(2)));
    }
    int at = 1;
    while (at < text.length() && Character.isUnicodeIdentifierPart(text.charAt(at))) {
      at++;
    }
    return at == 1
        ? new DataPath(Root.DOCUMENT, "", steps(text.substring(1)))
        : new DataPath(Root.VARIABLE, text.substring(1, at), steps(text.substring(at)));
  }

  private static List<String> steps(String text) {
    List<String> steps = new ArrayList<>();
    Matcher step = STEP.matcher(text);
    int at = 0;
    while (step.find(at) && step.start() == at) {
      at = step.end();
      if (step.group("name") != null) {
        steps.add(step.group("name"));
      } else if (step.group("quoted") != null) {
        steps.add(step.group("quoted"));
      } else if (step.group("double") != null) {
        steps.add(step.group("double"));
      } else {
        steps.add("[" + (step.group("index") == null ? "0" : step.group("index")) + "]");
      }
    }
    return steps;
  }

  static Set<DataPath> jsonata(String text) {
    Set<DataPath> found = new LinkedHashSet<>();
    Matcher path = JSONATA.matcher(text);
    while (path.find()) {
      List<String> steps = new ArrayList<>();
      Matcher step = JSONATA_STEP.matcher(path.group("rest"));
      while (step.find()) {
        steps.add(
            step.group(1) != null
                ? step.group(1)
                : step.group(2) != null ? step.group(2) : "[" + step.group(3) + "]");
      }
      if (!path.group("name").equals("states")) {
        found.add(new DataPath(Root.VARIABLE, path.group("name"), steps));
      } else if (!steps.isEmpty()) {
        List<String> rest = steps.subList(1, steps.size());
        switch (steps.getFirst()) {
          case "input" -> found.add(new DataPath(Root.DOCUMENT, "", rest));
          case "result" -> found.add(new DataPath(Root.RESULT, "", rest));
          case "context" -> found.add(new DataPath(Root.CONTEXT, "", rest));
          default -> {
            // the error of a catcher is the engine's own
          }
        }
      }
    }
    return found;
  }
}
