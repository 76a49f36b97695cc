package io.gradus.engine.journal;

import io.gradus.engine.Details;
import io.gradus.engine.Fact;
import io.gradus.engine.Frame.Phase.InMapRun;
import io.gradus.engine.Payload;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Every payload in a run of facts.
final class Payloads {
  private Payloads() {}

  static List<Payload> of(Collection<? extends Fact> facts) {
    List<Payload> all = new ArrayList<>();
    for (Fact fact : facts) {
      switch (fact) {
        case Fact.HistoryEvent e -> collect(e.details(), all);
        case Fact.ItemsResolved f -> {
          all.add(f.items());
          all.add(f.effectiveInput());
        }
        case Fact.MapRunResolved f -> {
          addIfPresent(f.items(), all);
          all.add(f.effectiveInput());
          collect(f.batching(), f.source(), f.sink(), all);
        }
        case Fact.Forked f -> all.addAll(f.variables().values());
        case Fact.Yielded f -> all.add(f.input());
        case Fact.RetryArmed _,
            Fact.WaitArmed _,
            Fact.MapRunMoved _,
            Fact.BranchFinished _,
            Fact.BranchFailed _ -> {}
      }
    }
    return all;
  }

  /// What a Map Run was evaluated to.
  static void collect(
      InMapRun.@Nullable Batching batching,
      InMapRun.@Nullable Source source,
      InMapRun.@Nullable Sink sink,
      List<Payload> into) {
    if (batching != null) {
      addIfPresent(batching.batchInput(), into);
    }
    if (source != null) {
      into.add(source.readerConfig());
      into.add(source.readerArguments());
    }
    if (sink != null) {
      into.add(sink.writerArguments());
    }
  }

  private static void collect(Details details, List<Payload> into) {
    switch (details) {
      case Details.ExecutionStarted d -> into.add(d.input());
      case Details.ExecutionSucceeded d -> into.add(d.output());
      case Details.StateEntered d -> into.add(d.input());
      case Details.StateExited d -> {
        into.add(d.output());
        into.addAll(d.assigned().values());
      }
      case Details.ParallelStarted d -> into.add(d.input());
      case Details.MapIterationStarted d -> into.add(d.input());
      case Details.TaskScheduled d -> {
        into.add(d.arguments());
        addIfPresent(d.credentials(), into);
      }
      case Details.TaskSubmitted d -> into.add(d.output());
      case Details.TaskSucceeded d -> into.add(d.output());
      case Details.ExecutionFailed _,
          Details.ExecutionTimedOut _,
          Details.ExecutionAborted _,
          Details.ExecutionRedriven _,
          Details.StateAborted _,
          Details.ParallelSucceeded _,
          Details.ParallelFailed _,
          Details.MapStarted _,
          Details.MapSucceeded _,
          Details.MapFailed _,
          Details.MapIterationSucceeded _,
          Details.MapIterationFailed _,
          Details.MapIterationAborted _,
          Details.MapRunStarted _,
          Details.MapRunSucceeded _,
          Details.MapRunFailed _,
          Details.MapRunAborted _,
          Details.MapRunRedriven _,
          Details.TaskStarted _,
          Details.TaskFailed _,
          Details.EvaluationFailed _ -> {}
    }
  }

  private static void addIfPresent(@Nullable Payload payload, List<Payload> into) {
    if (payload != null) {
      into.add(payload);
    }
  }
}
