package io.gradus.service.template;

import io.gradus.asl.validate.MachineType;
import io.gradus.service.Caller;
import io.gradus.service.ErrorCode;
import io.gradus.service.Refusal;
import io.gradus.service.arn.Arns;
import io.gradus.service.definition.StateMachine;
import io.gradus.service.definition.StateMachineService;
import io.gradus.service.execution.Execution;
import io.gradus.service.execution.ExecutionService;
import io.gradus.service.tag.TagService;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/// Templates, and what one does with them: look, and run.
public class TemplateService {
  /// The tag that says which template a state machine was made of.
  public static final String TAG = "gradus:template";

  private static final String PERSON = "user/";

  /// So many machines of one template that were changed since; then somebody has to tidy up.
  private static final int MAX_NAMES = 100;

  private final TemplateLibrary library;
  private final StateMachineService stateMachines;
  private final ExecutionService executions;
  private final TagService tags;
  private final Arns arns;

  /// Runs templates by these use cases, and by their rules.
  public TemplateService(
      TemplateLibrary library,
      StateMachineService stateMachines,
      ExecutionService executions,
      TagService tags,
      Arns arns) {
    this.library = library;
    this.stateMachines = stateMachines;
    this.executions = executions;
    this.tags = tags;
    this.arns = arns;
  }

  /// An execution that a template was run in.
  public record Run(String stateMachine, String execution) {}

  /// What a state machine that was made of a template can be started with.
  public record Example(String input, String mocks) {}

  /// All templates, in the order in which they are shown.
  public List<Template> all() {
    return library.all();
  }

  /// The one with that id.
  public Optional<Template> find(String id) {
    return library.find(id);
  }

  /// What the state machine can be started with, where it was made of a template.
  ///
  /// @throws Refusal as [TagService#list]
  public Optional<Example> exampleFor(Caller caller, String stateMachineArn) {
    return Optional.ofNullable(tags.list(caller, stateMachineArn).get(TAG))
        .flatMap(library::find)
        .map(template -> new Example(template.inputFor(login(caller)), template.mocks()));
  }

  /// Starts the template on its mocks. Its state machine is made under the first name that is free,
  /// unless one of those names has this very definition.
  ///
  /// @throws Refusal ACCESS_DENIED if the caller may not start, or would have to create and may not
  public Run run(Caller caller, Template template) {
    for (int i = 1; i <= MAX_NAMES; i++) {
      String name = i == 1 ? template.id() : template.id() + "-" + i;
      String arn = machine(caller, template, name);
      if (arn != null) {
        String execution = "trial-" + HexFormat.of().toHexDigits(random(), 6);
        String input = template.inputFor(login(caller));
        executions.start(
            caller, new Execution.Start(arn, execution, input, null, template.mocks()));
        return new Run(name, execution);
      }
    }
    throw new Refusal(
        ErrorCode.CONFLICT,
        "There are "
            + MAX_NAMES
            + " changed copies of the template '"
            + template.id()
            + "' already; delete some");
  }

  /// The machine of that name, made where it is missing; null where the name is something else's.
  private @Nullable String machine(Caller caller, Template template, String name) {
    String arn = arns.stateMachine(caller, name).text();
    try {
      StateMachine there = stateMachines.describe(caller, arn);
      return there.definition().equals(template.definition())
              && there.type() == MachineType.STANDARD
              && there.status() == StateMachine.Status.ACTIVE
          ? arn
          : null;
    } catch (Refusal refusal) {
      if (refusal.code() != ErrorCode.STATE_MACHINE_DOES_NOT_EXIST) {
        throw refusal;
      }
    }
    try {
      return stateMachines.create(caller, draft(caller, template, name)).arn();
    } catch (Refusal refusal) {
      if (refusal.code() == ErrorCode.STATE_MACHINE_ALREADY_EXISTS) {
        return null; // somebody took it just now
      }
      throw refusal;
    }
  }

  private static StateMachine.Draft draft(Caller caller, Template template, String name) {
    return new StateMachine.Draft(
        name,
        template.definition(),
        "arn:aws:iam::" + caller.account() + ":role/gradus",
        MachineType.STANDARD,
        null,
        null,
        Map.of(TAG, template.id()));
  }

  /// Approvals name people by their login; who comes with a key is none.
  private static String login(Caller caller) {
    return caller.principal().startsWith(PERSON)
        ? caller.principal().substring(PERSON.length())
        : caller.principal();
  }

  private static long random() {
    return ThreadLocalRandom.current().nextLong();
  }
}
