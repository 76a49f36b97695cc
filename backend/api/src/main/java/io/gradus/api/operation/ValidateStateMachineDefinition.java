package io.gradus.api.operation;

import io.gradus.api.json.Member;
import io.gradus.asl.parse.Diagnostic;
import io.gradus.asl.validate.MachineType;
import io.gradus.service.Caller;
import io.gradus.service.definition.StateMachineService;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Checks a definition without making anything of it.
public final class ValidateStateMachineDefinition
    implements Operation<
        ValidateStateMachineDefinition.Request, ValidateStateMachineDefinition.Answer> {
  private static final int MAX_RESULTS = 100;

  private final StateMachineService stateMachines;

  /// Checks as these state machines would.
  public ValidateStateMachineDefinition(StateMachineService stateMachines) {
    this.stateMachines = stateMachines;
  }

  /// What is asked.
  public record Request(
      @Member(required = true, min = 1, max = Limits.DEFINITION, sensitive = true)
          String definition,
      @Member @Nullable MachineType type,
      @Member Diagnostic.@Nullable Severity severity,
      @Member(max = MAX_RESULTS) @Nullable Integer maxResults) {}

  /// What is answered.
  public record Answer(Result result, List<Item> diagnostics, Boolean truncated) {}

  /// Whether the definition would be taken.
  public enum Result {
    OK,
    FAIL
  }

  /// One fault.
  public record Item(
      Diagnostic.Severity severity,
      Diagnostic.Code code,
      String message,
      @Nullable String location) {}

  @Override
  public Class<Request> request() {
    return Request.class;
  }

  @Override
  public Answer answer(Caller caller, Request request) {
    List<Diagnostic> all =
        stateMachines.validate(
            caller, request.definition, request.type == null ? MachineType.STANDARD : request.type);
    Result result =
        all.stream().anyMatch(d -> d.severity() == Diagnostic.Severity.ERROR)
            ? Result.FAIL
            : Result.OK;
    boolean warnings = request.severity == Diagnostic.Severity.WARNING;
    List<Item> wanted =
        all.stream()
            .filter(d -> warnings || d.severity() == Diagnostic.Severity.ERROR)
            .map(
                d ->
                    new Item(
                        d.severity(),
                        d.code(),
                        d.message(),
                        d.location().isEmpty() ? null : d.location()))
            .toList();
    int limit =
        request.maxResults == null || request.maxResults == 0 ? MAX_RESULTS : request.maxResults;
    return new Answer(result, wanted.stream().limit(limit).toList(), wanted.size() > limit);
  }
}
