package io.gradus.engine.journal;

import io.gradus.engine.Deadline;
import io.gradus.engine.Execution;
import io.gradus.engine.ExecutionInfo;
import io.gradus.engine.ExecutionStatus;
import io.gradus.engine.Frame;
import io.gradus.engine.FrameId;
import io.gradus.engine.Origin;
import io.gradus.engine.Payload;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;

/// The bytes of an execution's state and of the frames that are rows of their own. A value of more
/// than [Payload#INLINE_BYTES] is named by its place in the history.
public final class StateCodec {
  private static final RecordCodec.PayloadReader PAYLOADS =
      new RecordCodec.PayloadReader() {
        @Override
        public Payload inline(byte[] bytes, int from, int size, Origin origin) {
          return Payload.ofText(Arrays.copyOfRange(bytes, from, from + size));
        }

        @Override
        public Payload reference(Origin origin) {
          return Payload.unresolved(origin);
        }
      };

  private StateCodec() {}

  /// All of an execution but its frames.
  private record Head(
      ExecutionStatus status,
      long lastEventId,
      @Nullable Payload input,
      @Nullable Payload output,
      @Nullable String error,
      @Nullable String cause,
      @Nullable Instant stoppedAt,
      int redriveCount,
      @Nullable Deadline timeout,
      @Nullable Instant redrivenAt,
      long waitingBytes) {}

  /// An execution with those of its frames that are not stored apart.
  public static byte[] encode(Execution execution) {
    return write(
        sink -> {
          sink.json().writeStartArray();
          RecordCodec.write(
              sink,
              new Head(
                  execution.status(),
                  execution.lastEventId(),
                  execution.input(),
                  execution.output(),
                  execution.error(),
                  execution.cause(),
                  execution.stoppedAt(),
                  execution.redriveCount(),
                  execution.timeout(),
                  execution.redrivenAt(),
                  execution.waitingBytes()));
          for (Frame frame : execution.frames().values()) {
            if (!frame.id().isStoredApart()) {
              RecordCodec.write(sink, frame);
            }
          }
          sink.json().writeEndArray();
        });
  }

  public static byte[] encodeFrame(Frame frame) {
    return write(sink -> RecordCodec.write(sink, frame));
  }

  /// Reads a stored execution. Values it only refers to are in [#unresolved].
  ///
  /// @param frames the rows of the frames that are stored apart, in any order
  public static Execution decode(ExecutionInfo info, byte[] state, Collection<byte[]> frames) {
    PMap<FrameId, Frame> all = HashTreePMap.empty();
    Head head;
    try (JsonParser json = RecordCodec.JSON.createParser(ObjectReadContext.empty(), state)) {
      RecordCodec.Source source = new RecordCodec.Source(json, state, PAYLOADS, 0);
      json.nextToken();
      json.nextToken();
      head = RecordCodec.read(source, Head.class);
      while (json.nextToken() == JsonToken.START_ARRAY) {
        Frame frame = RecordCodec.read(source, Frame.class);
        all = all.plus(frame.id(), frame);
      }
    }
    for (byte[] row : frames) {
      Frame frame = decodeFrame(row);
      all = all.plus(frame.id(), frame);
    }
    return new Execution(
        info,
        head.status(),
        head.lastEventId(),
        head.input(),
        head.output(),
        head.error(),
        head.cause(),
        head.stoppedAt(),
        head.redriveCount(),
        head.timeout(),
        all,
        head.redrivenAt(),
        head.waitingBytes());
  }

  /// What an execution was given and what came of it. Values it only refers to are not resolved.
  public record Outcome(
      @Nullable Payload input,
      @Nullable Payload output,
      @Nullable String error,
      @Nullable String cause) {}

  /// Reads no more of a stored execution than its outcome.
  public static Outcome outcome(byte[] state) {
    try (JsonParser json = RecordCodec.JSON.createParser(ObjectReadContext.empty(), state)) {
      json.nextToken();
      json.nextToken();
      Head head = RecordCodec.read(new RecordCodec.Source(json, state, PAYLOADS, 0), Head.class);
      return new Outcome(head.input(), head.output(), head.error(), head.cause());
    }
  }

  /// The payloads that must be resolved from the history before the execution is moved.
  public static List<Payload> unresolved(Execution execution) {
    List<Payload> found = new ArrayList<>();
    add(execution.input(), found);
    add(execution.output(), found);
    for (Frame frame : execution.frames().values()) {
      frame.variables().values().forEach(p -> add(p, found));
      Frame.At at = frame.at();
      if (at != null) {
        add(at.input(), found);
      }
      switch (frame.phase()) {
        case Frame.Phase.Exited p -> add(p.output(), found);
        case Frame.Phase.Ready p -> add(p.input(), found);
        case Frame.Phase.AwaitingTask p -> {
          add(p.arguments(), found);
          add(p.credentials(), found);
        }
        case Frame.Phase.InMap p -> {
          add(p.items(), found);
          add(p.effectiveInput(), found);
        }
        case Frame.Phase.InMapRun p -> {
          List<Payload> own = new ArrayList<>();
          Payloads.collect(p.batching(), p.source(), p.sink(), own);
          own.forEach(each -> add(each, found));
          add(p.items(), found);
          add(p.effectiveInput(), found);
        }
        case Frame.Phase.Finished p -> add(p.output(), found);
        case Frame.Phase.Entered _,
            Frame.Phase.AwaitingRetry _,
            Frame.Phase.AwaitingWait _,
            Frame.Phase.InParallel _ -> {}
      }
    }
    return found;
  }

  private static void add(@Nullable Payload payload, List<Payload> into) {
    if (payload != null && !payload.isResolved()) {
      into.add(payload);
    }
  }

  private static Frame decodeFrame(byte[] row) {
    try (JsonParser json = RecordCodec.JSON.createParser(ObjectReadContext.empty(), row)) {
      json.nextToken();
      return RecordCodec.read(new RecordCodec.Source(json, row, PAYLOADS, 0), Frame.class);
    }
  }

  private interface Body {
    void write(RecordCodec.Sink sink);
  }

  private static byte[] write(Body body) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    try (JsonGenerator json = RecordCodec.JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
      // event 0 is no event: nothing stands here that stands in the history
      body.write(new RecordCodec.Sink(json, bytes, 0));
    }
    return bytes.toByteArray();
  }
}
