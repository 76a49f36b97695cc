package io.gradus.service.maprun;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// How fast a Map Run went over its time. It is told by some of its children, evenly taken: all of
/// them where they are few.
///
/// @param width of a span
/// @param perSecond items done per second, span by span
/// @param children how many it was told by
public record Pace(Instant from, Duration width, List<Double> perSecond, int children) {
  /// How many children tell it at most.
  public static final int SAMPLE = 400;

  private static final int SPANS = 40;
  private static final long MILLIS = 1_000;

  public Pace {
    perSecond = List.copyOf(perSecond);
  }

  /// Evenly taken places among that many children.
  static List<Long> places(long children) {
    long taken = Math.min(children, SAMPLE);
    List<Long> places = new ArrayList<>((int) taken);
    for (long i = 0; i < taken; i++) {
      places.add(i * children / taken);
    }
    return places;
  }

  /// Folds what the sample tells of all.
  ///
  /// @param children how many there are in all
  static Pace of(List<ChildRecords.Ended> sample, long children, Instant from, Instant until) {
    long whole = Math.max(MILLIS, Duration.between(from, until).toMillis());
    long width = Math.max(MILLIS, -Math.floorDiv(-whole, SPANS));
    int spans = (int) -Math.floorDiv(-whole, width);
    double[] items = new double[spans];
    double each = sample.isEmpty() ? 0 : (double) children / sample.size();
    for (ChildRecords.Ended one : sample) {
      Instant stopped = one.stoppedAt();
      if (stopped != null) {
        long at = Duration.between(from, stopped).toMillis() / width;
        items[Math.clamp(at, 0, spans - 1)] += each * one.items();
      }
    }
    List<Double> rates = new ArrayList<>(spans);
    for (int i = 0; i < spans; i++) {
      // The last span is not over; of a moment of it nothing can be told.
      long lasted = Math.clamp(whole - i * width, width / 2, width);
      rates.add(items[i] * MILLIS / lasted);
    }
    return new Pace(from, Duration.ofMillis(width), rates, sample.size());
  }
}
