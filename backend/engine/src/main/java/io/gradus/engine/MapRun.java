package io.gradus.engine;

import io.gradus.asl.model.State;
import io.gradus.asl.model.StateName;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What others are shown of a Map Run.
///
/// @param id the last part of its ARN
/// @param label of the Map, as its ARN has it
/// @param total how many items there are in all, null while that is not known
/// @param stoppedAt null while it runs
public record MapRun(
    UUID id,
    StateName state,
    String label,
    Status status,
    MapProgress progress,
    @Nullable Long total,
    Instant startedAt,
    @Nullable Instant stoppedAt,
    int redriveCount,
    @Nullable Instant redrivenAt) {

  /// AWS's statuses of a Map Run.
  public enum Status {
    RUNNING(0),
    SUCCEEDED(1),
    FAILED(2),
    ABORTED(3);

    private static final Status[] ALL = values();

    private final int code;

    Status(int code) {
      this.code = code;
    }

    /// What the database stores.
    public int code() {
      return code;
    }

    /// The status of that code.
    ///
    /// @throws IllegalArgumentException if there is none
    public static Status ofCode(int code) {
      for (Status status : ALL) {
        if (status.code == code) {
          return status;
        }
      }
      throw new IllegalArgumentException("expected the code of a Map Run's status, found " + code);
    }
  }

  /// What a Map is called in ARNs: its `Label`, or a name made for it that stays the same.
  ///
  /// @param machineArn of the state machine around it, with or without a label of its own
  public static String label(String machineArn, State.MapState state) {
    String own = state.map().label();
    return own != null
        ? own
        : UUID.nameUUIDFromBytes(
                (unlabelled(machineArn) + "/" + state.name()).getBytes(StandardCharsets.UTF_8))
            .toString();
  }

  /// The ARN of the state machine that a Map's children have.
  public static String machineArn(String machineArn, String label) {
    return unlabelled(machineArn) + "/" + label;
  }

  /// The ARN of a Map Run.
  ///
  /// @param machineArn of the state machine around it, with or without a label of its own
  public static String arn(String machineArn, String label, String id) {
    return unlabelled(machineArn).replaceFirst(":stateMachine:", ":mapRun:")
        + "/"
        + label
        + ":"
        + id;
  }

  /// A Map inside the children of another one is named after the state machine all the same.
  private static String unlabelled(String machineArn) {
    int slash = machineArn.indexOf('/');
    return slash < 0 ? machineArn : machineArn.substring(0, slash);
  }
}
