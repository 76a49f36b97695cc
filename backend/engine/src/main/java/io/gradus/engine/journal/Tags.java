package io.gradus.engine.journal;

import io.gradus.engine.Details;
import io.gradus.engine.Fact;
import io.gradus.engine.Frame;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.core.JsonToken;

/// The names under which the members of sealed families are stored. They are for ever: a renamed
/// class keeps its tag.
final class Tags {
  private static final Map<Class<?>, String> BY_TYPE = new HashMap<>();
  private static final Map<String, Class<? extends Record>> BY_TAG = new HashMap<>();
  private static final String ENTERED = "n";

  static {
    add("RA", Fact.RetryArmed.class);
    add("WA", Fact.WaitArmed.class);
    add("IR", Fact.ItemsResolved.class);
    add("MR", Fact.MapRunResolved.class);
    add("MM", Fact.MapRunMoved.class);
    add("BF", Fact.BranchFinished.class);
    add("BX", Fact.BranchFailed.class);
    add("Y", Fact.Yielded.class);
    add("FK", Fact.Forked.class);
    add("XS", Details.ExecutionStarted.class);
    add("XO", Details.ExecutionSucceeded.class);
    add("XF", Details.ExecutionFailed.class);
    add("XT", Details.ExecutionTimedOut.class);
    add("XA", Details.ExecutionAborted.class);
    add("XR", Details.ExecutionRedriven.class);
    add("E", Details.StateEntered.class);
    add("X", Details.StateExited.class);
    add("A", Details.StateAborted.class);
    add("PS", Details.ParallelStarted.class);
    add("PO", Details.ParallelSucceeded.class);
    add("PF", Details.ParallelFailed.class);
    add("MS", Details.MapStarted.class);
    add("MO", Details.MapSucceeded.class);
    add("MF", Details.MapFailed.class);
    add("IS", Details.MapIterationStarted.class);
    add("IO", Details.MapIterationSucceeded.class);
    add("IF", Details.MapIterationFailed.class);
    add("IA", Details.MapIterationAborted.class);
    add("NS", Details.MapRunStarted.class);
    add("NO", Details.MapRunSucceeded.class);
    add("NF", Details.MapRunFailed.class);
    add("NA", Details.MapRunAborted.class);
    add("NR", Details.MapRunRedriven.class);
    add("TC", Details.TaskScheduled.class);
    add("TS", Details.TaskStarted.class);
    add("TB", Details.TaskSubmitted.class);
    add("TO", Details.TaskSucceeded.class);
    add("TF", Details.TaskFailed.class);
    add("EF", Details.EvaluationFailed.class);
    add("x", Frame.Phase.Exited.class);
    add("r", Frame.Phase.Ready.class);
    add("t", Frame.Phase.AwaitingTask.class);
    add("y", Frame.Phase.AwaitingRetry.class);
    add("w", Frame.Phase.AwaitingWait.class);
    add("p", Frame.Phase.InParallel.class);
    add("m", Frame.Phase.InMap.class);
    add("d", Frame.Phase.InMapRun.class);
    add("f", Frame.Phase.Finished.class);
  }

  private Tags() {}

  private static void add(String tag, Class<? extends Record> type) {
    BY_TYPE.put(type, tag);
    if (BY_TAG.put(tag, type) != null) {
      throw new IllegalStateException("expected one type for tag " + tag);
    }
  }

  static boolean knows(Class<?> type) {
    return BY_TYPE.containsKey(type) || type == Frame.Phase.Entered.class;
  }

  static void write(RecordCodec.Sink sink, Object value) {
    sink.json().writeStartArray();
    if (value == Frame.Phase.Entered.ENTERED) {
      sink.json().writeString(ENTERED);
    } else {
      String tag = BY_TYPE.get(value.getClass());
      if (tag == null) {
        throw new IllegalStateException("expected a tag for " + value.getClass());
      }
      sink.json().writeString(tag);
      RecordCodec.writeInto(sink, (Record) value);
    }
    sink.json().writeEndArray();
  }

  /// Reads from the array's opening to its end.
  static Object read(RecordCodec.Source source) {
    source.json().nextToken();
    return readTagged(source);
  }

  /// Reads from the tag to the array's end.
  static Object readTagged(RecordCodec.Source source) {
    String tag = source.json().getString();
    if (tag.equals(ENTERED)) {
      JsonToken end = source.json().nextToken();
      if (end != JsonToken.END_ARRAY) {
        throw new IllegalStateException("expected the end of a phase, found " + end);
      }
      return Frame.Phase.Entered.ENTERED;
    }
    Class<? extends Record> type = BY_TAG.get(tag);
    if (type == null) {
      throw new IllegalStateException("expected a known tag, found " + tag);
    }
    return RecordCodec.read(source, type);
  }
}
