package io.gradus.bench.chaos.simulation;

import io.gradus.bench.chaos.simulation.ModelDatabase.Write;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The way of a node's writes to the database, where anything can happen to them.
final class Wire {
  private final World world;
  private final Consumer<Life> killer;

  /// What a sending came to: true, false, or null where it is not known and is taken for a failure.
  interface Settled {
    void settled(@Nullable Boolean committed);
  }

  /// @param killer ends a life with -9
  Wire(World world, Consumer<Life> killer) {
    this.world = world;
    this.killer = killer;
  }

  /// Sends a write on its way, where anything can happen to it.
  void send(Life of, Write write, Settled then) {
    CommitFate fate = world.nextCommit();
    long there = world.between(0.0002, 0.003);
    long back = there + world.between(0.0002, 0.003);
    switch (fate) {
      case CRASH_BEFORE -> killer.accept(of);
      case CRASH_AFTER ->
          world.after(
              there,
              () -> {
                world.database.commit(write, world.now());
                killer.accept(of);
              });
      case CUT_BEFORE -> of.later(back, () -> again(of, write, then));
      case CUT_AFTER -> {
        world.after(there, () -> world.database.commit(write, world.now()));
        of.later(back, () -> again(of, write, then));
      }
      case DONE, FREEZE ->
          world.after(
              there,
              () -> {
                boolean committed = world.database.commit(write, world.now());
                if (fate == CommitFate.FREEZE) {
                  of.freeze(world.between(6.5, 12));
                }
                of.later(back - there, () -> then.settled(committed));
              });
    }
  }

  /// The connection was lost: the very same is sent again, and what is not returned now is ours
  /// from the first sending, or another's.
  private void again(Life of, Write write, Settled then) {
    if (world.fault == PlantedFault.UNKNOWN_IS_REFUSED) {
      then.settled(null);
      return;
    }
    of.later(
        world.between(0.005, 0.05),
        () ->
            then.settled(
                world.database.commit(write, world.now())
                    || world.database.committedBefore(write)));
  }
}
