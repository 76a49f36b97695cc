package io.gradus.bench.chaos.simulation;

import io.gradus.asl.model.ErrorName;
import io.gradus.asl.model.Resource;
import io.gradus.bench.chaos.check.Checker;
import io.gradus.bench.chaos.check.Note;
import io.gradus.bench.chaos.check.Note.Outcome;
import io.gradus.bench.chaos.check.Recording;
import io.gradus.bench.chaos.check.Verdict;
import io.gradus.bench.chaos.check.WorkerCall;
import io.gradus.bench.chaos.simulation.Frontend.Reply;
import io.gradus.bench.chaos.simulation.Frontend.StartWish;
import io.gradus.bench.chaos.simulation.ModelDatabase.Row;
import io.gradus.engine.Command;
import io.gradus.engine.Effect;
import io.gradus.engine.ExecutionKey;
import io.gradus.engine.Payload;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One seed's world: two or three nodes, two tenants, clients that start, race, stop, redrive and
/// complete, workers that answer late and twice, and nodes that die at every place. Then it is
/// healed, comes to rest, and is checked as a real run is.
public final class Simulation {
  private static final String[] TENANTS = {"111111111111", "222222222222"};
  private static final int MAX_STEPS = 60_000;
  private static final double HEAL_SECONDS = 25;
  private static final double MAX_SECONDS = 3_600;
  private static final double PATIENCE_SECONDS = 30;

  private final World world;
  private final Frontend frontend;
  private final List<ModelNode> nodes = new ArrayList<>();
  private final long seed;
  private int pending;

  private Simulation(long seed, PlantedFault fault, @Nullable Plan plan) {
    SplittableRandom random = new SplittableRandom(seed);
    this.seed = seed;
    this.world = new World(random, fault, plan == null ? Plan.chance(random.split()) : plan);
    this.frontend = new Frontend(world);
  }

  /// Lets a world of that seed be, and checks what it leaves.
  public static Verdict run(long seed, PlantedFault fault) {
    return verdict(new Simulation(seed, fault, null).run());
  }

  /// As [#run(long, PlantedFault)]; what is to be checked.
  public static Recording record(long seed, PlantedFault fault) {
    return new Simulation(seed, fault, null).run();
  }

  /// How many commits a world of that seed makes when nothing goes wrong.
  static int commits(long seed) {
    Simulation simulation = new Simulation(seed, PlantedFault.NONE, Plan.at(-1, CommitFate.DONE));
    simulation.run();
    return simulation.world.commits();
  }

  /// A world in which exactly one commit does not go well.
  static Verdict run(long seed, int commit, CommitFate fate) {
    return verdict(new Simulation(seed, PlantedFault.NONE, Plan.at(commit, fate)).run());
  }

  /// The verdict on what a world left.
  public static Verdict verdict(Recording recording) {
    return Checker.check(recording, new SimulationOracle());
  }

  private Recording run() {
    int count = 2 + world.random.nextInt(2);
    for (int i = 0; i < count; i++) {
      nodes.add(new ModelNode(world, this::called));
    }
    int executions = 1 + world.random.nextInt(3);
    for (int i = 0; i < executions; i++) {
      int n = i;
      world.after(world.between(0, 5), () -> begin(n));
    }
    world.after(500_000, this::strike);
    world.after((long) (HEAL_SECONDS * 1e6), world::heal);
    int steps = 0;
    while (steps++ < MAX_STEPS && world.seconds() < MAX_SECONDS && !rests() && world.step()) {
      // It goes on.
    }
    return world.recording();
  }

  private boolean rests() {
    if (!world.isHealed() || pending > 0) {
      return false;
    }
    for (Row row : world.database.rows()) {
      if (!row.status.isTerminal()) {
        return false;
      }
    }
    return true;
  }

  private void strike() {
    if (world.isHealed()) {
      return;
    }
    if (world.strikes()) {
      ModelNode node = anyNode();
      if (world.random.nextBoolean()) {
        node.kill();
      } else {
        node.life().freeze(world.between(1, 10));
      }
    }
    world.after(500_000, this::strike);
  }

  private ModelNode anyNode() {
    return nodes.get(world.random.nextInt(nodes.size()));
  }

  private void begin(int n) {
    String tenant = TENANTS[world.random.nextInt(TENANTS.length)];
    Machines.Machine machine =
        Machines.of((int) Math.floorMod(seed * 3 + n, (long) Machines.COUNT));
    String name = "e" + n;
    int racers = world.random.nextInt(3) == 0 ? 3 : 1;
    for (int i = 0; i < racers; i++) {
      String input =
          "{\"items\":[1,2,3],\"n\":" + world.random.nextInt(10) + ",\"rival\":" + (i % 2) + "}";
      start(tenant, name, machine, input, 3);
    }
    if (world.random.nextInt(3) == 0) {
      world.after(world.between(0.5, 60), () -> stop(tenant, name, 8));
    }
    world.after(world.between(5, 60), () -> redrive(tenant, name, 6));
  }

  private void start(
      String tenant, String name, Machines.Machine machine, String input, int tries) {
    UUID id = new UUID(world.random.nextLong(), world.random.nextLong());
    call(
        tenant,
        "StartExecution",
        name,
        input,
        (node, reply) ->
            frontend.start(node, new StartWish(tenant, id, name, machine, input), reply),
        outcome -> {
          if (outcome == Outcome.INFO && tries > 1) {
            world.after(200_000, () -> start(tenant, name, machine, input, tries - 1));
          }
        });
  }

  private void stop(String tenant, String name, int tries) {
    ExecutionKey key = world.database.named(tenant, name);
    if (key == null) {
      return;
    }
    call(
        tenant,
        "StopExecution",
        name,
        null,
        (node, reply) -> frontend.stop(node, key, reply),
        outcome -> {
          if (outcome == Outcome.INFO && tries > 1) {
            world.after(500_000, () -> stop(tenant, name, tries - 1));
          }
        });
  }

  private void redrive(String tenant, String name, int tries) {
    ExecutionKey key = world.database.named(tenant, name);
    if (key == null) {
      return;
    }
    call(
        tenant,
        "RedriveExecution",
        name,
        "again",
        (node, reply) -> frontend.redrive(node, key, "again", reply),
        outcome -> {
          if (outcome != Outcome.OK && tries > 1) {
            world.after(10_000_000, () -> redrive(tenant, name, tries - 1));
          }
        });
  }

  /// A client's call to some node: noted, given up after a while, and the answer may be lost.
  private void call(
      String tenant,
      String operation,
      String subject,
      @Nullable String value,
      BiConsumer<ModelNode, Consumer<Reply>> body,
      Consumer<Outcome> then) {
    call(world.nextNumber(), tenant, operation, subject, value, body, then);
  }

  private void call(
      long call,
      String tenant,
      String operation,
      String subject,
      @Nullable String value,
      BiConsumer<ModelNode, Consumer<Reply>> body,
      Consumer<Outcome> then) {
    ModelNode node = anyNode();
    boolean[] done = {false};
    pending++;
    world.note(call, Outcome.INVOKE, tenant, operation, subject, value);
    Consumer<Reply> end =
        reply -> {
          if (done[0]) {
            return;
          }
          done[0] = true;
          pending--;
          Outcome outcome =
              reply.refusal().isEmpty()
                  ? Outcome.OK
                  : reply.refusal().equals("?") ? Outcome.INFO : Outcome.FAIL;
          world.note(
              call,
              outcome,
              tenant,
              operation,
              subject,
              outcome == Outcome.OK ? reply.value() : reply.refusal());
          then.accept(outcome);
        };
    Life life = node.life();
    life.later(
        world.between(0.0002, 0.005),
        () ->
            body.accept(
                node,
                reply -> {
                  // An answer of a dead process goes nowhere.
                  if (life.alive || !reply.refusal().isEmpty()) {
                    end.accept(life.alive ? reply : Reply.unknown());
                  }
                }));
    world.after((long) (PATIENCE_SECONDS * 1e6), () -> end.accept(Reply.unknown()));
  }

  /// A worker is called: it answers by chance, late, and sometimes twice.
  private void called(
      Life life, ExecutionKey key, Effect.InvokeTask call, Consumer<Command> answer) {
    long number = world.nextNumber();
    boolean token = call.resource().pattern() == Resource.Pattern.WAIT_FOR_TASK_TOKEN;
    String text = call.token();
    world.calls.add(
        new WorkerCall(
            number,
            SimulationOracle.attempt(key.id(), call.task()),
            token ? text : null,
            world.now(),
            life.leaseUntil));
    Command command =
        world.random.nextInt(6) == 0 && !token
            ? new Command.TaskFailed(
                call.task(), Command.FailureKind.FAILED, new ErrorName("E0"), "as drawn")
            : token
                ? new Command.TaskSubmitted(call.task(), Payload.ofText("{\"submitted\":1}"))
                : new Command.TaskSucceeded(call.task(), result("call", number));
    int times = world.random.nextInt(5) == 0 ? 2 : 1;
    for (int i = 0; i < times; i++) {
      double most = world.random.nextInt(4) == 0 ? 20 : 0.2;
      world.after(world.between(0.001, most), () -> answer.accept(command));
    }
    if (token && text != null) {
      String owner = key.tenant().equals(Frontend.tenantId(TENANTS[0])) ? TENANTS[0] : TENANTS[1];
      complete(owner, text);
    }
  }

  private Payload result(String member, long number) {
    String big = world.random.nextInt(5) == 0 ? ",\"big\":\"" + "y".repeat(300) + "\"" : "";
    return Payload.ofText("{\"" + member + "\":" + number + big + ",\"items\":[4,5],\"n\":1}");
  }

  private void complete(String owner, String token) {
    int times = world.random.nextInt(4) == 0 ? 2 : 1;
    for (int i = 0; i < times; i++) {
      world.after(world.between(0.001, 8), () -> report(owner, owner, token));
    }
    if (world.random.nextInt(8) == 0) {
      String other = owner.equals(TENANTS[0]) ? TENANTS[1] : TENANTS[0];
      world.after(world.between(0.001, 1), () -> report(other, owner, token));
    }
  }

  private void report(String caller, String owner, String token) {
    long number = world.nextNumber();
    Payload output = result("by", number);
    String operation = caller.equals(owner) ? "SendTaskSuccess" : Note.TRESPASS + "SendTaskSuccess";
    call(
        number,
        caller,
        operation,
        token,
        null,
        (node, reply) -> frontend.report(node, caller, token, output, reply),
        outcome -> {
          if (outcome == Outcome.INFO && caller.equals(owner)) {
            world.after(300_000, () -> report(caller, owner, token));
          }
        });
  }
}
