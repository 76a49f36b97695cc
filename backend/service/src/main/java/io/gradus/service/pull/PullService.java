package io.gradus.service.pull;

import io.gradus.asl.cloudformation.Home;
import io.gradus.asl.validate.MachineType;
import io.gradus.integrations.aws.AwsConnection;
import io.gradus.integrations.aws.AwsConnections;
import io.gradus.integrations.aws.AwsStateMachines;
import io.gradus.integrations.aws.AwsStateMachines.Described;
import io.gradus.integrations.aws.AwsStateMachines.Listed;
import io.gradus.integrations.aws.AwsStateMachines.Part;
import io.gradus.integrations.aws.AwsUnreachable;
import io.gradus.service.Caller;
import io.gradus.service.ErrorCode;
import io.gradus.service.Refusal;
import io.gradus.service.Role.Permission;
import io.gradus.service.arn.Access;
import io.gradus.service.arn.Arns;
import io.gradus.service.audit.AuditTrail;
import io.gradus.service.connection.CallableConnections;
import io.gradus.service.connection.Connection;
import io.gradus.service.connection.ConnectionKind;
import io.gradus.service.connection.ConnectionService;
import io.gradus.service.function.FunctionService;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Takes state machines over from an AWS account, by a connection of the tenant's. It reads; making
/// them here is left to who asked.
public final class PullService {
  /// So many state machines of an account are offered.
  public static final int MOST = 10_000;

  /// The longest that AWS makes.
  private static final int LONGEST_ARN = 256;

  private final Places places;
  private final AwsStateMachines there;
  private final FunctionService functions;
  private final Arns arns;
  private final AuditTrail audit;

  /// Where connections are found.
  ///
  /// @param effective what tasks call by, which is the operator's where the tenant has none
  public record Places(
      ConnectionService listed, CallableConnections callable, AwsConnections effective) {}

  /// A connection to take from.
  ///
  /// @param name the empty text for the operator's
  /// @param isDefault whether tasks call by it that name no other
  public record Source(String name, String region, boolean isDefault) {}

  /// A state machine that can be taken.
  ///
  /// @param createdAt null where AWS does not say
  public record Machine(String arn, String name, boolean isExpress, @Nullable Instant createdAt) {
    static Machine of(Listed listed) {
      return new Machine(listed.arn(), listed.name(), listed.isExpress(), listed.createdAt());
    }
  }

  /// What there is to be taken.
  ///
  /// @param isMore whether there are more than are told
  public record Offer(List<Machine> machines, boolean isMore) {
    public Offer {
      machines = List.copyOf(machines);
    }
  }

  /// A state machine as it could be made here.
  ///
  /// @param definition names what is here where it named the account it comes from: state machines,
  ///   activities, and functions that are registered
  /// @param withoutTags why its tags were not read; null where they were
  public record Pulled(
      String name,
      MachineType type,
      String definition,
      Map<String, String> tags,
      @Nullable String withoutTags) {
    public Pulled {
      tags = Map.copyOf(tags);
    }
  }

  public PullService(
      Places places,
      AwsStateMachines there,
      FunctionService functions,
      Arns arns,
      AuditTrail audit) {
    this.places = places;
    this.there = there;
    this.functions = functions;
    this.arns = arns;
    this.audit = audit;
  }

  /// The connections that lead to Step Functions, the tasks' own first. None for who makes no state
  /// machines.
  public List<Source> sources(Caller caller) {
    if (!caller.allows(Permission.AUTHOR)) {
      return List.of();
    }
    List<Source> sources = new ArrayList<>();
    boolean isOwn = false;
    for (Connection each : places.listed().list(caller)) {
      if (each.kind() == ConnectionKind.AWS) {
        isOwn |= each.isDefault();
        connection(caller, each.name())
            .map(found -> new Source(each.name(), found.region(), each.isDefault()))
            .ifPresent(source -> sources.add(each.isDefault() ? 0 : sources.size(), source));
      }
    }
    if (!isOwn) {
      connection(caller, "")
          .map(found -> new Source("", found.region(), true))
          .ifPresent(sources::addFirst);
    }
    return sources;
  }

  /// The state machines of the account, in its order. Blocks for up to fifteen seconds for each
  /// thousand.
  ///
  /// @param source as [#sources] names it
  /// @throws Refusal with what AWS said where it did not tell
  public Offer list(Caller caller, String source) {
    Access.require(caller, Permission.AUTHOR, "PullStateMachine", "*");
    AwsConnection connection = required(caller, source);
    List<Machine> machines = new ArrayList<>();
    try {
      String next = null;
      do {
        Part part = there.list(caller.tenant(), connection, next);
        part.machines().stream().map(Machine::of).forEach(machines::add);
        // Who says that there is more, and gives nothing, would have us ask for ever.
        next = part.machines().isEmpty() ? null : part.next();
      } while (next != null && machines.size() < MOST);
      boolean isMore = next != null || machines.size() > MOST;
      return new Offer(machines.subList(0, Math.min(MOST, machines.size())), isMore);
    } catch (AwsUnreachable unreachable) {
      throw failed(unreachable);
    }
  }

  /// Reads one. Blocks for up to thirty seconds.
  ///
  /// @param source as [#sources] names it
  /// @param arn as [#list] tells it
  /// @throws Refusal with what AWS said where it did not tell
  public Pulled pull(Caller caller, String source, String arn) {
    Access.require(caller, Permission.AUTHOR, "PullStateMachine", arn);
    if (arn.length() > LONGEST_ARN) {
      throw new Refusal(ErrorCode.INVALID_ARN, "Invalid Arn: 'ARN is longer than 256 characters'");
    }
    AwsConnection connection = required(caller, source);
    audit.record(caller, "PullStateMachine", arn);
    try {
      Described found = there.describe(caller.tenant(), connection, arn);
      String definition =
          ArnMove.of(
              found.definition(),
              found.arn(),
              new Home(arns.region(), caller.account()),
              name -> functions.find(caller.tenant(), name).isPresent());
      Map<String, String> tags = Map.of();
      String withoutTags = null;
      try {
        tags = there.tags(caller.tenant(), connection, arn);
      } catch (AwsUnreachable unreachable) {
        withoutTags = unreachable.problem();
      }
      MachineType type = found.isExpress() ? MachineType.EXPRESS : MachineType.STANDARD;
      return new Pulled(found.name(), type, definition, tags, withoutTags);
    } catch (AwsUnreachable unreachable) {
      throw failed(unreachable);
    }
  }

  private AwsConnection required(Caller caller, String source) {
    return connection(caller, source)
        .orElseThrow(
            () ->
                new Refusal(
                    ErrorCode.RESOURCE_NOT_FOUND,
                    "There is no connection '" + source + "' to AWS any more"));
  }

  private Optional<AwsConnection> connection(Caller caller, String source) {
    Optional<AwsConnection> found =
        source.isEmpty()
            ? places.effective().find(caller.tenant()).filter(AwsConnection::operators)
            : places.callable().aws(caller.tenant(), source);
    return found.filter(AwsStateMachines::isThere);
  }

  private static Refusal failed(AwsUnreachable unreachable) {
    return new Refusal(ErrorCode.VALIDATION, unreachable.problem());
  }
}
