package io.gradus.bench;

import io.gradus.engine.LogLevel;
import io.gradus.postgres.PostgresBinaries;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What the command line asks for.
///
/// @param names of the workloads to run; empty for all
/// @param pace how long and how often it is measured
/// @param sizes how much there is
/// @param binaries which PostgreSQL it runs on
/// @param sql run on the database before anything is measured, to try what an index costs
/// @param lifted whether AWS's limits do not hold in W1, W7 and W9
/// @param logs what is logged of executions in W1
/// @param children of W10's Map Runs
/// @param profile whether the dearest statements are told as well
/// @param json where the figures go as JSON; null for nowhere
record Options(
    List<String> names,
    Pace pace,
    Sizes sizes,
    PostgresBinaries.Preference binaries,
    @Nullable String sql,
    boolean lifted,
    LogLevel logs,
    Children children,
    boolean profile,
    @Nullable Path json) {

  /// Copies.
  Options {
    names = List.copyOf(names);
  }

  /// @param types `STANDARD`, `EXPRESS` or both
  /// @param items that each of them has
  record Children(List<String> types, int items) {
    /// Copies.
    Children {
      types = List.copyOf(types);
    }
  }

  /// @param seconds that a measured round lasts
  /// @param rounds that the medians are of
  /// @param minutes that a soak lasts
  record Pace(int seconds, int rounds, double minutes) {}

  /// @param nodes that share the database in W1
  /// @param items of the largest Map in W2
  /// @param waits of five seconds in W3
  /// @param pending waits of a day in W3
  /// @param finished executions in the tables at W9's end
  record Sizes(int nodes, int items, int waits, int pending, int finished) {}

  /// What can be said, for whoever asks.
  static final String USAGE =
      """
      usage: ./gradus bench [WORKLOAD ...] [OPTION ...]     all workloads but the soak, where none is named

        --seconds N    of each measured round (8)            --rounds N      measured rounds, whose median counts (3)
        --nodes N      of W1, on one database (1)            --items N       of W2 and W10 at most (10000)
        --waits N      of W3 (100000)                        --pending N     waits of W3 that stay (1000000)
        --finished N   executions of W9 at most (1000000)    --minutes N     of the soak (5)
        --children T   STANDARD or EXPRESS, of W10 (both)    --batch N       items of a child of W10 (1)
        --log-level L  ALL, ERROR, FATAL or OFF (off)        --lifted        without AWS's limits
        --embedded     PostgreSQL that comes with Gradus     --sql TEXT      run before each workload, as an owner
        --profile      tell the dearest statements           --json FILE     write the figures there as well
      """;

  /// @throws IllegalArgumentException if an option is not known, or has no value or a wrong one
  static Options parse(String[] args) {
    List<String> names = new ArrayList<>();
    int seconds = 8;
    int rounds = 3;
    double minutes = 5;
    int nodes = 1;
    int items = 10_000;
    int waits = 100_000;
    int pending = 1_000_000;
    int finished = 1_000_000;
    var binaries = PostgresBinaries.Preference.INSTALLED_FIRST;
    String sql = null;
    boolean lifted = false;
    LogLevel logs = LogLevel.OFF;
    List<String> types = List.of("STANDARD", "EXPRESS");
    int batch = 1;
    boolean profile = false;
    Path json = null;
    for (int i = 0; i < args.length; i++) {
      switch (args[i]) {
        case "--seconds" -> seconds = whole(args, ++i);
        case "--rounds" -> rounds = whole(args, ++i);
        case "--minutes" -> minutes = Double.parseDouble(argument(args, ++i));
        case "--nodes" -> nodes = whole(args, ++i);
        case "--items" -> items = whole(args, ++i);
        case "--waits" -> waits = whole(args, ++i);
        case "--pending" -> pending = whole(args, ++i);
        case "--finished" -> finished = whole(args, ++i);
        case "--embedded" -> binaries = PostgresBinaries.Preference.EMBEDDED_ONLY;
        case "--sql" -> sql = argument(args, ++i);
        case "--lifted" -> lifted = true;
        case "--log-level" -> logs = LogLevel.valueOf(argument(args, ++i).toUpperCase(Locale.ROOT));
        case "--children" -> types = List.of(argument(args, ++i).toUpperCase(Locale.ROOT));
        case "--batch" -> batch = whole(args, ++i);
        case "--profile" -> profile = true;
        case "--json" -> json = Path.of(argument(args, ++i));
        default -> {
          if (args[i].startsWith("-")) {
            throw new IllegalArgumentException("There is no option " + args[i]);
          }
          names.add(args[i]);
        }
      }
    }
    return new Options(
        names,
        new Pace(seconds, rounds, minutes),
        new Sizes(nodes, items, waits, pending, finished),
        binaries,
        sql,
        lifted,
        logs,
        new Children(types, batch),
        profile,
        json);
  }

  private static int whole(String[] args, int i) {
    String value = argument(args, i);
    try {
      return Integer.parseInt(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "expected a number after %s, found %s".formatted(args[i - 1], value), e);
    }
  }

  private static String argument(String[] args, int i) {
    if (i >= args.length) {
      throw new IllegalArgumentException("expected a value after " + args[i - 1]);
    }
    return args[i];
  }
}
