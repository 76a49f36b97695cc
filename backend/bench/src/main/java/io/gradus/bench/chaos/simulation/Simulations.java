package io.gradus.bench.chaos.simulation;

import io.gradus.bench.chaos.check.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.LongStream;

/// Many worlds, on all processors.
public final class Simulations {
  private static final String BROKE = "it broke: ";

  private Simulations() {}

  /// A world in which something was found.
  public record Failure(long seed, String line, List<String> told) {
    /// Whether something threw, rather than that the checker found anything.
    public boolean broke() {
      return line.startsWith(BROKE);
    }

    /// The command that brings it back.
    public String replay() {
      return "./gradus chaos --simulate 1 --seed " + seed;
    }

    @Override
    public String toString() {
      return "seed " + seed + ": " + line + "\n" + String.join("\n", told) + "\n" + replay();
    }
  }

  /// The worlds of so many seeds from the first on, in which something was found.
  public static List<Failure> run(long first, long count) {
    ConcurrentLinkedQueue<Failure> failures = new ConcurrentLinkedQueue<>();
    LongStream.range(first, first + count)
        .parallel()
        .forEach(seed -> failure(seed, PlantedFault.NONE).ifPresent(failures::add));
    List<Failure> sorted = new ArrayList<>(failures);
    sorted.sort((a, b) -> Long.compare(a.seed(), b.seed()));
    return sorted;
  }

  /// The first world below that seed in which the checker sees a planted fault. That something
  /// breaks of itself does not count.
  public static Optional<Failure> firstCaught(PlantedFault fault, long below) {
    for (long seed = 0; seed < below; seed++) {
      Optional<Failure> failure = failure(seed, fault);
      if (failure.isPresent() && !failure.get().broke()) {
        return failure;
      }
    }
    return Optional.empty();
  }

  /// What was found in the world of a seed.
  public static Optional<Failure> failure(long seed, PlantedFault fault) {
    try {
      Verdict verdict = Simulation.run(seed, fault);
      return verdict.isClean()
          ? Optional.empty()
          : Optional.of(new Failure(seed, verdict.line(), verdict.told()));
    } catch (RuntimeException | AssertionError e) {
      return Optional.of(new Failure(seed, BROKE + e, trace(e)));
    }
  }

  private static List<String> trace(Throwable broken) {
    List<String> lines = new ArrayList<>();
    for (StackTraceElement element : broken.getStackTrace()) {
      if (lines.size() < 8) {
        lines.add("  at " + element);
      }
    }
    return lines;
  }
}
