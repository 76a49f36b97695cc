package io.gradus.integrations.aws;

import io.gradus.asl.model.ErrorName;
import io.gradus.asl.model.Resource;
import io.gradus.asl.model.Resource.Pattern;
import io.gradus.engine.Payload;
import io.gradus.engine.port.Connector;
import io.gradus.engine.port.TaskInvocation;
import io.gradus.engine.port.TaskOutcome;
import io.gradus.integrations.Arguments;
import io.gradus.integrations.Failures;
import io.gradus.integrations.InvalidArguments;
import io.gradus.integrations.Patience;
import io.gradus.integrations.TaskRole;
import io.gradus.integrations.aws.Kubernetes.Asked;
import io.gradus.integrations.aws.Kubernetes.Cluster;
import io.gradus.integrations.aws.Kubernetes.Said;
import io.gradus.integrations.egress.Call;
import io.gradus.integrations.egress.EgressClient;
import io.gradus.integrations.egress.EgressFailure;
import io.gradus.integrations.egress.OpenCalls;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// `eks:call` and `eks:runJob`, which speak to a cluster's Kubernetes API. A status other than 2xx
/// is the error `EKS.<status>`, its cause the answer.
public final class EksConnector implements Connector {
  static final String EKS = "eks";
  static final String CALL = "call";
  static final String RUN_JOB = "runJob";

  /// Names of namespaces and jobs, as Kubernetes has them.
  static final java.util.regex.Pattern NAME =
      java.util.regex.Pattern.compile("[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?");

  /// By it a call that is made again knows the job that it began before.
  private static final String OURS = "gradus/task";

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int CONFLICT = 409;
  private static final Set<String> CALL_FIELDS =
      Set.of(
          "ClusterName",
          "CertificateAuthority",
          "Endpoint",
          "Method",
          "Path",
          "QueryParameters",
          "RequestBody");
  private static final Set<String> JOB_FIELDS =
      Set.of("ClusterName", "CertificateAuthority", "Endpoint", "Namespace", "Job", "LogOptions");

  private final Kubernetes kubernetes;
  private final OpenCalls calls = new OpenCalls();

  /// @param egress held to the policy for what tenants configure
  public EksConnector(AwsCalls aws, EgressClient egress) {
    this.kubernetes = new Kubernetes(aws, egress);
  }

  /// Whether that call speaks to Kubernetes.
  ///
  /// @param action without a pattern
  static boolean isKubernetes(String type, String action) {
    return type.equals(EKS) && (action.equals(CALL) || action.equals(RUN_JOB));
  }

  @Override
  public boolean handles(Resource resource) {
    return resource.pattern() != Pattern.SYNC
        && isKubernetes(resource.resourceType(), plain(resource));
  }

  @Override
  public CompletionStage<TaskOutcome> invoke(TaskInvocation invocation) {
    return calls.run(invocation, call -> call(invocation, call));
  }

  @Override
  public void cancel(TaskInvocation invocation) {
    calls.cancel(invocation);
  }

  static String plain(Resource resource) {
    String action = resource.action();
    int pattern = action.indexOf('.');
    return pattern < 0 ? action : action.substring(0, pattern);
  }

  private TaskOutcome call(TaskInvocation invocation, Call call) {
    try {
      return plain(invocation.resource()).equals(CALL)
          ? called(invocation, call)
          : begun(invocation, call);
    } catch (InvalidArguments invalid) {
      return invalid.outcome();
    } catch (IllegalArgumentException invalid) {
      return Failures.failed(ErrorName.RUNTIME, invalid.getMessage());
    }
  }

  private TaskOutcome called(TaskInvocation invocation, Call call) throws InvalidArguments {
    Arguments arguments = Arguments.of(invocation.arguments().json(), CALL_FIELDS);
    Asked asked =
        new Asked(
            arguments.required("Method"),
            arguments.required("Path"),
            query(arguments.value("QueryParameters"), "QueryParameters"),
            arguments.value("RequestBody"));
    return outcome(ask(invocation, arguments, asked, call));
  }

  private Said ask(TaskInvocation invocation, Arguments arguments, Asked asked, Call call)
      throws InvalidArguments {
    return kubernetes.ask(
        cluster(invocation, arguments), asked, Patience.of(invocation, LIMIT), call);
  }

  private static Cluster cluster(TaskInvocation invocation, Arguments arguments)
      throws InvalidArguments {
    return Cluster.of(
        invocation.execution().tenant(),
        TaskRole.of(invocation.credentials()),
        arguments.required("ClusterName"),
        arguments.required("Endpoint"),
        arguments.required("CertificateAuthority"));
  }

  private TaskOutcome begun(TaskInvocation invocation, Call call) throws InvalidArguments {
    Arguments arguments = Arguments.of(invocation.arguments().json(), JOB_FIELDS);
    String namespace = namespace(arguments.text("Namespace"));
    logOptions(arguments.value("LogOptions"));
    if (!(arguments.value("Job") instanceof ObjectNode given)) {
      throw new InvalidArguments("The field 'Job' is required, and must be an object");
    }
    ObjectNode job = given.deepCopy();
    String mark = invocation.idempotencyKey();
    job.withObjectProperty("metadata").withObjectProperty("annotations").put(OURS, mark);
    String jobs = "/apis/batch/v1/namespaces/" + namespace + "/jobs";
    Said said = ask(invocation, arguments, new Asked("POST", jobs, Map.of(), job), call);
    if (said instanceof Said.Answered(int status, _, _) && status == CONFLICT) {
      String name = job.path("metadata").path("name").asString("");
      Said there =
          NAME.matcher(name).matches()
              ? ask(invocation, arguments, Asked.get(jobs + "/" + name, Map.of()), call)
              : said;
      if (there instanceof Said.Answered answered
          && answered.isGood()
          && isOurs(Kubernetes.parsed(answered.body()), mark)) {
        said = there;
      }
    }
    return outcome(said);
  }

  private static boolean isOurs(JsonNode job, String mark) {
    return mark.equals(job.path("metadata").path("annotations").path(OURS).asString(""));
  }

  static String namespace(@Nullable String text) throws InvalidArguments {
    String namespace = text == null ? "default" : text;
    if (!NAME.matcher(namespace).matches()) {
      throw new InvalidArguments("The value for the field 'Namespace' must be a namespace's name");
    }
    return namespace;
  }

  /// Checks what is asked for of a job's logs.
  private static void logOptions(@Nullable JsonNode options) throws InvalidArguments {
    if (options == null) {
      return;
    }
    Arguments read = Arguments.of(options, Set.of("RetrieveLogs", "RawLogs", "LogParameters"));
    for (String name : List.of("RetrieveLogs", "RawLogs")) {
      JsonNode value = read.value(name);
      if (value != null && !value.isBoolean()) {
        throw new InvalidArguments("The value for the field '" + name + "' must be a BOOLEAN");
      }
    }
    query(read.value("LogParameters"), "LogParameters");
  }

  /// Texts by name, each name with one or a list of them.
  static Map<String, List<String>> query(@Nullable JsonNode json, String field)
      throws InvalidArguments {
    Map<String, List<String>> query = new LinkedHashMap<>();
    if (json == null) {
      return query;
    }
    if (!json.isObject()) {
      throw new InvalidArguments("The value for the field '" + field + "' must be an object");
    }
    for (Map.Entry<String, JsonNode> entry : json.properties()) {
      List<String> values = new ArrayList<>();
      for (JsonNode value :
          entry.getValue().isArray() ? entry.getValue() : List.of(entry.getValue())) {
        if (value.isContainer() || value.isNull()) {
          throw new InvalidArguments(
              "The value for the field '%s.%s' must be a list of texts"
                  .formatted(field, entry.getKey()));
        }
        values.add(value.asString());
      }
      query.put(entry.getKey(), values);
    }
    return query;
  }

  private static TaskOutcome outcome(Said said) {
    return switch (said) {
      case Said.Answered answered when answered.isGood() ->
          new TaskOutcome.Succeeded(Payload.of(answered.json()));
      case Said.Answered answered ->
          Failures.failed("EKS." + answered.status(), answered.json().toString());
      case Said.Unproved unproved -> Failures.failed(ErrorName.PERMISSIONS, unproved.problem());
      case Said.Unreached(EgressFailure.Kind kind, String problem) ->
          switch (kind) {
            case REFUSED -> Failures.failed(ErrorName.PERMISSIONS, problem);
            case TOO_LONG ->
                Failures.failed(
                    ErrorName.DATA_LIMIT_EXCEEDED,
                    "The state/task 'eks' returned a result with a size exceeding the maximum"
                        + " number of bytes service limit.");
            case UNRESOLVED, UNREACHABLE, TIMED_OUT, BROKEN, CANCELLED ->
                Failures.failed(
                    "EKS.SdkClientException", "Unable to execute HTTP request: " + problem);
          };
    };
  }
}
