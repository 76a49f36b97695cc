package io.gradus.store.engine;

import io.gradus.engine.ExecutionKey;
import io.gradus.engine.ExecutionStatus;
import io.gradus.store.commit.NewExecution;
import io.gradus.store.commit.SideRows;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// All that the database holds of an execution but its history, as of one moment.
///
/// @param owner the incarnation that has it; 0 for none
/// @param account of its tenant, 12 digits
/// @param awsStrict whether AWS's limits hold for it
/// @param state encoded
/// @param frames those that are stored as rows of their own
/// @param inbox oldest first
/// @param mapChild null for one that is no child of a Map Run
public record StoredExecution(
    ExecutionKey key,
    long version,
    int owner,
    long movedBy,
    ExecutionStatus status,
    String name,
    String account,
    boolean awsStrict,
    StoredRevision revision,
    Instant startedAt,
    @Nullable Instant stoppedAt,
    long lastEventId,
    byte[] state,
    byte @Nullable [] mocks,
    NewExecution.@Nullable Parent parent,
    @Nullable String traceHeader,
    @Nullable String versionArn,
    @Nullable String aliasArn,
    List<SideRows.FrameRow> frames,
    List<Message> inbox,
    @Nullable MapChild mapChild) {

  /// One that is no child of a Map Run.
  public StoredExecution(
      ExecutionKey key,
      long version,
      int owner,
      long movedBy,
      ExecutionStatus status,
      String name,
      String account,
      boolean awsStrict,
      StoredRevision revision,
      Instant startedAt,
      @Nullable Instant stoppedAt,
      long lastEventId,
      byte[] state,
      byte @Nullable [] mocks,
      NewExecution.@Nullable Parent parent,
      @Nullable String traceHeader,
      @Nullable String versionArn,
      @Nullable String aliasArn,
      List<SideRows.FrameRow> frames,
      List<Message> inbox) {
    this(
        key,
        version,
        owner,
        movedBy,
        status,
        name,
        account,
        awsStrict,
        revision,
        startedAt,
        stoppedAt,
        lastEventId,
        state,
        mocks,
        parent,
        traceHeader,
        versionArn,
        aliasArn,
        frames,
        inbox,
        null);
  }

  /// A child of a Map Run.
  ///
  /// @param mapState whose processor it runs
  public record MapChild(UUID mapRunId, String mapState, long index, int items) {}

  /// A row of its inbox.
  public record Message(String sourceId, int kind, byte[] payload) {}

  /// What became of a name: enough to tell whether a start is a repeated one.
  public record Named(
      ExecutionKey key,
      UUID stateMachineId,
      String name,
      ExecutionStatus status,
      byte[] inputHash,
      Instant startedAt,
      NewExecution.@Nullable Parent parent) {}

  /// How many bytes it holds, about.
  public int size() {
    int size = 500 + state.length + (mocks == null ? 0 : mocks.length);
    for (SideRows.FrameRow frame : frames) {
      size += 60 + frame.state().length;
    }
    for (Message message : inbox) {
      size += 60 + message.payload().length;
    }
    return size;
  }

  /// The ids of the revisions' state machine.
  public UUID stateMachineId() {
    return revision.stateMachineId();
  }
}
