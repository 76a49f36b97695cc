package io.gradus.app;

import static java.util.Map.entry;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.gradus.example.vod.SdkJson;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Function;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.batch.model.DescribeJobsRequest;
import software.amazon.awssdk.services.batch.model.DescribeJobsResponse;
import software.amazon.awssdk.services.batch.model.JobDetail;
import software.amazon.awssdk.services.batch.model.SubmitJobRequest;
import software.amazon.awssdk.services.batch.model.SubmitJobResponse;
import software.amazon.awssdk.services.batch.model.TerminateJobRequest;
import software.amazon.awssdk.services.batch.model.TerminateJobResponse;
import software.amazon.awssdk.services.ecs.model.Container;
import software.amazon.awssdk.services.ecs.model.DescribeTasksRequest;
import software.amazon.awssdk.services.ecs.model.DescribeTasksResponse;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.ecs.model.RunTaskResponse;
import software.amazon.awssdk.services.ecs.model.StopTaskRequest;
import software.amazon.awssdk.services.ecs.model.StopTaskResponse;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.glue.model.BatchStopJobRunRequest;
import software.amazon.awssdk.services.glue.model.BatchStopJobRunResponse;
import software.amazon.awssdk.services.glue.model.GetJobRunRequest;
import software.amazon.awssdk.services.glue.model.GetJobRunResponse;
import software.amazon.awssdk.services.glue.model.JobRun;
import software.amazon.awssdk.services.glue.model.StartJobRunRequest;
import software.amazon.awssdk.services.glue.model.StartJobRunResponse;
import software.amazon.awssdk.services.sagemaker.model.CreateTrainingJobRequest;
import software.amazon.awssdk.services.sagemaker.model.CreateTrainingJobResponse;
import software.amazon.awssdk.services.sagemaker.model.DescribeTrainingJobRequest;
import software.amazon.awssdk.services.sagemaker.model.DescribeTrainingJobResponse;
import software.amazon.awssdk.services.sagemaker.model.StopTrainingJobRequest;
import software.amazon.awssdk.services.sagemaker.model.StopTrainingJobResponse;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Stands for ECS, Batch, Glue and SageMaker as far as `.sync` tasks call them: requests are read,
/// and answers written, by the SDK's own models. Each has one job, which does what it is told.
final class JobPeer implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String ARN = "arn:aws:ecs:us-east-1:000000000000:";

  private final HttpServer server;
  private final Map<String, Function<JsonNode, SdkPojo>> operations;
  private final Map<Service, Course> courses = new EnumMap<>(Service.class);
  private final Map<String, String> spoilt = new ConcurrentHashMap<>();
  private final List<String> calls = new CopyOnWriteArrayList<>();

  /// Whose job.
  enum Service {
    ECS,
    BATCH,
    GLUE,
    SAGEMAKER
  }

  /// How a job stands.
  enum Standing {
    RUNNING,
    SUCCEEDED,
    FAILED
  }

  /// @param looks that still find it running
  private record Course(int looks, Standing end) {}

  JobPeer() {
    operations =
        Map.ofEntries(
            operation(
                "RunTask",
                json -> SdkJson.read(RunTaskRequest.builder(), json).build(),
                _ -> RunTaskResponse.builder().tasks(task("PENDING")).build()),
            operation(
                "DescribeTasks",
                json -> SdkJson.read(DescribeTasksRequest.builder(), json).build(),
                _ -> DescribeTasksResponse.builder().tasks(task()).build()),
            operation(
                "StopTask",
                json -> SdkJson.read(StopTaskRequest.builder(), json).build(),
                _ -> StopTaskResponse.builder().task(task("STOPPED")).build()),
            operation(
                "/v1/submitjob",
                json -> SdkJson.read(SubmitJobRequest.builder(), json).build(),
                request ->
                    SubmitJobResponse.builder().jobId("j").jobName(request.jobName()).build()),
            operation(
                "/v1/describejobs",
                json -> SdkJson.read(DescribeJobsRequest.builder(), json).build(),
                _ -> DescribeJobsResponse.builder().jobs(batchJob()).build()),
            operation(
                "/v1/terminatejob",
                json -> SdkJson.read(TerminateJobRequest.builder(), json).build(),
                _ -> TerminateJobResponse.builder().build()),
            operation(
                "StartJobRun",
                json -> SdkJson.read(StartJobRunRequest.builder(), json).build(),
                _ -> StartJobRunResponse.builder().jobRunId("r").build()),
            operation(
                "GetJobRun",
                json -> SdkJson.read(GetJobRunRequest.builder(), json).build(),
                request -> GetJobRunResponse.builder().jobRun(jobRun(request)).build()),
            operation(
                "BatchStopJobRun",
                json -> SdkJson.read(BatchStopJobRunRequest.builder(), json).build(),
                _ -> BatchStopJobRunResponse.builder().build()),
            operation(
                "CreateTrainingJob",
                json -> SdkJson.read(CreateTrainingJobRequest.builder(), json).build(),
                _ -> CreateTrainingJobResponse.builder().trainingJobArn("a").build()),
            operation(
                "DescribeTrainingJob",
                json -> SdkJson.read(DescribeTrainingJobRequest.builder(), json).build(),
                this::training),
            operation(
                "StopTrainingJob",
                json -> SdkJson.read(StopTrainingJobRequest.builder(), json).build(),
                _ -> StopTrainingJobResponse.builder().build()));
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
  }

  private static <R> Map.Entry<String, Function<JsonNode, SdkPojo>> operation(
      String name, Function<JsonNode, R> read, Function<R, SdkPojo> answer) {
    return entry(name, read.andThen(answer));
  }

  private Task task() {
    return standing(Service.ECS) == Standing.RUNNING ? task("RUNNING") : task("STOPPED");
  }

  private static Task task(String status) {
    Container container = Container.builder().exitCode(status.equals("STOPPED") ? 0 : null).build();
    return Task.builder()
        .taskArn(ARN + "task/t")
        .clusterArn(ARN + "cluster/c")
        .lastStatus(status)
        .containers(container)
        .build();
  }

  private JobDetail batchJob() {
    Standing standing = standing(Service.BATCH);
    return JobDetail.builder()
        .jobId("j")
        .status(standing.name())
        .statusReason(standing == Standing.FAILED ? "No" : null)
        .build();
  }

  private JobRun jobRun(GetJobRunRequest request) {
    return JobRun.builder()
        .id(request.runId())
        .jobName(request.jobName())
        .jobRunState(standing(Service.GLUE).name())
        .build();
  }

  private DescribeTrainingJobResponse training(DescribeTrainingJobRequest request) {
    String status =
        switch (standing(Service.SAGEMAKER)) {
          case RUNNING -> "InProgress";
          case SUCCEEDED -> "Completed";
          case FAILED -> "Failed";
        };
    return DescribeTrainingJobResponse.builder()
        .trainingJobName(request.trainingJobName())
        .trainingJobStatus(status)
        .build();
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /// The service's job runs on for so many looks, and has then ended. Until this is said a job runs
  /// without end.
  void end(Service service, int afterLooks, Standing how) {
    synchronized (courses) {
      courses.put(service, new Course(afterLooks, how));
    }
  }

  private Standing standing(Service service) {
    synchronized (courses) {
      Course course = courses.get(service);
      if (course == null) {
        return Standing.RUNNING;
      }
      if (course.looks() == 0) {
        return course.end();
      }
      courses.put(service, new Course(course.looks() - 1, course.end()));
      return Standing.RUNNING;
    }
  }

  /// From now on the operation is answered with this, whatever it is.
  void spoil(String operation, String answer) {
    spoilt.put(operation, answer);
  }

  /// How often an operation was called; it is named as in `X-Amz-Target`, or by the path of a REST
  /// service.
  long count(String operation) {
    return calls.stream().filter(operation::equals).count();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
      String operation =
          target == null
              ? exchange.getRequestURI().getPath()
              : target.substring(target.lastIndexOf('.') + 1);
      byte[] request = exchange.getRequestBody().readAllBytes();
      calls.add(operation);
      String nonsense = spoilt.get(operation);
      if (nonsense != null) {
        send(exchange, 200, nonsense);
        return;
      }
      Function<JsonNode, SdkPojo> known = operations.get(operation);
      if (known == null) {
        send(exchange, 400, refusal("UnknownOperationException", operation));
        return;
      }
      try {
        send(exchange, 200, SdkJson.write(known.apply(JSON.readTree(request))).toString());
      } catch (IllegalArgumentException | JacksonException e) {
        send(exchange, 400, refusal("ValidationException", String.valueOf(e.getMessage())));
      }
    }
  }

  private static String refusal(String type, String message) {
    return JSON.createObjectNode().put("__type", type).put("message", message).toString();
  }

  private static void send(HttpExchange exchange, int status, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.1");
    exchange.sendResponseHeaders(status, body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
