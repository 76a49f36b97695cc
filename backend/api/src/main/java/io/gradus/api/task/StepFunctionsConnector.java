package io.gradus.api.task;

import io.gradus.api.json.BadRequest;
import io.gradus.api.json.RequestReader;
import io.gradus.api.json.SdkForm;
import io.gradus.api.operation.Operation;
import io.gradus.api.operation.Operations;
import io.gradus.asl.model.ErrorName;
import io.gradus.asl.model.Resource;
import io.gradus.engine.Command.FailureKind;
import io.gradus.engine.Payload;
import io.gradus.engine.port.Connector;
import io.gradus.engine.port.TaskInvocation;
import io.gradus.engine.port.TaskOutcome;
import io.gradus.service.Caller;
import io.gradus.service.Refusal;
import io.gradus.service.Role;
import io.gradus.store.jdbc.DatabaseFailure;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// `aws-sdk:sfn:*`: Tasks that call this very service, in the execution's own tenant. They may do
/// what the author of their definition may.
public final class StepFunctionsConnector implements Connector, AutoCloseable {
  private static final String TYPE = "aws-sdk:sfn";
  private static final int ACCOUNT = 4;

  private final Supplier<Operations> operations;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /// @param operations asked for at the first call
  public StepFunctionsConnector(Supplier<Operations> operations) {
    this.operations = operations;
  }

  @Override
  public boolean handles(Resource resource) {
    return resource.resourceType().equals(TYPE)
        && resource.pattern() == Resource.Pattern.REQUEST_RESPONSE;
  }

  @Override
  public CompletionStage<TaskOutcome> invoke(TaskInvocation invocation) {
    // Some operations wait: GetActivityTask does, for a minute.
    return CompletableFuture.supplyAsync(() -> call(invocation), threads);
  }

  private TaskOutcome call(TaskInvocation invocation) {
    String action = invocation.resource().action();
    String name = action.substring(0, 1).toUpperCase(Locale.ROOT) + action.substring(1);
    Optional<Operation<?, ?>> operation = operations.get().find(name);
    if (operation.isEmpty()) {
      return failed(
          ErrorName.RUNTIME.value(), "The action '" + action + "' is not supported here.");
    }
    try {
      return new TaskOutcome.Succeeded(
          Payload.of(SdkForm.answer(answer(operation.get(), invocation))));
    } catch (IllegalArgumentException e) {
      return failed(ErrorName.RUNTIME.value(), e.getMessage());
    } catch (BadRequest e) {
      return refused(e.kind().wireName(), e.message());
    } catch (Refusal e) {
      if (DatabaseFailure.behind(e).isPresent()) {
        throw e; // our trouble and not the task's: it asks again
      }
      return refused(e.code().wireName(), e.message());
    }
  }

  private static <I extends Record> Record answer(
      Operation<I, ?> operation, TaskInvocation invocation) {
    return operation.answer(
        caller(invocation),
        RequestReader.read(
            SdkForm.request(invocation.arguments().json(), operation.request()),
            operation.request()));
  }

  private static Caller caller(TaskInvocation invocation) {
    String[] arn = invocation.executionArn().split(":", -1);
    return new Caller(
        invocation.execution().tenant(),
        arn[ACCOUNT],
        "execution/" + invocation.executionArn(),
        Set.of(Role.AUTHOR),
        "engine");
  }

  /// As the AWS SDK names an error, and says it.
  private static TaskOutcome refused(String error, String message) {
    String exception = error.endsWith("Exception") ? error : error + "Exception";
    return failed(
        "Sfn." + exception,
        message
            + " (Service: Sfn, Status Code: 400, Request ID: "
            + UUID.randomUUID()
            + ") (SDK Attempt Count: 1)");
  }

  private static TaskOutcome failed(String error, @Nullable String cause) {
    return new TaskOutcome.Failed(FailureKind.FAILED, new ErrorName(error), cause);
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
