package io.gradus.console.machines.studio;

import io.gradus.asl.parse.Vocabulary;
import io.gradus.asl.validate.KnownResources;
import io.gradus.console.editor.CodeEditor;
import io.gradus.service.Caller;
import io.gradus.service.Page;
import io.gradus.service.activity.Activity;
import io.gradus.service.activity.ActivityService;
import io.gradus.service.definition.AuthoringService;
import io.gradus.service.definition.MachineEntry;
import io.gradus.service.function.FunctionService;
import io.gradus.service.function.HttpFunction;
import java.util.Collection;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What an author can be offered while writing: the language as our own parser takes it, and what
/// this tenant has.
final class CompletionLists {
  /// So many of each kind are offered at most.
  private static final int MOST = 500;

  private final FunctionService functions;
  private final ActivityService activities;
  private final AuthoringService machines;

  CompletionLists(
      FunctionService functions, ActivityService activities, AuthoringService machines) {
    this.functions = functions;
    this.activities = activities;
    this.machines = machines;
  }

  /// Lets the editor offer what this caller may name.
  void offer(Caller caller, CodeEditor editor) {
    ObjectNode lists = JsonNodeFactory.instance.objectNode();
    ObjectNode fields = lists.putObject("fields");
    for (String type : Vocabulary.types()) {
      ObjectNode ofType = fields.putObject(type);
      for (var language : io.gradus.asl.model.QueryLanguage.values()) {
        all(ofType.putArray(language.wireName()), Vocabulary.fields(type, language));
      }
    }
    all(lists.putArray("resources"), KnownResources.optimised());
    Page.Request request = new Page.Request(MOST, null);
    all(
        lists.putArray("functions"),
        functions.list(caller).stream().limit(MOST).map(HttpFunction::name).toList());
    all(
        lists.putArray("activities"),
        activities.list(caller, request).items().stream().map(Activity::arn).toList());
    all(
        lists.putArray("machines"),
        machines.list(caller, "", request).items().stream().map(MachineEntry::arn).toList());
    editor.getElement().setPropertyJson("vocabulary", lists);
  }

  private static void all(ArrayNode array, Collection<String> words) {
    words.forEach(array::add);
  }
}
