package io.gradus.bench.chaos.simulation;

import io.gradus.bench.chaos.check.StoredRun;
import io.gradus.bench.chaos.simulation.Life.Answer;
import io.gradus.bench.chaos.simulation.Life.Delivery;
import io.gradus.bench.chaos.simulation.Life.Hot;
import io.gradus.bench.chaos.simulation.ModelDatabase.Birth;
import io.gradus.bench.chaos.simulation.ModelDatabase.Row;
import io.gradus.bench.chaos.simulation.ModelDatabase.Write;
import io.gradus.engine.Command;
import io.gradus.engine.Decision;
import io.gradus.engine.Engine;
import io.gradus.engine.Execution;
import io.gradus.engine.ExecutionInfo;
import io.gradus.engine.ExecutionKey;
import io.gradus.engine.ExecutionStatus;
import io.gradus.engine.Frame;
import io.gradus.engine.FrameId;
import io.gradus.engine.Payload;
import io.gradus.engine.TaskId;
import io.gradus.engine.TenantId;
import io.gradus.engine.journal.JournalCodec;
import io.gradus.engine.journal.StateCodec;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.pcollections.HashTreePMap;

/// What a node does for clients: starts, stops, redrives, and the reports on tasks.
final class Frontend {
  private final World world;
  private final Map<ExecutionKey, String> redriveTokens = new HashMap<>();

  /// An answer as a client gets it.
  ///
  /// @param refusal the error's name, empty for none
  record Reply(String refusal, String value) {
    static Reply ok(String value) {
      return new Reply("", value);
    }

    static Reply refused(String error) {
      return new Reply(error, "");
    }

    /// Nothing was decided: try again.
    static Reply unknown() {
      return new Reply("?", "");
    }
  }

  /// A start as it is asked for.
  record StartWish(String tenant, UUID id, String name, Machines.Machine machine, String input) {}

  Frontend(World world) {
    this.world = world;
  }

  static TenantId tenantId(String account) {
    return new TenantId(new UUID(0, Long.parseLong(account)));
  }

  void start(ModelNode node, StartWish wish, Consumer<Reply> reply) {
    Life life = node.life();
    ExecutionKey key = new ExecutionKey(tenantId(wish.tenant()), wish.id());
    ExecutionInfo info =
        new ExecutionInfo(
            key,
            "arn:" + wish.name(),
            wish.name(),
            "arn:machine",
            "machine",
            "role",
            null,
            null,
            world.now(),
            wish.machine().definition(),
            ExecutionInfo.Limits.AWS);
    Execution fresh = Execution.fresh(info).withInput(Payload.ofText(wish.input()));
    if (!(Engine.decide(fresh, new Command.StartExecution(), node.environment())
        instanceof Decision.Accepted accepted)) {
      throw new IllegalStateException("expected a start to be accepted");
    }
    byte[] input = wish.input().getBytes(StandardCharsets.UTF_8);
    Write write =
        new Write(
            key,
            0,
            life.incarnation,
            life.nextMark(),
            accepted.next(),
            accepted.facts(),
            accepted.effects(),
            accepted.touched(),
            Set.of(),
            null,
            new Birth(info, wish.tenant(), wish.machine().text(), input));
    if (world.fault == PlantedFault.LOST_ACK) {
      reply.accept(started(key.id()));
    }
    node.wire()
        .send(
            life,
            write,
            committed -> {
              if (committed == null) {
                reply.accept(Reply.unknown());
              } else if (committed) {
                reply.accept(started(key.id()));
                if (!write.next().status().isTerminal() && !life.hot.containsKey(key)) {
                  Hot hot = node.adopt(life, write.next(), 1);
                  node.begun(life, hot, write);
                }
              } else {
                reply.accept(nameTaken(wish, input));
              }
            });
  }

  private static Reply started(UUID id) {
    return Reply.ok("{\"executionArn\":\"" + id + "\"}");
  }

  private Reply nameTaken(StartWish wish, byte[] input) {
    ExecutionKey other = Objects.requireNonNull(world.database.named(wish.tenant(), wish.name()));
    Row row = Objects.requireNonNull(world.database.find(other));
    boolean same =
        Arrays.equals(row.input, input) || world.fault == PlantedFault.NAME_TAKES_ANY_INPUT;
    return same && row.status == ExecutionStatus.RUNNING
        ? started(other.id())
        : Reply.refused("ExecutionAlreadyExists");
  }

  /// @param caller the tenant whose key signed it
  void report(ModelNode node, String caller, String token, Payload output, Consumer<Reply> reply) {
    String[] parts = token.split("\\|", -1);
    ExecutionKey key =
        new ExecutionKey(new TenantId(UUID.fromString(parts[0])), UUID.fromString(parts[1]));
    TaskId task = new TaskId(new FrameId(parts[2]), Long.parseLong(parts[3]));
    if (!key.tenant().equals(tenantId(caller)) && world.fault != PlantedFault.TENANT_MIX_UP) {
      reply.accept(Reply.refused("InvalidToken"));
      return;
    }
    Life life = node.life();
    Command command = new Command.TaskSucceeded(task, output);
    Hot hot = life.isLeaseValid() ? life.hot.get(key) : null;
    if (world.fault == PlantedFault.LOST_COMPLETION && hot != null) {
      reply.accept(Reply.ok("{}"));
    }
    if (hot == null) {
      reportAway(life, key, task, command, reply);
      return;
    }
    node.deliver(
        life,
        hot,
        new Delivery(
            command,
            null,
            answer -> {
              switch (answer) {
                case DONE -> reply.accept(Reply.ok("{}"));
                case REFUSED -> reply.accept(closed());
                case ELSEWHERE -> reportAway(life, key, task, command, reply);
              }
            }));
  }

  private Reply closed() {
    return world.fault == PlantedFault.DOUBLE_COMPLETION
        ? Reply.ok("{}")
        : Reply.refused("TaskTimedOut");
  }

  private void reportAway(
      Life life, ExecutionKey key, TaskId task, Command command, Consumer<Reply> reply) {
    life.later(
        world.between(0.0005, 0.004),
        () -> {
          boolean done = world.database.complete(key, task, command);
          life.later(
              world.between(0.0002, 0.002), () -> reply.accept(done ? Reply.ok("{}") : closed()));
        });
  }

  void stop(ModelNode node, ExecutionKey key, Consumer<Reply> reply) {
    Life life = node.life();
    Row row = world.database.find(key);
    if (row == null) {
      reply.accept(Reply.refused("ExecutionDoesNotExist"));
      return;
    }
    Hot hot = life.hot.get(key);
    if (hot == null && row.status.isTerminal()) {
      if (world.fault != PlantedFault.TERMINAL_NOT_ABSORBING) {
        reply.accept(stopped(row));
        return;
      }
      hot = reopened(node, life, row);
    }
    Command stop = new Command.StopExecution("Stopped", "by a client");
    if (hot == null) {
      // Whoever has it will read it; this client does not wait for that.
      world.database.post(row, "stop:" + life.nextMark(), stop);
      reply.accept(Reply.unknown());
      return;
    }
    node.deliver(
        life,
        hot,
        new Delivery(
            stop,
            null,
            answer -> reply.accept(answer == Answer.ELSEWHERE ? Reply.unknown() : stopped(row))));
  }

  private static Hot reopened(ModelNode node, Life life, Row row) {
    Execution over = StateCodec.decode(row.info, row.state, List.of());
    Execution running =
        new Execution(
            over.info(),
            ExecutionStatus.RUNNING,
            over.lastEventId(),
            over.input(),
            null,
            null,
            null,
            null,
            over.redriveCount(),
            over.timeout(),
            HashTreePMap.singleton(
                FrameId.ROOT,
                new Frame(
                    FrameId.ROOT,
                    over.lastEventId(),
                    HashTreePMap.empty(),
                    null,
                    Frame.Phase.Entered.ENTERED)));
    return node.adopt(life, running, row.version);
  }

  private static Reply stopped(Row row) {
    Instant at = row.stoppedAt;
    return at == null
        ? Reply.unknown()
        : Reply.ok("{\"stopDate\":%d.%06d}".formatted(at.getEpochSecond(), at.getNano() / 1_000));
  }

  /// A transaction of its own, as it reads the whole history.
  void redrive(ModelNode node, ExecutionKey key, String token, Consumer<Reply> reply) {
    Life life = node.life();
    Row row = Objects.requireNonNull(world.database.find(key));
    if (token.equals(redriveTokens.get(key))) {
      reply.accept(Reply.ok("{}"));
      return;
    }
    if (!row.status.isTerminal() || row.status == ExecutionStatus.SUCCEEDED) {
      reply.accept(Reply.refused("ExecutionNotRedrivable"));
      return;
    }
    Decision.Accepted decision =
        Engine.redrive(row.info, world.database.journal(row), node.environment());
    Execution next = decision.next();
    row.version++;
    row.owner = life.incarnation;
    row.status = next.status();
    row.stoppedAt = null;
    row.lastEventId = next.lastEventId();
    row.state = StateCodec.encode(next);
    for (FrameId frame : decision.touched()) {
      row.frames.put(frame, StateCodec.encodeFrame(next.frame(frame)));
    }
    row.runs.put(
        next.lastEventId(),
        new StoredRun(
            row.tenant,
            key.id(),
            next.lastEventId(),
            0,
            JournalCodec.encode(decision.facts()),
            world.now()));
    redriveTokens.put(key, token);
    life.later(world.between(0.001, 0.1), () -> node.loadNow(life, key));
    reply.accept(Reply.ok("{}"));
  }
}
