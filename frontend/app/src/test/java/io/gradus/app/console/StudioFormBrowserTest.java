package io.gradus.app.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.gradus.asl.text.Yaml;
import io.gradus.service.Role;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Authors write what a state does into its fields: whatever they write there is one change of the
/// text, sound, kept to the way it is written, and taken back letter for letter.
@ConsoleTest
class StudioFormBrowserTest extends StudioFixture {
  private static final String JSON =
      """
      {
        "StartAt": "Call",
        "States": {
          "Call": {
            "Type": "Task",
            "Resource": "arn:aws:states:::lambda:invoke",
            "Parameters": { "FunctionName": "f", "Payload": { "n": 12345678901234567890 } },
            "TimeoutSeconds": 30,
            "Retry": [
              { "ErrorEquals": ["Mine"], "MaxAttempts": 2 },
              { "ErrorEquals": ["States.ALL"] }
            ],
            "Catch": [{ "ErrorEquals": ["States.ALL"], "Next": "Sorry" }],
            "Next": "Enough?"
          },
          "Enough?": {
            "Type": "Choice",
            "Choices": [
              { "Variable": "$.stock", "IsPresent": true, "Next": "Wait" },
              { "Variable": "$.name", "StringEquals": "x", "Next": "Sorry" }
            ],
            "Default": "Sorry"
          },
          "Wait": { "Type": "Wait", "Seconds": 5, "Next": "Each" },
          "Each": {
            "Type": "Map",
            "ItemsPath": "$.items",
            "ItemProcessor": {
              "ProcessorConfig": { "Mode": "INLINE" },
              "StartAt": "One",
              "States": { "One": { "Type": "Pass", "Result": [1], "End": true } }
            },
            "End": true
          },
          "Sorry": {
            "Type": "Fail",
            "Error": "Bad"
          }
        }
      }""";

  private static final String YAML =
      """
      # all of it
      QueryLanguage: JSONata
      StartAt: Call
      States:
        # what is asked for
        Call:
          Type: Task # calls
          Resource: 'arn:aws:states:::lambda:invoke'
          Arguments:
            # which
            FunctionName: f # one
            Payload: '{% $states.input %}'
          Retry:
          - ErrorEquals: [Mine]
            MaxAttempts: 2 # twice
          # all others
          - ErrorEquals:
              - States.ALL
          Catch:
            - ErrorEquals: [States.ALL]
              Next: Sorry
          Next: Enough? # then

        Enough?:
          Type: Choice
          Choices:
            - Condition: '{% $states.input.a > 1 %}'
              Next: Wait # a while
            - Condition: |-
                {%
                  $states.input.b
                %}
              Next: Sorry
          Default: Sorry
        Wait:
          Type: Wait
          Seconds: 5 # five
          Next: Each
        Each:
          Type: Map
          Items: '{% $states.input.items %}'
          ItemProcessor:
              StartAt: One
              States:
                  One:
                      Type: Pass
                      Output:
                          a: 1 # kept
                          b: two
                      End: true
          End: true
        Sorry:
          Type: Fail
          Cause: |
            What went wrong
            was this
      """;

  StudioFormBrowserTest(ConsoleFixture console) {
    super(console, "Forms");
  }

  private static Locator form(Page page) {
    return page.locator("gradus-state-form");
  }

  private static Locator field(Page page, String label) {
    return form(page).getByLabel(label, new Locator.GetByLabelOptions().setExact(true)).first();
  }

  private static void choose(Page page, String name) {
    state(page, name).click();
    assertThat(page.locator(".g-state h2")).hasText(name);
  }

  private static void waitForText(Page page, String text) {
    page.waitForFunction("text => document.querySelector('gradus-code').text === text", text);
  }

  private static void undo(Page page) {
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Undo").setExact(true))
        .click();
  }

  /// Everything that the form of each state offers: what is written then, whether undoing gave back
  /// the text as it was, what was said, and what the field showed before.
  private static final String DO_ALL =
      """
      async ([text, mode]) => {
        const code = document.querySelector('gradus-code');
        const form = document.querySelector('gradus-state-form');
        const frame = () => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
        const samples = {
          text: "It's: new", prose: 'Two: lines\\n# of it', number: '7', path: '$.a.b', errors: 'A.B\\nMine: it',
          json: '{"a": [1, {"b": "c: d"}, []], "big": 12345678901234567891, "c": null, "n": "x\\\\ny"}',
          Parameters: '{"FunctionName": "g", "Payload": {"a": [1, {"b": "c: d"}, []], "c": null, "n": 12345678901234567891}}',
          Arguments: '{"FunctionName": "f", "Payload": {"a": [1, {"b": "c: d"}, []], "n": "x\\\\ny"}}',
          condition: '{% 1 = 1 %}', comparison: '{"Variable": "$.q", "NumericEquals": 3}',
          resource: 'arn:aws:lambda:eu-north-1:123456789012:function:g', Timestamp: '2030-01-31T08:00:00Z', Label: 'some', Items: '[1, 2]',
        };
        const found = [];
        const tell = (what, was, said) => {
          const written = code.text;
          if (written !== text) form.sheet.undo();
          found.push([what, written === text ? '' : written, code.text === text ? '' : 'not undone', said, was].join('\\u0001'));
        };
        code.load(text, mode, -1);
        await frame();
        for (const id of ['', ...form.sheet.states.keys()]) {
          form.state = id;
          await frame();
          await form.updateComplete;
          for (const field of form.querySelectorAll('[data-field]:not([readonly])')) {
            const kind = JSON.parse(field.dataset.field)[2];
            const was = field.value;
            const values = kind === 'options' ? field.items.map(each => each.value)
              : kind === 'state' ? [...field.items, ''] : [samples[field.label] ?? samples[kind], ''];
            for (const value of values.filter(each => each !== was)) {
              field.value = value;
              field.dispatchEvent(new Event('change'));
              tell([id, field.label, JSON.stringify(value)].join(' / '), was, field.errorMessage ?? '');
            }
          }
          for (const button of form.querySelectorAll('button:not([disabled])')) {
            button.click();
            tell([id, button.ariaLabel ?? button.textContent].join(' / '), '', '');
          }
        }
        return found;
      }""";

  @Test
  void whateverIsWrittenIsSoundAndIsUndoneLetterForLetter() {
    try (Page page = open(author, "/create", 1440)) {
      choose(page, "Hello");
      assertThat(field(page, "Comment")).isVisible();
      checkAll(page, JSON, "json");
      checkAll(page, YAML, "yaml");
      checkAll(page, Yaml.ofJson(JSON), "yaml");
      checkAll(page, JSON.replaceAll("\\n *", " "), "json");
    }
  }

  private void checkAll(Page page, String text, String mode) {
    @SuppressWarnings("unchecked")
    List<String> all = (List<String>) page.evaluate(DO_ALL, List.of(text, mode));
    Set<String> before = new HashSet<>(errors(text, mode));
    int written = 0;
    List<String> wrong = new ArrayList<>();
    for (String each : all) {
      String[] parts = each.split("\1", -1);
      String now = parts[1];
      if (!parts[2].isEmpty()) {
        wrong.add(parts[0] + ": " + parts[2]);
      }
      if (now.isEmpty()) {
        continue;
      }
      written++;
      if (mode.equals("yaml") && !(Yaml.toJson(now) instanceof Yaml.Json)) {
        wrong.add(parts[0] + " cannot be read: " + now);
      } else if (!isLeftToTheAuthor(parts[0])) {
        errors(now, mode).stream()
            .filter(error -> !before.contains(error))
            .forEach(error -> wrong.add(parts[0] + " is wrong: " + error));
      }
      // What a field that was empty gets takes nothing else away.
      String gone = gone(text, now);
      boolean typed = parts[0].chars().filter(c -> c == '/').count() > 1;
      if (typed && parts[4].isEmpty() && !parts[0].contains("/ Timestamp /") && !gone.isBlank()) {
        wrong.add(parts[0] + " took away " + gone);
      }
      if (gone.lines().count() > text.lines().count() / 3 + 1) {
        wrong.add(parts[0] + " changed much: " + gone);
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(written).as("of %s that were tried", all.size()).isGreaterThan(all.size() * 3 / 4);
    assertThat(all.size()).isGreaterThan(100);
  }

  /// A field that is emptied, a way that leads elsewhere, and the order of what catches everything.
  private static boolean isLeftToTheAuthor(String done) {
    return done.endsWith("\"\"")
        || done.contains("/ Next /")
        || done.contains("/ Default /")
        || done.matches("(?s).*/ (Add|Move|Remove) ([Rr]etrier|[Cc]atcher|Rule).*");
  }

  /// What of a text is not in another: what is between their same beginning and their same end.
  private static String gone(String text, String now) {
    int shorter = Math.min(text.length(), now.length());
    int from = 0;
    while (from < shorter && text.charAt(from) == now.charAt(from)) {
      from++;
    }
    int tail = 0;
    while (tail < shorter - from
        && text.charAt(text.length() - 1 - tail) == now.charAt(now.length() - 1 - tail)) {
      tail++;
    }
    return text.substring(from, text.length() - tail);
  }

  @Test
  void fieldsOfATaskWriteTheTextAndFollowIt() {
    try (Page page = shop(JSON)) {
      choose(page, "Call");
      Locator timeout = field(page, "TimeoutSeconds");
      assertThat(timeout).hasValue("30");
      timeout.fill("$.limit");
      timeout.press("Enter");
      waitForText(
          page, JSON.replace("\"TimeoutSeconds\": 30", "\"TimeoutSecondsPath\": \"$.limit\""));
      assertThat(timeout).isFocused();
      assertThat(page.getByText("No problems")).isVisible();
      timeout.press("Control+z");
      waitForText(page, JSON);
      assertThat(timeout).hasValue("30");
      timeout.press("Control+y");
      assertThat(timeout).hasValue("$.limit");
      timeout.press("Control+z");

      // what cannot be written stays where it was typed, with why
      Locator parameters = field(page, "Parameters");
      parameters.fill("{ \"FunctionName\": ");
      timeout.focus();
      assertThat(form(page).getByText(Pattern.compile("^Not JSON yet"))).isVisible();
      assertThat(parameters).hasValue("{ \"FunctionName\": ");
      assertThat(text(page)).isEqualTo(JSON);
      console.screenshot(page, "studio-form-fault");
      console.axe(page);
      parameters.fill("{ \"FunctionName\": \"g\", \"Payload\": { \"n\": 12345678901234567890 } }");
      assertThat(form(page).getByText(Pattern.compile("^Not JSON yet"))).isHidden();
      timeout.focus();
      waitForText(page, JSON.replace("\"FunctionName\": \"f\"", "\"FunctionName\": \"g\""));
      undo(page);

      // half typed words stay while the text changes
      Locator comment = field(page, "Comment");
      comment.fill("half");
      page.evaluate(
          """
          () => {
            const view = document.querySelector('gradus-code').view;
            const at = view.state.doc.toString().indexOf('30,');
            view.dispatch({changes: {from: at, to: at + 2, insert: '45'}, userEvent: 'input.type'});
          }""");
      assertThat(timeout).hasValue("45");
      assertThat(comment).hasValue("half");
      assertThat(comment).isFocused();
      comment.press("Tab");
      waitForText(
          page,
          JSON.replace(": 30", ": 45")
              .replace("\"Task\",\n", "\"Task\",\n      \"Comment\": \"half\",\n"));
      comment.fill("");
      comment.press("Tab");
      waitForText(page, JSON.replace(": 30", ": 45"));

      // saving takes along what is half typed
      comment.fill("for all");
      comment.press("Control+s");
      assertThat(page.getByText("Saved as revision 2")).isVisible();
      assertThat(text(page)).contains("\"Comment\": \"for all\"");
    }
  }

  @Test
  void faultsOfTheValidatorStandAtTheirField() {
    try (Page page = shop(JSON)) {
      choose(page, "Call");
      Locator resource = field(page, "Resource");
      resource.fill("sendMessage");
      page.getByRole(AriaRole.OPTION)
          .getByText(
              "arn:aws:states:::sqs:sendMessage", new Locator.GetByTextOptions().setExact(true))
          .click();
      waitForText(page, JSON.replace(":::lambda:invoke", ":::sqs:sendMessage"));
      Locator parameters = page.locator("vaadin-text-area[invalid]");
      assertThat(parameters).hasCount(1);
      assertThat(parameters).containsText("Parameters");
      assertThat(parameters).containsText("The field 'QueueUrl' is required but was missing");
      undo(page);
      assertThat(parameters).hasCount(0);

      choose(page, "Wait");
      field(page, "Timestamp").fill("tomorrow");
      field(page, "Timestamp").press("Enter");
      assertThat(page.locator("vaadin-text-field[invalid]")).hasCount(1);
      assertThat(field(page, "Seconds")).hasValue("");
      assertThat(text(page))
          .contains("{ \"Type\": \"Wait\", \"Timestamp\": \"tomorrow\", \"Next\": \"Each\" }");
      console.axe(page);
    }
  }

  @Test
  void retriersCatchersAndRulesAreAddedMovedAndTakenAway() {
    try (Page page = shop(JSON)) {
      choose(page, "Call");
      button(page, "Add retrier").click();
      Locator third = form(page).locator("details[data-at='Retry.2']");
      assertThat(third.getByLabel("ErrorEquals")).isFocused();
      page.keyboard().press("Control+a");
      page.keyboard().type("States.Timeout");
      third.getByLabel("MaxAttempts").fill("4");
      third.getByLabel("MaxAttempts").press("Tab");
      third.getByLabel("Move Retrier 3 up").click();
      assertThat(page.locator("details[data-at='Retry.1'] summary")).isFocused();
      waitForText(
          page,
          JSON.replace(
              "        { \"ErrorEquals\": [\"States.ALL\"] }\n",
              """
                      {"ErrorEquals": ["States.Timeout"], "MaxAttempts": 4},
                      { "ErrorEquals": ["States.ALL"] }
              """));
      assertThat(page.getByText("No problems")).isVisible();
      console.screenshot(page, "studio-form");
      console.axe(page);
      page.locator("details[data-at='Retry.1']").getByLabel("Remove Retrier 2").click();
      waitForText(page, JSON);

      choose(page, "Enough?");
      page.locator("details[data-at='Choices.0'] summary").click();
      Locator first = form(page).locator("details[data-at='Choices.0']");
      Locator comparison = first.getByLabel("Comparison");
      comparison.fill("{ \"Variable\": \"$.stock\", \"NumericGreaterThan\": 3 }");
      comparison.press("Tab");
      waitForText(page, JSON.replace("\"IsPresent\": true", "\"NumericGreaterThan\": 3"));
      first.getByLabel("Next").fill("Sorry");
      first.getByLabel("Next").press("Enter");
      waitForText(
          page,
          JSON.replace(
              "\"IsPresent\": true, \"Next\": \"Wait\"",
              "\"NumericGreaterThan\": 3, \"Next\": \"Sorry\""));
      undo(page);
      undo(page);
      waitForText(page, JSON);
      first.getByLabel("Move Rule 1 down").click();
      assertThat(page.locator("details[data-at='Choices.1'] summary")).isFocused();
      assertThat(page.locator("details[data-at='Choices.1'] summary"))
          .containsText("$.stock IsPresent true → Wait");
      console.screenshot(page, "studio-form-choice");
      console.axe(page);
    }
  }

  private static Locator button(Page page, String name) {
    return form(page).getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name));
  }

  @Test
  void yamlKeepsItsCommentsAndAMapChangesItsMode() {
    try (Page page = open(author, "/create", 1440)) {
      choose(page, "Hello");
      page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("YAML")).click();
      page.waitForFunction("() => document.querySelector('gradus-code').mode === 'yaml'");
      page.evaluate(
          """
          text => {
            const view = document.querySelector('gradus-code').view;
            view.dispatch({changes: {from: 0, to: view.state.doc.length, insert: text}, userEvent: 'input.paste'});
          }""",
          YAML);
      choose(page, "Call");
      Locator arguments = field(page, "Arguments");
      assertThat(arguments).hasValue(Pattern.compile("\"FunctionName\": \"f\""));
      arguments.fill(
          "{ \"FunctionName\": \"g\", \"Payload\": \"{% $states.input %}\", \"Qualifier\": \"1\" }");
      arguments.press("Tab");
      waitForText(
          page,
          YAML.replace("FunctionName: f # one", "FunctionName: g # one")
              .replace(
                  "      Payload: '{% $states.input %}'\n",
                  "      Payload: '{% $states.input %}'\n      Qualifier: \"1\"\n"));
      undo(page);
      waitForText(page, YAML);

      // on its head: what is in it is chosen by itself
      state(page, "Each").click(new Locator.ClickOptions().setPosition(40, 10));
      assertThat(page.locator(".g-state h2")).hasText("Each");
      field(page, "MaxConcurrency").fill("{% 2");
      field(page, "MaxConcurrency").press("Enter");
      assertThat(form(page).getByText("A number, or an expression in {% %}.")).isVisible();
      field(page, "MaxConcurrency").fill("2");
      field(page, "MaxConcurrency").press("Enter");
      waitForText(
          page,
          YAML.replace(
              "    Items: '{% $states.input.items %}'\n",
              "    Items: '{% $states.input.items %}'\n    MaxConcurrency: 2\n"));
      undo(page);
      form(page)
          .locator("vaadin-select")
          .filter(new Locator.FilterOptions().setHasText("Mode"))
          .click();
      page.getByRole(AriaRole.OPTION, new Page.GetByRoleOptions().setName("DISTRIBUTED")).click();
      assertThat(field(page, "ItemReader")).isVisible();
      assertThat(text(page)).contains("Mode: DISTRIBUTED");
      assertThat(text(page)).contains("ExecutionType: STANDARD");
      assertThat(page.getByText("No problems")).isVisible();
      console.screenshot(page, "studio-form-map");
      undo(page);
      waitForText(page, YAML);
    }
  }

  @Test
  void aViewerReadsAndAPhoneHasTheFieldsToo() {
    create(JSON);
    try (Page page = open(console.as(account, Role.VIEWER), "/state-machines/shop", 1440)) {
      choose(page, "Call");
      assertThat(field(page, "TimeoutSeconds")).hasValue("30");
      assertThat(field(page, "TimeoutSeconds")).not().isEditable();
      assertThat(field(page, "Resource")).not().isEditable();
      assertThat(field(page, "Comment")).hasCount(0);
      assertThat(button(page, "Add retrier")).hasCount(0);
      assertThat(form(page).locator(".g-code-tool")).hasCount(0);
      console.screenshot(page, "studio-form-viewer");
      console.axe(page);
      // also where somebody asks for it behind the form's back
      Object why =
          page.evaluate(
              "() => document.querySelector('gradus-state-form').sheet.hand"
                  + ".write('Call', {do: 'set', at: ['Comment'], to: 'x'})");
      assertThat(why).isEqualTo("The text is for reading only.");
      assertThat(text(page)).isEqualTo(JSON);
    }
    try (Page page = console.page(author, 1440, 900, true)) {
      page.navigate(console.address() + "/t/" + account + "/state-machines/shop");
      choose(page, "Call");
      page.locator("details[data-at='Retry.0'] summary").click();
      console.axe(page);
      console.screenshot(page, "studio-form-dark");
    }
    try (Page page = open(author, "/state-machines/shop", 390)) {
      choose(page, "Wait");
      field(page, "Seconds").fill("60");
      field(page, "Seconds").press("Enter");
      waitForText(page, JSON.replace("\"Seconds\": 5", "\"Seconds\": 60"));
      console.screenshot(page, "studio-form-phone");
      console.axe(page);
    }
  }
}
