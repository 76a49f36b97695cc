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
import io.gradus.service.testcase.TestCaseService;
import java.util.HexFormat;
import java.util.LinkedHashMap;
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
  private final TestCaseService testCases;
  private final Arns arns;

  /// Runs templates by these use cases, and by their rules.
  public TemplateService(
      TemplateLibrary library,
      StateMachineService stateMachines,
      ExecutionService executions,
      TagService tags,
      TestCaseService testCases,
      Arns arns) {
    this.library = library;
    this.stateMachines = stateMachines;
    this.executions = executions;
    this.tags = tags;
    this.testCases = testCases;
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

  /// The template's definition as this tenant's.
  public String definitionFor(Caller caller, Template template) {
    return template.definitionFor(arns.region(), caller.account());
  }

  /// Starts the template on its mocks. Its state machine, and those that it starts, are made under
  /// the first name that is free, unless one of those names has these very definitions.
  ///
  /// @throws Refusal ACCESS_DENIED if the caller may not start, or would have to create and may not
  public Run run(Caller caller, Template template) {
    for (int i = 1; i <= MAX_NAMES; i++) {
      String name = i == 1 ? template.id() : template.id() + "-" + i;
      String arn = made(caller, template, name);
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

  /// Gives a machine that somebody made of the template what else belongs to it: the machines that
  /// it starts, where there are none of those names, and the template's test cases.
  ///
  /// @throws Refusal ACCESS_DENIED as [#run]
  public void complete(Caller caller, Template template, String name) {
    String arn = arns.stateMachine(caller, name).text();
    if (template.testCases() != null) {
      testCases.importFile(caller, arn, template.testCases(), null);
    }
    for (Template child : children(template)) {
      String childName = name + child.id().substring(template.id().length());
      if (place(caller, child, childName) == Place.FREE) {
        create(caller, child, childName);
      }
    }
  }

  private List<Template> children(Template template) {
    return template.machines().stream().map(id -> library.find(id).orElseThrow()).toList();
  }

  /// What is under a name.
  private enum Place {
    FREE,
    OURS,
    OTHER
  }

  /// The machine of that name with those that it starts, made where they are missing; null where
  /// one of the names is something else's.
  private @Nullable String made(Caller caller, Template template, String name) {
    Map<String, Template> wanted = new LinkedHashMap<>();
    for (Template child : children(template)) {
      wanted.put(name + child.id().substring(template.id().length()), child);
    }
    wanted.put(name, template); // last, so that it finds the others
    Map<String, Place> places = new LinkedHashMap<>();
    wanted.forEach((each, of) -> places.put(each, place(caller, of, each)));
    if (places.containsValue(Place.OTHER)) {
      return null;
    }
    for (Map.Entry<String, Template> each : wanted.entrySet()) {
      if (places.get(each.getKey()) == Place.FREE
          && !create(caller, each.getValue(), each.getKey())) {
        return null; // somebody took it just now
      }
    }
    return arns.stateMachine(caller, name).text();
  }

  private Place place(Caller caller, Template template, String name) {
    try {
      StateMachine there = stateMachines.describe(caller, arns.stateMachine(caller, name).text());
      return there.definition().equals(definitionFor(caller, template))
              && there.type() == MachineType.STANDARD
              && there.status() == StateMachine.Status.ACTIVE
          ? Place.OURS
          : Place.OTHER;
    } catch (Refusal refusal) {
      if (refusal.code() != ErrorCode.STATE_MACHINE_DOES_NOT_EXIST) {
        throw refusal;
      }
      return Place.FREE;
    }
  }

  private boolean create(Caller caller, Template template, String name) {
    try {
      String arn = stateMachines.create(caller, draft(caller, template, name)).arn();
      if (template.testCases() != null) {
        testCases.importFile(caller, arn, template.testCases(), null);
      }
      return true;
    } catch (Refusal refusal) {
      if (refusal.code() == ErrorCode.STATE_MACHINE_ALREADY_EXISTS) {
        return false;
      }
      throw refusal;
    }
  }

  private StateMachine.Draft draft(Caller caller, Template template, String name) {
    return new StateMachine.Draft(
        name,
        definitionFor(caller, template),
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
