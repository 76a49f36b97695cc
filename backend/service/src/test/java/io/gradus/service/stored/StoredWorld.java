package io.gradus.service.stored;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradus.engine.ExecutionStatus;
import io.gradus.engine.TenantId;
import io.gradus.integrations.approval.ApprovalConnector;
import io.gradus.integrations.aws.AwsConnection;
import io.gradus.integrations.states.StartExecutionConnector;
import io.gradus.runtime.ExecutionGateway;
import io.gradus.runtime.NodeSettings;
import io.gradus.runtime.node.Node;
import io.gradus.service.Caller;
import io.gradus.service.ErrorCode;
import io.gradus.service.MigratedPostgres;
import io.gradus.service.Refusal;
import io.gradus.service.Role;
import io.gradus.service.Transactions;
import io.gradus.service.access.AccessKeyService;
import io.gradus.service.activity.ActivityService;
import io.gradus.service.approval.ApprovalDesks;
import io.gradus.service.approval.ApprovalService;
import io.gradus.service.approval.ApprovalViews;
import io.gradus.service.approval.ApprovalWatch;
import io.gradus.service.arn.Arns;
import io.gradus.service.arn.StatesArn;
import io.gradus.service.audit.AuditTrail;
import io.gradus.service.batch.Askers;
import io.gradus.service.batch.BatchRuns;
import io.gradus.service.batch.BatchService;
import io.gradus.service.child.ChildExecutions;
import io.gradus.service.connection.CallableConnections;
import io.gradus.service.connection.ConnectionArns;
import io.gradus.service.connection.ConnectionService;
import io.gradus.service.connection.ConnectionVault;
import io.gradus.service.definition.AliasService;
import io.gradus.service.definition.AuthoringService;
import io.gradus.service.definition.Machines;
import io.gradus.service.definition.StateMachineService;
import io.gradus.service.definition.VersionService;
import io.gradus.service.execution.Execution;
import io.gradus.service.execution.ExecutionFinder;
import io.gradus.service.execution.ExecutionService;
import io.gradus.service.execution.ExecutionWatch;
import io.gradus.service.execution.ForkService;
import io.gradus.service.execution.MapRunService;
import io.gradus.service.execution.Standpoints;
import io.gradus.service.function.FunctionService;
import io.gradus.service.limit.LimitService;
import io.gradus.service.maprun.MapRunViews;
import io.gradus.service.savedview.SavedViewService;
import io.gradus.service.secret.Seal;
import io.gradus.service.tag.TagService;
import io.gradus.service.task.TaskService;
import io.gradus.service.testcase.CaseMachines;
import io.gradus.service.testcase.ProposalService;
import io.gradus.service.testcase.RunRoom;
import io.gradus.service.testcase.TestCaseService;
import io.gradus.service.testcase.TestRunService;
import io.gradus.store.AccessKeys;
import io.gradus.store.Activities;
import io.gradus.store.Approvals;
import io.gradus.store.Audit;
import io.gradus.store.AuditEntry;
import io.gradus.store.AuditFilter;
import io.gradus.store.Batches;
import io.gradus.store.Connections;
import io.gradus.store.Database;
import io.gradus.store.EngineApprovals;
import io.gradus.store.EngineAudit;
import io.gradus.store.ExecutionSearch;
import io.gradus.store.Executions;
import io.gradus.store.Functions;
import io.gradus.store.Histories;
import io.gradus.store.MapRunChildren;
import io.gradus.store.MapRuns;
import io.gradus.store.PlatformScope;
import io.gradus.store.Revisions;
import io.gradus.store.SavedViews;
import io.gradus.store.SealedRows;
import io.gradus.store.Secrets;
import io.gradus.store.StateMachines;
import io.gradus.store.Tags;
import io.gradus.store.TenantLimits;
import io.gradus.store.TenantScope;
import io.gradus.store.Tenants;
import io.gradus.store.TestCases;
import io.gradus.store.Users;
import io.gradus.store.engine.BatchRows;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;

/// Every use case over a PostgreSQL and a node of its own.
final class StoredWorld implements AutoCloseable {
  static final String REGION = "us-east-1";
  static final Seal SEAL = new Seal(new byte[32]);

  private final MigratedPostgres postgres;
  private final Database database;
  private final Node node;
  private final TenantScope scope;
  private final PlatformScope platform;
  private final GatheredAudit gathered;
  private final Tenants tenants;
  private final Users users;
  private long accounts = 100_000_000_000L;

  final StateMachineService stateMachines;
  final VersionService versions;
  final AliasService aliases;
  final AuthoringService authoring;
  final ExecutionService executions;
  final LimitService limits;
  final ForkService forks;
  final ExecutionFinder finder;
  final ExecutionWatch watch;
  final MapRunService mapRuns;
  final MapRunViews mapRunViews;
  final ActivityService activities;
  final TaskService tasks;
  final TagService tags;
  final AccessKeyService accessKeys;
  final FunctionService functions;
  final ConnectionService connections;
  final CallableConnections callable;

  /// What the operator set for every tenant without an AWS connection of its own.
  @Nullable AwsConnection operatorsAws;

  final TestCaseService testCases;
  final TestRunService testRuns;
  final ProposalService proposals;
  final BatchRows batchRows;
  final BatchService batches;
  final SavedViewService savedViews;
  private final Askers askers;
  final ApprovalWatch approvalWatch;
  final ApprovalService approvals;

  StoredWorld() {
    postgres = MigratedPostgres.start();
    database = Database.open(postgres.owner(), Database.Sizes.DEFAULT);
    scope = new TenantScope(database.app());
    platform = new PlatformScope(database.platform());
    tenants = new Tenants(platform);
    users = new Users(platform);
    Clock clock = Clock.systemUTC();
    var directory = new StoredDirectory(users);
    var keyRecords = new StoredAccessKeys(new AccessKeys(scope, platform), clock);
    var approvalStores =
        new ApprovalService.Stores(new Approvals(scope), new EngineApprovals(database.engine()));
    approvalWatch = new ApprovalWatch(approvalStores.approvals(), this::node);
    var desks = new ApprovalDesks(approvalStores.engine(), directory, new ToPages(), clock);
    var children = new StartExecutionConnector(new ChildExecutions(this::startsChildren));
    NodeSettings settings = NodeSettings.usual("test", REGION, new byte[32]);
    node = new Node(settings, database, List.of(children, new ApprovalConnector(desks))).start();
    Arns arns = new Arns(REGION);
    AuditTrail audit = new StoredAudit(new Audit(scope), clock);
    gathered = new GatheredAudit(new EngineAudit(database.engine()), clock);
    Transactions transactions = new Scoped();
    var machineRecords = new StoredStateMachines(new StateMachines(scope), clock);
    var activityRecords = new StoredActivities(new Activities(scope));
    var tagRecords = new StoredTags(new Tags(scope));
    Machines machines = new Machines(machineRecords);
    stateMachines =
        new StateMachineService(
            machineRecords, machines, tagRecords, arns, transactions, audit, clock);
    var versionRecords = new StoredVersions(new StateMachines(scope));
    versions =
        new VersionService(
            machineRecords, versionRecords, machines, arns, transactions, audit, clock);
    aliases =
        new AliasService(
            machineRecords, versionRecords, machines, arns, transactions, audit, clock);
    authoring =
        new AuthoringService(
            new StoredRevisions(new Revisions(scope)),
            machineRecords,
            stateMachines,
            machines,
            arns,
            transactions);
    var executionRecords =
        new StoredExecutions(new Executions(scope), new Histories(scope), new StateMachines(scope));
    finder =
        new ExecutionFinder(
            new StoredLookup(new ExecutionSearch(scope), new Histories(scope)),
            executionRecords,
            arns);
    watch = new ExecutionWatch(node);
    executions =
        new ExecutionService(
            executionRecords, machines, stateMachines, node, arns, gathered, clock);
    var mapRunRecords = new StoredMapRuns(new MapRuns(scope));
    mapRuns = new MapRunService(executionRecords, mapRunRecords, node, arns, gathered);
    mapRunViews =
        new MapRunViews(
            mapRunRecords,
            new StoredChildren(new MapRunChildren(scope), new Histories(scope)),
            finder,
            arns,
            clock);
    limits =
        new LimitService(
            new StoredLimits(new TenantLimits(scope)),
            machineRecords,
            machines,
            arns,
            transactions,
            audit);
    forks =
        new ForkService(
            executionRecords,
            new Standpoints(new StoredLookup(new ExecutionSearch(scope), new Histories(scope))),
            machineRecords,
            machines,
            executions,
            arns,
            gathered);
    activities =
        new ActivityService(activityRecords, tagRecords, node, arns, transactions, audit, clock);
    tasks = new TaskService(node, gathered);
    tags =
        new TagService(
            tagRecords,
            (tenant, arn) ->
                switch (arn) {
                  case StatesArn.StateMachine m ->
                      machineRecords.find(tenant, m.name()).isPresent();
                  case StatesArn.Activity a -> activityRecords.find(tenant, a.name()).isPresent();
                  case StatesArn.Execution _, StatesArn.ExpressExecution _, StatesArn.MapRun _ ->
                      false;
                },
            arns,
            transactions,
            audit);
    accessKeys = new AccessKeyService(keyRecords, SEAL, transactions, audit);
    batchRows = new BatchRows(database.engine());
    batches =
        new BatchService(
            new StoredBatches(new Batches(scope)),
            finder,
            executionRecords,
            arns,
            transactions,
            audit,
            clock,
            () -> {});
    askers = new Askers(directory, accessKeys);
    savedViews =
        new SavedViewService(
            new StoredSavedViews(new SavedViews(scope)), transactions, audit, clock);
    var connectionStore = new Connections(scope);
    var vault = new ConnectionVault(connectionStore, SEAL);
    callable =
        new CallableConnections(vault, tenant -> tenants.find(tenant).map(Tenants.Tenant::account));
    connections =
        new ConnectionService(
            connectionStore,
            vault,
            transactions,
            audit,
            new ConnectionArns(REGION),
            callable.aws(_ -> Optional.ofNullable(operatorsAws))::find,
            clock);
    functions =
        new FunctionService(new StoredFunctions(new Functions(scope), clock), transactions, audit);
    var caseRecords = new StoredTestCases(new TestCases(scope));
    var caseMachines =
        new CaseMachines(machineRecords, new StoredRevisions(new Revisions(scope)), machines, arns);
    var room = new RunRoom(2, 2);
    testCases = new TestCaseService(caseRecords, caseMachines, transactions, audit, clock);
    testRuns =
        new TestRunService(caseRecords, testCases, caseMachines, room, transactions, audit, clock);
    proposals = new ProposalService(executions, finder, room);
    approvals =
        new ApprovalService(
            approvalStores,
            new ApprovalViews(directory, keyRecords, arns),
            directory,
            transactions,
            audit,
            new ApprovalService.Signals(approvalWatch, this::node),
            clock);
  }

  private ExecutionGateway node() {
    return node;
  }

  private final class ToPages implements ApprovalDesks.Told {
    @Override
    public boolean byMail() {
      return false;
    }

    @Override
    public void opened(TenantId tenant) {
      approvalWatch.poke(tenant);
    }
  }

  /// Works on batches as a node does, once started.
  BatchRuns batchRuns() {
    return new BatchRuns(batchRows, executions, askers);
  }

  /// A member of the administrator's tenant.
  Caller person(Caller admin, String login, String name, Set<Role> roles, Set<String> groups) {
    users.create(
        new Users.User(UUID.randomUUID(), login, name, null, "none", false, true, Instant.now()));
    UUID id = users.findByLogin(login).orElseThrow().id();
    users.setRoles(
        admin.tenant(), id, roles.stream().map(Role::wireName).collect(Collectors.toSet()));
    users.setGroups(admin.tenant(), id, groups);
    return new Caller(admin.tenant(), admin.account(), "user/" + login, roles, "test");
  }

  /// The same person with other roles.
  Caller with(Caller person, Role... roles) {
    return new Caller(person.tenant(), person.account(), person.principal(), Set.of(roles), "test");
  }

  /// The person is no member of the tenant any more.
  void leaves(Caller person) {
    String login = person.principal().substring("user/".length());
    users.setRoles(person.tenant(), users.findByLogin(login).orElseThrow().id(), Set.of());
  }

  private ExecutionService startsChildren() {
    return executions;
  }

  private final class Scoped implements Transactions {
    @Override
    public <T extends @Nullable Object> T call(TenantId tenant, Supplier<T> work) {
      return scope.call(tenant, work);
    }
  }

  /// Everything that is sealed, of all tenants.
  SealedRows sealedRows() {
    return new SealedRows(platform);
  }

  /// Secrets of the installation itself.
  Secrets secrets() {
    return new Secrets(platform);
  }

  /// The use cases about connections, with another seal.
  CallableConnections callable(Seal seal) {
    return new CallableConnections(
        new ConnectionVault(new Connections(scope), seal),
        tenant -> tenants.find(tenant).map(Tenants.Tenant::account));
  }

  /// An administrator of a new tenant.
  Caller administrator() {
    String account = String.valueOf(++accounts);
    TenantId id = new TenantId(UUID.randomUUID());
    tenants.create(new Tenants.Tenant(id, account, "test", true, true, Instant.now()));
    return new Caller(id, account, "user/ann", Set.of(Role.ADMIN), "test");
  }

  /// The execution when it is over, or as it is after two minutes.
  Execution ended(Caller caller, String arn) {
    Instant deadline = Instant.now().plus(Duration.ofMinutes(2));
    Execution now = executions.describe(caller, arn);
    while (now.status() == ExecutionStatus.RUNNING && Instant.now().isBefore(deadline)) {
      LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
      now = executions.describe(caller, arn);
    }
    return now;
  }

  /// What the tenant's audit log says, oldest first.
  List<AuditEntry.What> audited(Caller caller) {
    Audit audit = new Audit(scope);
    if (audit.verify(caller.tenant()).fault() != null) {
      throw new IllegalStateException("expected a sound audit log");
    }
    return audit.list(caller.tenant(), AuditFilter.ALL, Long.MAX_VALUE, 100).reversed().stream()
        .map(AuditEntry::what)
        .toList();
  }

  /// Holds that the call is refused for that reason.
  static void refuses(ErrorCode code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo(code));
  }

  @Override
  public void close() {
    gathered.close();
    approvalWatch.close();
    node.close();
    database.close();
    postgres.close();
  }
}
