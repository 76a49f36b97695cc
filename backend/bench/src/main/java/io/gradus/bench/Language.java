package io.gradus.bench;

import io.gradus.asl.expr.Flow;
import io.gradus.asl.expr.Scope;
import io.gradus.asl.expr.StageTrace;
import io.gradus.asl.expr.Syntax;
import io.gradus.asl.expr.jsonata.JsonataFlow;
import io.gradus.asl.expr.jsonpath.JsonPathFlow;
import io.gradus.asl.model.Definition;
import io.gradus.asl.model.Expr;
import io.gradus.asl.validate.DefinitionValidator;
import io.gradus.engine.Command;
import io.gradus.engine.Decision;
import io.gradus.engine.Effect;
import io.gradus.engine.Engine;
import io.gradus.engine.Environment;
import io.gradus.engine.Execution;
import io.gradus.engine.ExecutionInfo;
import io.gradus.engine.ExecutionKey;
import io.gradus.engine.Payload;
import io.gradus.engine.TenantId;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.LongSupplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The language alone, on one thread and without a database: reading and checking definitions,
/// running them, evaluating expressions.
final class Language implements Workload {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  private static final int LARGE = 300;

  /// Parts of a round: the figures share its seconds.
  private static final int PARTS = 8;

  private static final double NANOS = 1e9;
  private static final double MICROS = 1e6;

  private static final String SMALL =
      """
      {"StartAt":"Order","States":{
        "Order":{"Type":"Pass","Parameters":{"id.$":"$.id","items.$":"$.items"},"Next":"Price"},
        "Price":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke",
          "Parameters":{"FunctionName":"price","Payload":{"items.$":"$.items"}},
          "ResultPath":"$.price","Retry":[{"ErrorEquals":["States.ALL"],"MaxAttempts":2}],
          "Catch":[{"ErrorEquals":["States.ALL"],"Next":"Failed"}],"Next":"Large?"},
        "Large?":{"Type":"Choice","Choices":[
          {"Variable":"$.price.total","NumericGreaterThan":100,"Next":"Confirm"}],"Default":"Done"},
        "Confirm":{"Type":"Pass","Parameters":{"text.$":"States.Format('order {}', $.id)"},
          "ResultPath":"$.confirmed","Next":"Done"},
        "Done":{"Type":"Succeed"},
        "Failed":{"Type":"Fail","Error":"Unpriced"}}}
      """;
  private static final String INPUT =
      """
      {"id":"o-1","items":[{"sku":"a","price":3,"qty":2},{"sku":"b","price":7,"qty":1}]}""";
  private static final Payload PRICED = Payload.ofText("{\"total\":120}");

  @Override
  public String name() {
    return "asl";
  }

  @Override
  public String title() {
    return "definitions read and run, expressions evaluated, by one thread without a database";
  }

  @Override
  public Map<String, Double> run(Options options) {
    String large = large();
    Definition smallMachine = definition(SMALL);
    Definition largeMachine = definition(large);
    Expr path = Syntax.parseIntrinsicOrPath("$.items[0].sku");
    Expr intrinsic = Syntax.parseIntrinsicOrPath("States.Format('order {} of {}', $.id, $.id)");
    String sum = "$sum($states.input.items.(price * qty))";
    long[] fresh = new long[1];
    Map<String, LongSupplier> perSecond = new LinkedHashMap<>();
    perSecond.put("check6PerSecond", () -> definition(SMALL).root().states().size());
    perSecond.put("check300PerSecond", () -> definition(large).root().states().size());
    perSecond.put("run6PerSecond", () -> executed(smallMachine));
    perSecond.put("run300PerSecond", () -> executed(largeMachine));
    Map<String, LongSupplier> micros = new LinkedHashMap<>();
    micros.put("jsonPathMicros", evaluation(new JsonPathFlow(), path));
    micros.put("intrinsicMicros", evaluation(new JsonPathFlow(), intrinsic));
    micros.put("jsonataMicros", evaluation(new JsonataFlow(), new Expr.Jsonata(sum)));
    micros.put(
        "jsonataCompiledMicros",
        () ->
            evaluation(new JsonataFlow(), new Expr.Jsonata(sum + " + 0 * " + fresh[0]++))
                .getAsLong());
    Map<String, Double> figures = new LinkedHashMap<>();
    perSecond.forEach((name, work) -> figures.put(name, rate(work, options)));
    micros.forEach((name, work) -> figures.put(name, MICROS / rate(work, options)));
    return figures;
  }

  /// Times per second: the median of some rounds, after one to warm up.
  private static double rate(LongSupplier work, Options options) {
    double seconds = (double) options.pace().seconds() / PARTS;
    round(work, 2 * seconds);
    Samples rates = new Samples();
    for (int i = 0; i < options.pace().rounds(); i++) {
      rates.add(round(work, seconds));
    }
    return rates.median();
  }

  private static double round(LongSupplier work, double seconds) {
    long from = System.nanoTime();
    long until = from + (long) (seconds * NANOS);
    long times = 0;
    long kept = 0;
    while (System.nanoTime() < until) {
      kept += work.getAsLong();
      times++;
    }
    if (kept <= 0) {
      throw new IllegalStateException("expected results, found none");
    }
    return times / ((System.nanoTime() - from) / NANOS);
  }

  /// Three hundred states in a row: two of three pass on, every third chooses.
  private static String large() {
    StringBuilder states = new StringBuilder();
    for (int i = 0; i < LARGE; i++) {
      String next = "S" + (i + 1);
      states.append(i == 0 ? "" : ",").append("\"S").append(i).append("\":");
      if (i == LARGE - 1) {
        states.append("{\"Type\":\"Succeed\"}");
      } else if (i % 3 == 2) {
        states.append(
            "{\"Type\":\"Choice\",\"Choices\":[{\"Variable\":\"$.id\",\"StringEquals\":\"none\",\"Next\":\""
                + next
                + "\"}],\"Default\":\""
                + next
                + "\"}");
      } else {
        states.append(
            "{\"Type\":\"Pass\",\"Parameters\":{\"id.$\":\"$.id\",\"items.$\":\"$.items\",\"n\":"
                + i
                + "},\"Next\":\""
                + next
                + "\"}");
      }
    }
    return "{\"StartAt\":\"S0\",\"States\":{" + states + "}}";
  }

  private static Definition definition(String text) {
    var checked = DefinitionValidator.check(text, DefinitionValidator.Options.STANDARD);
    return Objects.requireNonNull(checked.definition(), checked.diagnostics()::toString);
  }

  /// Runs a machine to its end; every task is answered at once.
  ///
  /// @return how many events its history has
  private static long executed(Definition machine) {
    SplittableRandom random = new SplittableRandom(7);
    Environment environment = new Environment(NOW, random::nextLong, (_, _) -> "token");
    Execution execution = Execution.fresh(info(machine)).withInput(Payload.ofText(INPUT));
    ArrayDeque<Command> commands = new ArrayDeque<>();
    commands.add(new Command.StartExecution());
    while (!execution.status().isTerminal()) {
      Decision decision = Engine.decide(execution, commands.remove(), environment);
      if (!(decision instanceof Decision.Accepted accepted)) {
        throw new IllegalStateException("expected the command to be accepted, found " + decision);
      }
      execution = accepted.next();
      for (Effect effect : accepted.effects()) {
        if (effect instanceof Effect.InvokeTask call) {
          commands.add(new Command.TaskSucceeded(call.task(), PRICED));
        } else if (effect instanceof Effect.Proceed) {
          commands.add(new Command.Continue());
        }
      }
    }
    if (execution.output() == null) {
      throw new IllegalStateException("expected success, found " + execution.cause());
    }
    return execution.lastEventId();
  }

  private static ExecutionInfo info(Definition machine) {
    return new ExecutionInfo(
        new ExecutionKey(new TenantId(new UUID(1, 1)), new UUID(2, 2)),
        "arn:aws:states:us-east-1:000000000000:execution:bench:run",
        "run",
        "arn:aws:states:us-east-1:000000000000:stateMachine:bench",
        "bench",
        "arn:aws:iam::000000000000:role/bench",
        null,
        null,
        NOW,
        machine,
        ExecutionInfo.Limits.AWS);
  }

  private static LongSupplier evaluation(Flow flow, Expr expr) {
    JsonNode input = JsonMapper.shared().readTree(INPUT);
    Scope scope = new Scope(input, () -> input, _ -> null, NOW, () -> 1L, StageTrace.NONE);
    return () -> flow.field(expr, input, "Output", scope).asString("x").length();
  }
}
