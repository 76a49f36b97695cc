package io.gradus.service.log;

import io.gradus.engine.TenantId;
import io.gradus.integrations.aws.LogGroups;
import io.gradus.integrations.aws.LogGroups.Answer;
import io.gradus.service.definition.LogDestinations;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks CloudWatch Logs, where the tenant has a connection: makes the log stream that AWS makes to
/// see whether it may write there. Whoever has none has the own log alone, and any destination will
/// do. A service that does not answer keeps nobody from working on a definition.
public final class ConnectedDestinations implements LogDestinations {
  private static final Logger LOG = LoggerFactory.getLogger(ConnectedDestinations.class);
  private static final String STREAM =
      "log_stream_created_by_aws_to_validate_log_delivery_subscriptions";

  private final LogGroups groups;

  /// Asks by these connections.
  public ConnectedDestinations(LogGroups groups) {
    this.groups = groups;
  }

  @Override
  public Optional<String> fault(TenantId tenant, String logGroupArn) {
    if (!groups.isConnected(tenant)) {
      return Optional.empty();
    }
    String name = LogGroupName.of(logGroupArn);
    if (name == null) {
      return Optional.of("Log Destination not found.");
    }
    if (!LogGroupName.leaves(logGroupArn)) {
      return Optional.empty();
    }
    return switch (groups.createStream(tenant, name, STREAM)) {
      case Answer.Done _ -> Optional.empty();
      case Answer.Missing _ -> Optional.of("Log Destination not found.");
      case Answer.Denied _ ->
          Optional.of("The state machine IAM Role is not authorized to access the Log Destination");
      case Answer.Failed failed -> {
        LOG.atWarn()
            .addKeyValue("tenant", tenant)
            .addKeyValue("logGroup", name)
            .log("A log destination is taken unseen: {}", failed.why());
        yield Optional.empty();
      }
    };
  }
}
