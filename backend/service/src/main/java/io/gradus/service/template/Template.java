package io.gradus.service.template;

import io.gradus.asl.graph.StateGraph;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.StringNode;

/// A state machine to begin with.
///
/// @param id its name in links: lower-case letters and dashes; good as a state machine's name
/// @param sentence what it does
/// @param features what of the language it shows, in a few words each
/// @param people what it asks of whoever runs it; null where it runs by itself
/// @param definition ASL as JSON text, written to be read
/// @param input JSON text of a fitting input; see [#inputFor]
/// @param mocks JSON text of given results, in the form that a start takes
/// @param machines the templates of those that this one starts, whose ids are its own and an
///   ending; made along with it, under its name and that ending
/// @param testCases JSON text of the test cases that come with it; null for none
public record Template(
    String id,
    String title,
    String sentence,
    Category category,
    List<String> features,
    @Nullable String people,
    String definition,
    String input,
    String mocks,
    List<String> machines,
    @Nullable String testCases,
    StateGraph graph) {
  private static final String YOU = "\"${you}\"";

  /// ARNs of this account stand for the tenant's own.
  private static final String EXAMPLE = "arn:aws:states:us-east-1:000000000000:";

  public Template {
    features = List.copyOf(features);
    machines = List.copyOf(machines);
    for (String machine : machines) {
      if (!machine.startsWith(id + "-")) {
        throw new IllegalArgumentException(
            "expected the machines of " + id + " to begin with its id, found " + machine);
      }
    }
  }

  /// What a template is for.
  public enum Category {
    BASICS("Basics"),
    PEOPLE("People"),
    DATA("Data"),
    INTEGRATION("Integration"),
    ERROR_HANDLING("Error handling");

    private final String title;

    Category(String title) {
      this.title = title;
    }

    /// As people read it.
    public String title() {
      return title;
    }
  }

  /// How many states it has, those inside of others included.
  public int states() {
    return graph.nodes().size();
  }

  /// The definition as a tenant's: activities that it names are the tenant's own.
  public String definitionFor(String region, String account) {
    return definition.replace(EXAMPLE, "arn:aws:states:" + region + ":" + account + ":");
  }

  /// The input, asking this person where the template asks its starter.
  ///
  /// @param login as approvals name people
  public String inputFor(String login) {
    return input.replace(YOU, StringNode.valueOf(login).toString());
  }
}
