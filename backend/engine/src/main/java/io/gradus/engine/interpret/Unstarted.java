package io.gradus.engine.interpret;

import io.gradus.asl.expr.EvaluationFailure;
import io.gradus.engine.Environment;
import io.gradus.engine.Execution;
import io.gradus.engine.Frame.Phase.InMapRun;
import io.gradus.engine.FrameId;
import io.gradus.engine.MapProgress;
import io.gradus.engine.Payload;
import io.gradus.engine.port.ItemReader;
import java.util.SplittableRandom;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/// The inputs of the children that a Map Run did not start before it failed. Made again they are
/// the same: expressions see the time of the failure, and random numbers that the Map Run's id
/// gives.
public final class Unstarted {
  private final ItemInputs inputs;
  private final InMapRun run;

  /// Who is given the inputs.
  @FunctionalInterface
  public interface Taker {
    /// @param items how many it is made of
    void take(Payload input, int items);
  }

  /// From the first item on that was not handed out.
  public Unstarted(Execution execution, FrameId frame, Taker taker) {
    if (!(execution.frame(frame).phase() instanceof InMapRun in)) {
      throw new IllegalStateException("expected frame " + frame + " in its Map Run");
    }
    run = in;
    MapProgress.Failing failing = in.progress().failing();
    UUID id = UUID.fromString(in.id());
    SplittableRandom random =
        new SplittableRandom(id.getMostSignificantBits() ^ id.getLeastSignificantBits());
    Environment environment =
        new Environment(
            failing == null ? in.startedAt() : failing.at(),
            random::nextLong,
            (_, _) -> {
              throw new IllegalStateException("expected no task in an ItemSelector");
            });
    this.inputs =
        new ItemInputs(
            new Turn(execution, environment),
            frame,
            in,
            new ItemInputs.Taker() {
              @Override
              public boolean hasRoom() {
                return true;
              }

              @Override
              public void take(Payload input, int items) {
                taker.take(input, items);
              }
            });
  }

  /// Takes the items that are there already, as far as they were not handed out. Those of a Map Run
  /// that reads them are to be [#add]ed.
  ///
  /// @return whether they are there
  public boolean addOwn() {
    Payload items = run.items();
    if (items == null) {
      return false;
    }
    JsonNode all = items.json();
    for (int i = Math.toIntExact(run.progress().items()); i < all.size(); i++) {
      add(Scopes.itemAt(all, i), Scopes.Item.STATE_DATA);
    }
    return true;
  }

  /// Takes the next item that was read.
  public void add(ItemReader.Item item) {
    add(item.value().json(), item.source());
  }

  /// Hands out what is left of a batch.
  public void end() {
    inputs.flush();
  }

  /// One that its ItemSelector fails on is given as it is: nobody is to miss it.
  private void add(JsonNode item, String source) {
    JsonNode input;
    try {
      input = inputs.input(item, source);
    } catch (EvaluationFailure _) {
      input = item;
    }
    inputs.add(input);
  }
}
