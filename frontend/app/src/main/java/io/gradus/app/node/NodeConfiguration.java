package io.gradus.app.node;

import io.gradus.api.operation.Operations;
import io.gradus.api.task.StepFunctionsConnector;
import io.gradus.app.settings.EgressSettings;
import io.gradus.app.settings.LimitSettings;
import io.gradus.app.settings.ServerSettings;
import io.gradus.engine.port.Connector;
import io.gradus.engine.port.ItemReader;
import io.gradus.engine.port.ResultWriter;
import io.gradus.integrations.activity.ActivityConnector;
import io.gradus.integrations.approval.ApprovalConnector;
import io.gradus.integrations.aws.AwsConnector;
import io.gradus.integrations.aws.EksConnector;
import io.gradus.integrations.aws.job.JobConnector;
import io.gradus.integrations.egress.EgressClient;
import io.gradus.integrations.egress.EgressPolicy;
import io.gradus.integrations.lambda.LambdaConnector;
import io.gradus.integrations.lambda.LambdaEndpoints;
import io.gradus.integrations.states.StartExecutionConnector;
import io.gradus.postgres.RunningPostgres;
import io.gradus.runtime.MapPorts;
import io.gradus.runtime.NodeSettings;
import io.gradus.runtime.node.Node;
import io.gradus.runtime.task.TaskDispatcher;
import io.gradus.service.approval.ApprovalDesks;
import io.gradus.service.child.ChildExecutions;
import io.gradus.service.execution.ExecutionService;
import io.gradus.service.function.FunctionRecords;
import io.gradus.service.function.RegisteredFunctions;
import io.gradus.service.secret.LastingKeys;
import io.gradus.service.trigger.TriggerFigures;
import io.gradus.store.Database;
import io.gradus.store.engine.Backlogs;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.unit.DataSize;

/// The running node and its connectors.
@Configuration(proxyBeanMethods = false)
class NodeConfiguration {
  /// For what tenants configure.
  @Bean
  EgressPolicy egressPolicy(
      EgressSettings settings, ServerSettings server, ObjectProvider<RunningPostgres> postgres) {
    Set<Integer> own = new HashSet<>(Set.of(server.port()));
    postgres.ifAvailable(running -> own.add(running.port()));
    return EgressPolicy.parse(String.join(",", settings.allow()), own);
  }

  @Bean(destroyMethod = "close")
  EgressClient tenantsEgress(EgressPolicy policy) {
    return EgressClient.heldTo(policy);
  }

  @Bean(destroyMethod = "close")
  EgressClient operatorsEgress() {
    return EgressClient.ofOperator();
  }

  @Bean
  ChildExecutions childExecutions(ObjectProvider<ExecutionService> executions) {
    // The node runs tasks that start executions, which need the node: the circle is closed at the
    // first call.
    return new ChildExecutions(executions::getObject);
  }

  @Bean(destroyMethod = "close")
  StepFunctionsConnector stepFunctionsConnector(ObjectProvider<Operations> operations) {
    return new StepFunctionsConnector(operations::getObject);
  }

  @Bean
  List<Connector> connectors(
      FunctionRecords functions,
      LambdaEndpoints lambda,
      ChildExecutions children,
      ApprovalDesks approvals,
      StepFunctionsConnector stepFunctions,
      JobConnector jobs,
      EksConnector eks,
      AwsConnector aws,
      ConnectionConfiguration.Connected connected,
      WorkMeters meters,
      EgressClient tenantsEgress,
      EgressClient operatorsEgress) {
    return List.of(
        meters.metered(
            "lambda",
            new LambdaConnector(
                new RegisteredFunctions(functions), lambda, tenantsEgress, operatorsEgress)),
        meters.metered("http", connected.http()),
        meters.metered("email", connected.email()),
        meters.metered("sql", connected.sql()),
        meters.metered("slack", connected.slack()),
        meters.metered("apigateway", connected.apiGateway()),
        new StartExecutionConnector(children),
        new ApprovalConnector(approvals),
        stepFunctions,
        jobs,
        meters.metered("kubernetes", eks),
        aws,
        new ActivityConnector());
  }

  @Bean
  NodeLifecycle node(
      ServerSettings server,
      LimitSettings limits,
      LastingKeys keys,
      Database database,
      List<Connector> connectors,
      ObjectProvider<ItemReader> itemReader,
      ObjectProvider<ResultWriter> resultWriter) {
    NodeSettings settings =
        NodeSettings.usual(name(server), server.region(), keys.derive("task-tokens"))
            .withLifted(limits.lifted())
            .withBounds(bounds(limits))
            .withMoves(server.roles().contains(ServerSettings.Role.ENGINE));
    return new NodeLifecycle(
        () ->
            new Node(
                settings,
                database,
                connectors,
                new MapPorts(itemReader.getIfAvailable(), resultWriter.getIfAvailable())));
  }

  @Bean
  PollsEnd pollsEnd(NodeLifecycle node) {
    return new PollsEnd(node);
  }

  @Bean
  WorkMeters workMeters(ObjectProvider<MeterRegistry> registry) {
    return new WorkMeters(registry::getObject);
  }

  @Bean
  MeterBinder backlogMeters(Database database, TriggerFigures triggers) {
    return new BacklogMeters(new Backlogs(database.engine())::read, triggers);
  }

  @Bean
  MeterBinder nodeMeters(NodeLifecycle node) {
    return new NodeMeters(node);
  }

  private static NodeSettings.Bounds bounds(LimitSettings limits) {
    DataSize hot = limits.hotMemory();
    return new NodeSettings.Bounds(
        hot == null ? NodeSettings.Bounds.usual().hotBytes() : hot.toBytes(),
        new TaskDispatcher.Bounds(limits.callsPerTenant(), limits.calls()),
        limits.startsPerSecond());
  }

  private static String name(ServerSettings server) {
    String set = server.nodeName();
    if (set != null) {
      return set;
    }
    try {
      return InetAddress.getLocalHost().getHostName() + ":" + server.port();
    } catch (UnknownHostException e) {
      return "localhost:" + server.port();
    }
  }
}
