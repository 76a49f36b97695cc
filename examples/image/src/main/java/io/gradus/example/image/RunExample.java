package io.gradus.example.image;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// What `./gradus example image` runs: starts the worker beside a running Gradus, registers its
/// functions and the state machine, runs it on every image, and shows what came of each.
public final class RunExample {
  private static final String STATE_MACHINE = "image-tagging";
  private static final String LOOPBACK_HINT =
      "The worker listens on 127.0.0.1, which Gradus does not call unless it is told to:"
          + " start it with GRADUS_EGRESS_ALLOW=127.0.0.0/8 ./gradus run";
  private static final JsonMapper JSON = new JsonMapper();

  private final RunOptions options;
  private final PrintStream out;

  RunExample(RunOptions options, PrintStream out) {
    this.options = options;
    this.out = out;
  }

  /// Exits with 0 when every image was tagged or rejected as the definition has it, with 1 when
  /// something else went wrong, and with 2 when the arguments are not understood.
  public static void main(String[] args) throws InterruptedException {
    System.setProperty("java.awt.headless", "true");
    if (List.of(args).contains("--help")) {
      System.out.print(RunOptions.USAGE);
      return;
    }
    try {
      var options = RunOptions.parse(List.of(args), System.getenv());
      System.exit(new RunExample(options, System.out).run());
    } catch (RunOptions.Refused e) {
      System.err.println(e.getMessage());
      System.err.print(RunOptions.USAGE);
      System.exit(2);
    }
  }

  /// Runs what the options ask for and answers the exit code.
  int run() throws InterruptedException {
    try {
      return switch (options.mode()) {
        case WORKER -> serve();
        case MOCKS -> runOnMocks();
        case EXAMPLE -> runOnImages();
      };
    } catch (Gradus.CallRefused e) {
      out.println("Gradus refused: " + e.getMessage());
    } catch (SdkException e) {
      out.println(
          "Gradus at " + options.gradus().endpoint() + " did not do as asked: " + e.getMessage());
    } catch (IOException e) {
      out.println(
          "Gradus at " + options.gradus().endpoint() + " or a file cannot be reached: " + e);
    }
    return 1;
  }

  private int serve() throws IOException, InterruptedException {
    try (Worker worker = startWorker()) {
      for (String name : worker.functionNames()) {
        out.println(worker.url(name));
      }
      out.println("The worker runs until it is stopped (Ctrl-C).");
      Thread.sleep(Duration.ofDays(365_000));
    }
    return 0;
  }

  private int runOnMocks() throws IOException, Gradus.CallRefused, InterruptedException {
    try (Gradus gradus = connect()) {
      String machine = putStateMachine(gradus);
      String execution =
          gradus.startMocked(
              machine,
              "mocked-" + UUID.randomUUID(),
              JSON.createObjectNode().put("image", "harbour.jpg").toString(),
              JSON.readTree(Files.readAllBytes(options.mocks())));
      var table = new ResultTable();
      boolean fine = table.add("harbour.jpg (mocked)", gradus.awaitEnd(execution, deadline()));
      table.print(out);
      return fine ? 0 : 1;
    } catch (JacksonException e) {
      throw new IOException("the mocks are not JSON", e);
    }
  }

  private int runOnImages() throws IOException, Gradus.CallRefused, InterruptedException {
    List<String> images = options.imageNames();
    if (images.isEmpty()) {
      out.println("There is no image in " + options.folders().images() + ".");
      return 1;
    }
    try (Worker worker = startWorker();
        Gradus gradus = connect()) {
      if (!register(gradus, worker)) {
        return 1;
      }
      String machine = putStateMachine(gradus);
      out.println("State machine " + machine);
      boolean fine = showEach(gradus, startEach(gradus, machine, images));
      out.println("Thumbnails: " + options.folders().output().resolve("thumbnails").toRealPath());
      out.println("Metadata:   " + options.folders().output().resolve("metadata").toRealPath());
      return fine ? 0 : 1;
    }
  }

  private Map<String, String> startEach(Gradus gradus, String machine, List<String> images) {
    String run = UUID.randomUUID().toString().substring(0, 8);
    Map<String, String> executions = new LinkedHashMap<>();
    for (String image : images) {
      // Execution names allow fewer characters than file names, and at most 80.
      String safe = image.replaceAll("[^A-Za-z0-9_-]", "-");
      String name = safe.substring(0, Math.min(safe.length(), 60)) + "-" + executions.size();
      String input = JSON.createObjectNode().put("image", image).toString();
      executions.put(image, gradus.start(machine, name + "-" + run, input));
    }
    return executions;
  }

  private boolean showEach(Gradus gradus, Map<String, String> executions)
      throws InterruptedException {
    long deadline = deadline();
    var table = new ResultTable();
    List<String> unexpected = new ArrayList<>();
    for (var execution : executions.entrySet()) {
      DescribeExecutionResponse end = gradus.awaitEnd(execution.getValue(), deadline);
      if (!table.add(execution.getKey(), end)) {
        unexpected.add(execution.getValue());
      }
    }
    table.print(out);
    unexpected.forEach(arn -> out.println("Not as expected: " + arn));
    if (table.anyWithoutPermission()) {
      out.println(LOOPBACK_HINT);
    }
    return unexpected.isEmpty();
  }

  /// Says what to do where the address of the worker, which is on loopback, is not allowed.
  private boolean register(Gradus gradus, Worker worker) throws IOException {
    for (String name : worker.functionNames()) {
      try {
        gradus.registerFunction(name, worker.url(name));
      } catch (Gradus.CallRefused e) {
        out.println("The function '" + name + "' could not be registered: " + e.getMessage());
        if (e.status() == 400 || e.status() == 403) {
          out.println(LOOPBACK_HINT);
        }
        return false;
      }
    }
    return true;
  }

  private Worker startWorker() throws IOException {
    Files.createDirectories(options.folders().output());
    var functions = new ImageFunctions(options.folders().images(), options.folders().output());
    return Worker.start(functions.byName(), options.port());
  }

  private Gradus connect() {
    AccessKey key = options.gradus().accessKey();
    if (key == null) {
      throw new IllegalStateException("options without a key are for the worker alone");
    }
    return new Gradus(options.gradus().endpoint(), options.gradus().region(), key);
  }

  private String putStateMachine(Gradus gradus) throws IOException {
    return gradus.putStateMachine(STATE_MACHINE, Files.readString(options.definition()));
  }

  private long deadline() {
    return System.nanoTime() + options.patience().toNanos();
  }
}
