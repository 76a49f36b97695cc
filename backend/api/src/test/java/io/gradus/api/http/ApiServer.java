package io.gradus.api.http;

import io.gradus.api.management.ManagementEndpoint;
import io.gradus.api.management.ManagementFilter;
import io.gradus.api.management.SessionCallers;
import io.gradus.api.operation.Operations;
import io.gradus.api.operation.Sizing;
import io.gradus.api.operation.StepFunctions;
import io.gradus.api.page.PageTokens;
import io.gradus.api.sigv4.SignatureVerifier;
import io.gradus.engine.TenantId;
import io.gradus.service.Caller;
import io.gradus.service.Role;
import io.gradus.service.Transactions;
import io.gradus.service.access.AccessKeyRecords;
import io.gradus.service.access.AccessKeyService;
import io.gradus.service.activity.ActivityService;
import io.gradus.service.arn.Arns;
import io.gradus.service.arn.StatesArn;
import io.gradus.service.audit.AuditTrail;
import io.gradus.service.definition.AliasService;
import io.gradus.service.definition.Machines;
import io.gradus.service.definition.StateMachineService;
import io.gradus.service.definition.VersionService;
import io.gradus.service.execution.ExecutionService;
import io.gradus.service.execution.MapRunService;
import io.gradus.service.function.FunctionService;
import io.gradus.service.limit.LimitService;
import io.gradus.service.limit.Rates;
import io.gradus.service.people.Person;
import io.gradus.service.secret.Seal;
import io.gradus.service.tag.TagOwners;
import io.gradus.service.tag.TagService;
import io.gradus.service.task.TaskService;
import io.gradus.service.teststate.TestStateService;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.client.config.SdkAdvancedClientOption;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sfn.SfnClient;

/// The Step Functions API on a port of its own, over records in memory.
final class ApiServer implements AutoCloseable {
  static final String REGION = "us-east-1";
  static final String ACCOUNT = "111122223333";
  static final String OTHER_ACCOUNT = "444455556666";

  private static final Rates RATES =
      new Rates(Rates.Plan.of(new Rates.Bucket(1e9, 1e6)), System::nanoTime);

  final RequestRoom room = new RequestRoom(64L * 1024 * 1024, ServletRequests.MAX_BODY);
  private final Tomcat tomcat = new Tomcat();
  private final Operations operations;
  private final List<String> audited = new CopyOnWriteArrayList<>();
  private final AtomicReference<Caller> signedIn = new AtomicReference<>();

  ApiServer() {
    MemoryGateway gateway = new MemoryGateway();
    Arns arns = new Arns(REGION);
    var machineRecords = new MemoryStateMachines();
    var activityRecords = new MemoryActivities();
    var tagRecords = new MemoryTags();
    Machines machines = new Machines(machineRecords);
    AuditTrail audit = (caller, action, resource, change) -> audited.add(action + " " + resource);
    Transactions transactions = new NoTransactions();
    Clock clock = Clock.systemUTC();
    var stateMachines =
        new StateMachineService(
            machineRecords, machines, tagRecords, arns, transactions, audit, clock);
    var executionRecords = new MemoryExecutions(gateway, machineRecords);
    var executions =
        new ExecutionService(
            executionRecords, machines, stateMachines, gateway, arns, audit, clock);
    var limits =
        new LimitService(new MemoryLimits(), machineRecords, machines, arns, transactions, audit);
    var tasks = new TaskService(gateway, audit);
    TagOwners owners =
        (tenant, arn) ->
            switch (arn) {
              case StatesArn.StateMachine m -> machineRecords.find(tenant, m.name()).isPresent();
              case StatesArn.Activity a -> activityRecords.find(tenant, a.name()).isPresent();
              case StatesArn.Execution _, StatesArn.ExpressExecution _, StatesArn.MapRun _ -> false;
            };
    operations =
        StepFunctions.operations(
            new StepFunctions.UseCases(
                stateMachines,
                executions,
                new ActivityService(
                    activityRecords, tagRecords, gateway, arns, transactions, audit, clock),
                tasks,
                new TagService(tagRecords, owners, arns, transactions, audit),
                new TestStateService(new EchoCalls(), arns, audit, clock, limits::limits),
                new VersionService(
                    machineRecords, machineRecords, machines, arns, transactions, audit, clock),
                new AliasService(
                    machineRecords, machineRecords, machines, arns, transactions, audit, clock),
                new MapRunService(executionRecords, new NoMapRuns(), gateway, arns, audit)),
            new PageTokens(new byte[32], clock),
            REGION);
    Seal seal = new Seal(new byte[32]);
    var keyRecords = new MemoryAccessKeys();
    var accessKeys = new AccessKeyService(keyRecords, seal, transactions, audit);
    for (Role role : Role.values()) {
      addKey(keyRecords, accessKeys, "AKIA" + role, 1, ACCOUNT, role);
    }
    addKey(keyRecords, accessKeys, "AKIAOTHER", 2, OTHER_ACCOUNT, Role.ADMIN);
    SignatureVerifier verifier = new SignatureVerifier(accessKeys::find, REGION, "states", clock);
    var functions = new FunctionService(new MemoryFunctions(), transactions, audit);
    start(
        new StepFunctionsFilter(
            new StepFunctionsEndpoint(verifier, operations, new Sizing(limits, tasks), RATES),
            room),
        new ManagementFilter(
            new ManagementEndpoint(executions, functions, accessKeys).with(limits),
            verifier,
            new SignedIn(),
            room));
  }

  private static void addKey(
      MemoryAccessKeys records,
      AccessKeyService service,
      String id,
      int tenant,
      String account,
      Role role) {
    TenantId tenantId = new TenantId(new UUID(0, tenant));
    byte[] sealed = service.sealed(tenantId, id, "secret-" + id);
    records.add(new AccessKeyRecords.Known(tenantId, account, id, sealed, Set.of(role), true));
  }

  /// Nobody here runs the platform.
  private final class SignedIn implements SessionCallers {
    @Override
    public Optional<Caller> find(HttpServletRequest request) {
      return Optional.ofNullable(signedIn.get());
    }

    @Override
    public Optional<Person> person(HttpServletRequest request) {
      return Optional.empty();
    }
  }

  /// Nothing here needs undoing.
  private static final class NoTransactions implements Transactions {
    @Override
    public <T extends @Nullable Object> T call(TenantId tenant, Supplier<T> work) {
      return work.get();
    }
  }

  /// Whose session every request without a signature carries from now on.
  void signIn(Role role) {
    signedIn.set(
        new Caller(
            new TenantId(new UUID(0, 1)),
            ACCOUNT,
            "user/" + role.wireName(),
            Set.of(role),
            "console"));
  }

  private void start(Filter... filters) {
    try {
      tomcat.setBaseDir(Files.createTempDirectory("api").toString());
      tomcat.setHostname("127.0.0.1");
      tomcat.setPort(0);
      tomcat.getConnector().setProperty("address", "127.0.0.1");
      Context context = tomcat.addContext("", null);
      for (Filter filter : filters) {
        FilterDef definition = new FilterDef();
        definition.setFilterName(filter.getClass().getSimpleName());
        definition.setFilter(filter);
        context.addFilterDef(definition);
        FilterMap map = new FilterMap();
        map.setFilterName(definition.getFilterName());
        map.addURLPattern("/*");
        context.addFilterMap(map);
      }
      Tomcat.addServlet(context, "rest", new jakarta.servlet.http.HttpServlet() {});
      context.addServletMappingDecoded("/", "rest");
      tomcat.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (LifecycleException e) {
      throw new IllegalStateException(e);
    }
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + tomcat.getConnector().getLocalPort());
  }

  SfnClient client(String keyId) {
    return client(keyId, "secret-" + keyId);
  }

  SfnClient client(String keyId, String secret) {
    return SfnClient.builder()
        .endpointOverride(endpoint())
        .region(Region.of(REGION))
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create(keyId, secret)))
        .overrideConfiguration(
            c -> c.putAdvancedOption(SdkAdvancedClientOption.DISABLE_HOST_PREFIX_INJECTION, true))
        .build();
  }

  Operations operations() {
    return operations;
  }

  List<String> audited() {
    return List.copyOf(audited);
  }

  @Override
  public void close() {
    try {
      tomcat.stop();
      tomcat.destroy();
    } catch (LifecycleException e) {
      throw new IllegalStateException(e);
    }
  }
}
