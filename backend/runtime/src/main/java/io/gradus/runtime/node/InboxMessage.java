package io.gradus.runtime.node;

import io.gradus.asl.model.ErrorName;
import io.gradus.engine.Command;
import io.gradus.engine.Command.FailureKind;
import io.gradus.engine.Execution;
import io.gradus.engine.ExecutionStatus;
import io.gradus.engine.FrameId;
import io.gradus.engine.Payload;
import io.gradus.engine.TaskId;
import io.gradus.runtime.StartRequest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What an inbox row says, as bytes: a kind, and what that kind needs.
public final class InboxMessage {
  private InboxMessage() {}

  /// The kinds; the name is stored, with a short form of its own. The codes are stored.
  private enum Kind {
    STOP(0),
    SUCCESS(1),
    FAILURE(2),
    HEARTBEAT(3),
    STARTED(4),
    CHILD_END(5),
    START(6),
    MAP_CHILD_END(7),
    MAP_RUN_UPDATE(8);

    private static final Kind[] ALL = values();

    private final int code;

    Kind(int code) {
      this.code = code;
    }

    static Kind of(int code) {
      for (Kind kind : ALL) {
        if (kind.code == code) {
          return kind;
        }
      }
      throw new IllegalStateException("expected the code of a message, found " + code);
    }
  }

  static byte[] start() {
    return write(Kind.START, _ -> {});
  }

  public static byte[] stop(@Nullable String error, @Nullable String cause) {
    return write(
        Kind.STOP,
        out -> {
          text(out, error);
          text(out, cause);
        });
  }

  public static byte[] success(TaskId task, Payload output) {
    return write(
        Kind.SUCCESS,
        out -> {
          task(out, task);
          out.write(output.bytes());
        });
  }

  public static byte[] failure(TaskId task, ErrorName error, @Nullable String cause) {
    return write(
        Kind.FAILURE,
        out -> {
          task(out, task);
          text(out, error.value());
          text(out, cause);
        });
  }

  public static byte[] heartbeat(TaskId task) {
    return write(Kind.HEARTBEAT, out -> task(out, task));
  }

  public static byte[] started(TaskId task, @Nullable String workerName) {
    return write(
        Kind.STARTED,
        out -> {
          task(out, task);
          text(out, workerName);
        });
  }

  static byte[] childEnd(TaskId task, byte[] description) {
    return write(
        Kind.CHILD_END,
        out -> {
          task(out, task);
          out.write(description);
        });
  }

  /// A child of a Map Run came to its end.
  ///
  /// @param mapRun its frame, and its `MapRunStarted`
  /// @param redrivable whether it could be taken up again, did it not succeed
  static byte[] mapChildEnd(
      TaskId mapRun, ExecutionStatus status, StartRequest.MapItem item, boolean redrivable) {
    return write(
        Kind.MAP_CHILD_END,
        out -> {
          task(out, mapRun);
          out.writeByte(status.code());
          out.writeLong(item.index());
          out.writeInt(item.items());
          out.writeBoolean(redrivable);
        });
  }

  public static byte[] mapRunUpdate(Command.UpdateMapRun update) {
    return write(
        Kind.MAP_RUN_UPDATE,
        out -> {
          text(out, update.mapRunId().toString());
          text(out, textOf(update.maxConcurrency()));
          text(out, textOf(update.toleratedFailureCount()));
          text(out, textOf(update.toleratedFailurePercentage()));
        });
  }

  private static @Nullable String textOf(@Nullable Number number) {
    return number == null ? null : number.toString();
  }

  /// The command that a row stands for.
  ///
  /// @param execution the one it is for
  static Command command(byte[] message, Execution execution) {
    try (var in = new DataInputStream(new ByteArrayInputStream(message))) {
      return switch (Kind.of(in.readByte())) {
        case STOP -> new Command.StopExecution(text(in), text(in));
        case SUCCESS -> new Command.TaskSucceeded(task(in), Payload.ofText(in.readAllBytes()));
        case FAILURE -> {
          TaskId task = task(in);
          String error = text(in);
          String cause = text(in);
          yield new Command.TaskFailed(
              task, FailureKind.FAILED, new ErrorName(error == null ? "" : error), cause);
        }
        case HEARTBEAT -> new Command.TaskHeartbeat(task(in));
        case STARTED -> new Command.TaskStarted(task(in), text(in));
        case START -> new Command.StartExecution();
        case MAP_CHILD_END -> {
          TaskId mapRun = task(in);
          ExecutionStatus status = ExecutionStatus.ofCode(in.readByte());
          long index = in.readLong();
          int items = in.readInt();
          // An older node says nothing more.
          boolean redrivable = in.available() == 0 || in.readBoolean();
          yield new Command.ChildEnded(
              mapRun.frame(), mapRun.attempt(), index, status, items, redrivable);
        }
        case MAP_RUN_UPDATE -> {
          String id = text(in);
          String concurrency = text(in);
          String count = text(in);
          String percentage = text(in);
          yield new Command.UpdateMapRun(
              UUID.fromString(id == null ? "" : id),
              concurrency == null ? null : Integer.valueOf(concurrency),
              count == null ? null : Integer.valueOf(count),
              percentage == null ? null : Double.valueOf(percentage));
        }
        case CHILD_END -> ChildEnd.command(execution, task(in), in.readAllBytes());
      };
    } catch (IOException e) {
      throw new UncheckedIOException("expected a whole inbox message", e);
    }
  }

  private interface Content {
    void to(DataOutputStream out) throws IOException;
  }

  private static byte[] write(Kind kind, Content content) {
    var bytes = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(bytes)) {
      out.writeByte(kind.code);
      content.to(out);
    } catch (IOException e) {
      throw new UncheckedIOException("expected memory to take bytes", e);
    }
    return bytes.toByteArray();
  }

  private static void task(DataOutputStream out, TaskId task) throws IOException {
    text(out, task.frame().value());
    out.writeLong(task.attempt());
  }

  private static TaskId task(DataInputStream in) throws IOException {
    String frame = text(in);
    return new TaskId(new FrameId(frame == null ? "" : frame), in.readLong());
  }

  private static void text(DataOutputStream out, @Nullable String text) throws IOException {
    if (text == null) {
      out.writeInt(-1);
    } else {
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      out.writeInt(utf8.length);
      out.write(utf8);
    }
  }

  private static @Nullable String text(DataInputStream in) throws IOException {
    int length = in.readInt();
    return length < 0 ? null : new String(in.readNBytes(length), StandardCharsets.UTF_8);
  }
}
