package io.gradus.runtime.node;

import io.gradus.asl.model.Resource;
import io.gradus.asl.parse.DefinitionParser;
import io.gradus.asl.parse.Parsed;
import io.gradus.engine.Execution;
import io.gradus.engine.ExecutionInfo;
import io.gradus.engine.ExecutionKey;
import io.gradus.engine.Fact;
import io.gradus.engine.Payload;
import io.gradus.engine.TenantId;
import io.gradus.engine.journal.JournalCodec;
import io.gradus.engine.port.Connector;
import io.gradus.engine.port.TaskInvocation;
import io.gradus.engine.port.TaskOutcome;
import io.gradus.runtime.Machine;
import io.gradus.runtime.NodeSettings;
import io.gradus.runtime.StartRequest;
import io.gradus.runtime.StartResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What the tests of a node have in common.
final class World {
  static final TenantId TENANT = new TenantId(TestDatabase.TENANT);
  static final byte[] SECRET = new byte[32];

  private World() {}

  static NodeSettings settings(String name) {
    return NodeSettings.usual(name, "us-east-1", SECRET);
  }

  static Machine machine(UUID id, String name, boolean express, String definition) {
    Parsed parsed = DefinitionParser.parse(definition);
    if (parsed.definition() == null) {
      throw new IllegalArgumentException(parsed.diagnostics().toString());
    }
    return new Machine(
        id,
        id,
        "arn:aws:states:us-east-1:" + TestDatabase.ACCOUNT + ":stateMachine:" + name,
        name,
        "arn:aws:iam::000000000000:role/test",
        null,
        null,
        express,
        parsed.definition(),
        ExecutionInfo.Limits.AWS);
  }

  static StartRequest request(Machine machine, @Nullable String name, String input) {
    return new StartRequest(TENANT, machine, name, Payload.ofText(input), null, null, null);
  }

  static ExecutionKey started(CompletionStage<StartResult> start) {
    return switch (get(start)) {
      case StartResult.Started s -> s.key();
      case StartResult.AlreadyExists e -> throw new AssertionError("exists: " + e.executionArn());
      case StartResult.Throttled _ -> throw new AssertionError("throttled");
    };
  }

  static <T> T get(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError("expected an answer within 30 s", e);
    }
  }

  static void await(String what, BooleanSupplier condition) {
    await(what, Duration.ofSeconds(30), condition);
  }

  static void await(String what, Duration atMost, BooleanSupplier condition) {
    long until = System.nanoTime() + atMost.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > until) {
        throw new AssertionError("expected within " + atMost + ": " + what);
      }
      LockSupport.parkNanos(2_000_000L);
    }
  }

  /// Lets time pass where time itself is what is tried.
  static void pause(Duration duration) {
    long until = System.nanoTime() + duration.toNanos();
    await("time to pass", duration.plusSeconds(5), () -> System.nanoTime() >= until);
  }

  /// A connector for every function ARN.
  static Connector functions(Function<TaskInvocation, CompletionStage<TaskOutcome>> answer) {
    return new Connector() {
      @Override
      public boolean handles(Resource resource) {
        return resource.arn().contains(":lambda:") || resource.arn().contains(":lambda");
      }

      @Override
      public CompletionStage<TaskOutcome> invoke(TaskInvocation invocation) {
        return answer.apply(invocation);
      }
    };
  }

  static String status(TestDatabase database, ExecutionKey key) {
    List<List<String>> rows =
        database.rows("select status from execution where id = '" + key.id() + "'");
    return rows.isEmpty() ? "none" : rows.getFirst().getFirst();
  }

  static List<Fact> journal(TestDatabase database, ExecutionKey key) {
    List<Fact> facts = new ArrayList<>();
    for (List<String> row :
        database.rows(
            "select encode(events, 'hex') from history where execution_id = '"
                + key.id()
                + "' order by first_event_id")) {
      facts.addAll(JournalCodec.decode(HexFormat.of().parseHex(row.getFirst())));
    }
    return facts;
  }

  /// An execution to which nothing has happened yet.
  static Execution fresh(Machine machine, UUID id, String name) {
    return Execution.fresh(
        new ExecutionInfo(
            new ExecutionKey(TENANT, id),
            "arn",
            name,
            machine.arn(),
            machine.name(),
            machine.roleArn(),
            null,
            null,
            Instant.EPOCH,
            machine.definition(),
            machine.limits()));
  }

  /// The output of an execution that succeeded, looked up in its journal where state refers to it.
  static Payload resolved(Execution execution, List<Fact> journal) {
    Payload output = execution.output();
    if (output == null) {
      throw new AssertionError("expected an output");
    }
    if (!output.isResolved()) {
      for (byte[] run : List.of(JournalCodec.encode(journal))) {
        JournalCodec.payloads(run, List.of(output.origin())).values().forEach(output::resolve);
      }
    }
    return output;
  }
}
