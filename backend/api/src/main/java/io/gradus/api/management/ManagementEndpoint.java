package io.gradus.api.management;

import io.gradus.api.http.HttpAnswer;
import io.gradus.api.json.BadRequest;
import io.gradus.api.json.JsonBody;
import io.gradus.api.json.RequestReader;
import io.gradus.api.json.ResponseWriter;
import io.gradus.service.Caller;
import io.gradus.service.ErrorCode;
import io.gradus.service.Refusal;
import io.gradus.service.access.AccessKeyService;
import io.gradus.service.approval.ApprovalService;
import io.gradus.service.audit.AuditService;
import io.gradus.service.batch.BatchService;
import io.gradus.service.connection.ConnectionService;
import io.gradus.service.connection.ConnectionTrial;
import io.gradus.service.execution.ExecutionFinder;
import io.gradus.service.execution.ExecutionService;
import io.gradus.service.execution.ForkService;
import io.gradus.service.function.FunctionService;
import io.gradus.service.limit.LimitService;
import io.gradus.service.people.MemberService;
import io.gradus.service.people.Person;
import io.gradus.service.people.TenantService;
import io.gradus.service.savedview.SavedViewService;
import io.gradus.service.statistics.StatisticsService;
import io.gradus.service.testcase.ProposalService;
import io.gradus.service.testcase.TestCaseService;
import io.gradus.service.testcase.TestRunService;
import io.gradus.service.trigger.TriggerService;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/// The management API: finds the call that a path is for and puts what comes of it into HTTP. Who
/// calls is known already.
public final class ManagementEndpoint {
  private static final Logger LOG = LoggerFactory.getLogger(ManagementEndpoint.class);
  private static final String JSON = "application/json";
  private static final int OK = 200;
  private static final int BAD_REQUEST = 400;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int METHOD_NOT_ALLOWED = 405;
  private static final int CONFLICT = 409;
  private static final int TOO_MANY = 429;
  private static final int UNAVAILABLE = 503;

  private final List<Route<Caller, ?, ?>> routes;
  private final List<Route<Person, ?, ?>> platform;
  private final byte[] openApi;

  /// Offers these use cases.
  public ManagementEndpoint(
      ExecutionService executions, FunctionService functions, AccessKeyService accessKeys) {
    this(new ManagementRoutes(executions, functions, accessKeys).all(), List.of());
  }

  private ManagementEndpoint(List<Route<Caller, ?, ?>> routes, List<Route<Person, ?, ?>> platform) {
    this.routes = List.copyOf(routes);
    this.platform = List.copyOf(platform);
    List<Route<?, ?, ?>> all = new ArrayList<>(routes);
    all.addAll(platform);
    this.openApi = OpenApi.document(all);
  }

  /// The same, and approvals.
  public ManagementEndpoint with(ApprovalService approvals) {
    return with(new ApprovalRoutes(approvals).all());
  }

  /// The same, and members and the audit log.
  public ManagementEndpoint with(MemberService members, AuditService audit) {
    return with(new MemberRoutes(members).all()).with(new AuditRoutes(audit).all());
  }

  /// The same, and tenants.
  public ManagementEndpoint with(TenantService tenants) {
    return new ManagementEndpoint(routes, new TenantRoutes(tenants).all());
  }

  /// The same, and forks of executions.
  public ManagementEndpoint with(
      ExecutionService executions, ExecutionFinder finder, ForkService forks) {
    return with(new ExecutionRoutes(executions, finder, forks).all());
  }

  /// The same, and connections.
  public ManagementEndpoint with(ConnectionService connections, ConnectionTrial trial) {
    return with(new ConnectionRoutes(connections, trial).all());
  }

  /// The same, and AWS's limits.
  public ManagementEndpoint with(LimitService limits) {
    return with(new LimitRoutes(limits).all());
  }

  /// The same, and triggers.
  public ManagementEndpoint with(TriggerService triggers) {
    return with(new TriggerRoutes(triggers).all());
  }

  /// The same, and batches of executions.
  public ManagementEndpoint with(BatchService batches) {
    return with(new BatchRoutes(batches).all());
  }

  /// The same, and statistics of executions.
  public ManagementEndpoint with(StatisticsService statistics) {
    return with(new StatisticsRoutes(statistics).all());
  }

  /// The same, and saved views.
  public ManagementEndpoint with(SavedViewService views) {
    return with(new SavedViewRoutes(views).all());
  }

  /// The same, and test cases of state machines.
  public ManagementEndpoint with(
      TestCaseService cases, TestRunService runs, ProposalService proposals) {
    return with(new TestCaseRoutes(cases, runs, proposals).all());
  }

  private ManagementEndpoint with(List<Route<Caller, ?, ?>> more) {
    List<Route<Caller, ?, ?>> all = new ArrayList<>(routes);
    all.addAll(more);
    return new ManagementEndpoint(all, platform);
  }

  /// The OpenAPI document.
  public HttpAnswer openApi() {
    return new HttpAnswer(OK, JSON, openApi);
  }

  /// Whether a path is of no tenant, so that a person calls it and no key.
  ///
  /// @param path after `/api/v1`, still percent-encoded
  public boolean isAboveTenants(String path) {
    return platform.stream().anyMatch(route -> route.match(path).isPresent());
  }

  /// Answers a call.
  ///
  /// @param path after `/api/v1`, still percent-encoded
  public HttpAnswer answer(Caller caller, String method, String path, byte[] body) {
    return answer(routes, caller, caller.tenant().value().toString(), new Call(method, path, body));
  }

  /// Answers a call that is above tenants.
  ///
  /// @param path after `/api/v1`, still percent-encoded
  public HttpAnswer answer(Person operator, String method, String path, byte[] body) {
    return answer(platform, operator, "none", new Call(method, path, body));
  }

  private record Call(String method, String path, byte[] body) {}

  private static <A> HttpAnswer answer(
      List<Route<A, ?, ?>> routes, A asker, String tenant, Call call) {
    boolean known = false;
    for (Route<A, ?, ?> route : routes) {
      Optional<List<String>> members = route.match(call.path());
      if (members.isPresent() && route.method().equals(call.method())) {
        return answer(route, asker, tenant, members.get(), call.body());
      }
      known |= members.isPresent();
    }
    return known
        ? error(METHOD_NOT_ALLOWED, "MethodNotAllowed", "The method is not allowed on this path")
        : error(NOT_FOUND, "ResourceNotFound", "There is nothing under this path");
  }

  private static <A, I extends Record, O extends Record> HttpAnswer answer(
      Route<A, I, O> route, A asker, String tenant, List<String> members, byte[] body) {
    try {
      ObjectNode object = (ObjectNode) JsonBody.read(body);
      List<String> names = route.pathMembers();
      for (int i = 0; i < names.size(); i++) {
        object.put(names.get(i), decoded(members.get(i)));
      }
      O answer = route.handler().answer(asker, RequestReader.read(object, route.request()));
      return new HttpAnswer(
          route.status(),
          JSON,
          answer instanceof Route.Nothing
              ? new byte[0]
              : ResponseWriter.write(answer, ResponseWriter.Times.ISO_8601));
    } catch (BadRequest e) {
      return refused(e);
    } catch (Refusal e) {
      return error(status(e.code()), e.code().wireName(), e.message());
    } catch (RuntimeException | Error e) {
      LOG.atError()
          .addKeyValue("tenant", tenant)
          .addKeyValue("call", route.id())
          .setCause(e)
          .log("A call failed by a fault of ours; the caller was told to try again");
      return unavailable();
    }
  }

  /// The answer where it is our fault, or the database's.
  static HttpAnswer unavailable() {
    return error(
        UNAVAILABLE,
        ErrorCode.SERVICE_UNAVAILABLE.wireName(),
        "The service is temporarily unavailable. Please try again.");
  }

  /// The answer to a request that cannot be read.
  public static HttpAnswer refused(BadRequest e) {
    return error(e.kind().status(), e.kind().wireName(), e.message());
  }

  /// An error in the API's form.
  public static HttpAnswer error(int status, String type, String message) {
    return new HttpAnswer(status, JSON, ResponseWriter.error(type, message));
  }

  private static String decoded(String part) {
    try {
      // A plus is a plus in a path.
      return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new BadRequest(BadRequest.Kind.SERIALIZATION, "The path is not well encoded");
    }
  }

  private static int status(ErrorCode code) {
    return switch (code) {
      case ACCESS_DENIED -> FORBIDDEN;
      case ACTIVITY_DOES_NOT_EXIST,
          EXECUTION_DOES_NOT_EXIST,
          RESOURCE_NOT_FOUND,
          STATE_MACHINE_DOES_NOT_EXIST,
          TASK_DOES_NOT_EXIST ->
          NOT_FOUND;
      case ACTIVITY_ALREADY_EXISTS,
          CONFLICT,
          EXECUTION_ALREADY_EXISTS,
          EXECUTION_NOT_REDRIVABLE,
          STATE_MACHINE_ALREADY_EXISTS,
          STATE_MACHINE_DELETING ->
          CONFLICT;
      case ACTIVITY_WORKER_LIMIT_EXCEEDED, EXECUTION_LIMIT_EXCEEDED, THROTTLING -> TOO_MANY;
      case SERVICE_UNAVAILABLE -> UNAVAILABLE;
      case ACTIVITY_LIMIT_EXCEEDED,
          INVALID_ARN,
          INVALID_DEFINITION,
          INVALID_ENCRYPTION_CONFIGURATION,
          INVALID_EXECUTION_INPUT,
          INVALID_LOGGING_CONFIGURATION,
          INVALID_NAME,
          INVALID_OUTPUT,
          INVALID_TOKEN,
          INVALID_TRACING_CONFIGURATION,
          MISSING_REQUIRED_PARAMETER,
          SERVICE_QUOTA_EXCEEDED,
          STATE_MACHINE_LIMIT_EXCEEDED,
          STATE_MACHINE_TYPE_NOT_SUPPORTED,
          TASK_TIMED_OUT,
          TOO_MANY_TAGS,
          VALIDATION ->
          BAD_REQUEST;
    };
  }
}
