package io.gradus.runtime.node;

import io.gradus.engine.Command;
import java.util.concurrent.CompletableFuture;

/// A command on its way to an execution.
///
/// @param answer completed after the command's commit, or when it was refused
public record Delivery(Command command, Source source, CompletableFuture<Answer> answer) {
  /// Where a command came from, and so what its transition has to delete.
  public sealed interface Source {
    /// From this node itself; lost with it, and then made again from state.
    enum Here implements Source {
      HERE
    }

    /// A client of this node, which waits for the answer.
    enum Client implements Source {
      CLIENT
    }

    /// A row of the inbox.
    record Inbox(String sourceId) implements Source {}

    /// A timer's row.
    enum TimerRow implements Source {
      TIMER_ROW
    }
  }

  public static Delivery here(Command command) {
    return new Delivery(command, Source.Here.HERE, new CompletableFuture<>());
  }

  public static Delivery client(Command command) {
    return new Delivery(command, Source.Client.CLIENT, new CompletableFuture<>());
  }

  public static Delivery inbox(Command command, String sourceId) {
    return new Delivery(command, new Source.Inbox(sourceId), new CompletableFuture<>());
  }

  public static Delivery timerRow(Command command) {
    return new Delivery(command, Source.TimerRow.TIMER_ROW, new CompletableFuture<>());
  }
}
