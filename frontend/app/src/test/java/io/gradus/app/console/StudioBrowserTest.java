package io.gradus.app.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.gradus.app.console.ConsoleFixture.Login;
import io.gradus.asl.graph.StateGraph;
import io.gradus.asl.validate.MachineType;
import io.gradus.service.Caller;
import io.gradus.service.Role;
import io.gradus.service.definition.AuthoringService;
import io.gradus.service.definition.StateMachine;
import io.gradus.service.definition.StateMachineService;
import io.gradus.service.template.Template;
import io.gradus.service.template.TemplateService;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Authors at work: code, graph and problems are one thing, and nothing they write is lost.
@ConsoleTest
class StudioBrowserTest {
  private static final String ROLE = "arn:aws:iam::123456789012:role/any";
  private static final String SOUND =
      """
      {
        "StartAt": "First",
        "States": {
          "First": {
            "Type": "Pass",
            "Next": "Second"
          },
          "Second": {
            "Type": "Succeed"
          }
        }
      }""";
  private static final String BROKEN = SOUND.replace("\"Next\": \"Second\"", "\"Next\": \"Third\"");

  private final ConsoleFixture console;
  private String account;
  private Login author;

  StudioBrowserTest(ConsoleFixture console) {
    this.console = console;
  }

  @BeforeEach
  void newTenant() {
    account = console.newTenant("Studio");
    author = console.as(account, Role.AUTHOR);
  }

  private Page open(Login login, String path) {
    Page page = console.page(login, 1440, 900, false);
    page.navigate(console.address() + "/t/" + account + path);
    return page;
  }

  private Caller caller() {
    return console.caller(author, account);
  }

  private String create(String name, String definition) {
    var draft =
        new StateMachine.Draft(name, definition, ROLE, MachineType.STANDARD, null, null, Map.of());
    return console.part(StateMachineService.class).create(caller(), draft).arn();
  }

  /// Replaces what is in the editor.
  private static void write(Page page, String text) {
    Locator code = page.locator("gradus-code .cm-content");
    code.click();
    page.keyboard().press("Control+A");
    page.keyboard().insertText(text);
  }

  private static String text(Page page) {
    return (String) page.locator("gradus-code").evaluate("code => code.text");
  }

  private static Locator button(Page page, String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  @Test
  void aMachineIsWrittenCheckedMendedSavedAndComparedWithWhatItWas() {
    try (Page page = open(author, "/create")) {
      // a fault is in the margin, on the node and in the list
      write(page, BROKEN);
      Locator problem = page.locator(".g-problem");
      assertThat(problem.first()).containsText("MISSING_TRANSITION_TARGET");
      assertThat(page.locator(".cm-lint-marker-error").first()).isVisible();
      assertThat(
              page.locator("gradus-graph text")
                  .filter(new Locator.FilterOptions().setHasText("Third"))
                  .first())
          .isVisible();

      // the list leads to the place
      problem.first().click();
      assertThat(page.locator(".g-code-position")).hasText("Ln 6, Col 7");
      assertThat(page.locator(".g-state h2")).hasText("First");

      // AWS's refusal is shown in place
      page.getByLabel("Name", new Page.GetByLabelOptions().setExact(true)).fill("orders");
      button(page, "Create").click();
      assertThat(page.locator(".g-refused")).containsText("InvalidDefinition");

      // mended, it is created
      write(page, SOUND);
      assertThat(page.getByText("No problems")).isVisible();
      button(page, "Create").click();
      assertThat(page).hasURL(Pattern.compile(".*/state-machines/orders([?].*)?"));

      // and saved again with Ctrl S
      write(
          page,
          SOUND.replace("Pass", "Wait").replace("\"Next\"", "\"Seconds\": 1,\n      \"Next\""));
      assertThat(page.getByText("Unsaved changes")).isVisible();
      page.keyboard().press("Control+S");
      assertThat(page.getByText("Saved as revision 2")).isVisible();
      assertThat(page.locator(".g-saved")).hasText("Saved");

      // what differs is shown
      page.getByText("Revisions", new Page.GetByTextOptions().setExact(true)).click();
      assertThat(page.locator("gradus-diff .cm-merge-b .cm-changedLine").first())
          .containsText("Wait");
      assertThat(page.locator("gradus-diff .cm-merge-a .cm-changedLine").first())
          .containsText("Pass");
      console.screenshot(page, "studio-revisions");
      console.axe(page);
    }
  }

  @Test
  void codeAndGraphSelectTheSameStateAndTheAddressSaysIt() {
    create("orders", SOUND);
    try (Page page = open(author, "/state-machines/orders?state=Second")) {
      assertThat(page.locator(".g-state h2")).hasText("Second");
      assertThat(page.locator(".g-code-position")).hasText("Ln 8, Col 5");

      page.locator("gradus-code .cm-line")
          .filter(new Locator.FilterOptions().setHasText("Pass"))
          .click();
      assertThat(page.locator(".g-state h2")).hasText("First");
      assertThat(page).hasURL(Pattern.compile(".*[?]state=First"));
      console.screenshot(page, "studio");
      console.axe(page);
    }
  }

  @Test
  void yamlIsAWayToWriteAndJsonIsWhatIsStored() {
    String definition =
        SOUND.replace(
            "\"Type\": \"Pass\"",
            "\"Type\": \"Pass\", \"Result\": {\"z\": 12345678901234567890123, \"a\": 1.50}");
    String arn = create("orders", definition);
    try (Page page = open(author, "/state-machines/orders")) {
      assertThat(page.locator("gradus-code .cm-line").first()).containsText("{");
      button(page, "YAML").click();
      assertThat(page.locator("gradus-code .cm-line").first()).hasText("StartAt: First");
      assertThat(text(page)).contains("z: 12345678901234567890123\n").contains("a: 1.50\n");
      assertThat(page.locator(".g-saved")).hasText("Saved");

      // a fault of the YAML has its place there
      write(page, text(page).replace("Next: Second", "Next: Third"));
      assertThat(page.locator(".g-problem").first()).containsText("8:5");

      // undone, and written on
      page.locator("gradus-code .cm-content").click();
      page.keyboard().press("Control+Z");
      assertThat(page.getByText("No problems")).isVisible();
      write(page, text(page) + "Comment: |\n  two\n  lines\n");
      page.keyboard().press("Control+S");
      assertThat(page.getByText("Saved as revision 2")).isVisible();
    }
    assertThat(console.part(StateMachineService.class).describe(caller(), arn).definition())
        .contains("\"z\": 12345678901234567890123,\n        \"a\": 1.50\n")
        .contains("\"Comment\": \"two\\nlines\\n\"");
  }

  @Test
  void whoeverSavesOverAnothersWorkSeesItFirstAndLosesNothing() {
    String arn = create("orders", SOUND);
    try (Page page = open(author, "/state-machines/orders")) {
      write(page, SOUND.replace("Second", "Mine"));
      console
          .part(AuthoringService.class)
          .save(
              new Caller(caller().tenant(), account, "user/bob", caller().roles(), "console"),
              arn,
              new AuthoringService.Save(1, SOUND.replace("Second", "Theirs"), ROLE));
      page.keyboard().press("Control+S");
      assertThat(page.getByText("bob saved revision 2 meanwhile")).isVisible();
      assertThat(page.locator("gradus-diff .cm-merge-a").getByText("Theirs").first()).isVisible();
      console.screenshot(page, "studio-conflict");

      button(page, "Save mine as the newest").click();
      assertThat(page.getByText("Saved as revision 3")).isVisible();
    }
    assertThat(console.part(AuthoringService.class).revision(caller(), arn, 2).definition())
        .contains("Theirs");
    assertThat(console.part(AuthoringService.class).revision(caller(), arn, 3).definition())
        .contains("Mine");
  }

  @Test
  void whatIsNotSavedIsAskedForAndKeptAsADraft() {
    create("orders", SOUND);
    try (Page page = open(author, "/state-machines/orders")) {
      write(page, SOUND.replace("Second", "Draft"));
      assertThat(page.getByText("Unsaved changes")).isVisible();
      page.getByText("Revisions", new Page.GetByTextOptions().setExact(true)).click();
      assertThat(page.getByText("Leave without saving?")).isVisible();
      page.waitForFunction("() => Object.values(localStorage).some(v => v.includes('Draft'))");
      button(page, "Leave").click();
      assertThat(page).hasURL(Pattern.compile(".*/revisions.*"));

      page.navigate(console.address() + "/t/" + account + "/state-machines/orders");
      assertThat(page.getByText("was never saved")).isVisible();
      button(page, "Bring it back").click();
      assertThat(page.getByText("Unsaved changes")).isVisible();
      assertThat(text(page)).contains("Draft");
    }
  }

  @Test
  void theGraphFollowsTheTextByItselfAndKeepsWhatABracketHides() {
    create("orders", SOUND);
    try (Page page = open(author, "/state-machines/orders")) {
      Locator graph = page.locator("gradus-graph");
      Locator second = graph.locator("[data-key=Second]");
      assertThat(second).isVisible();
      String place = second.getAttribute("transform");
      page.context().setOffline(true);

      write(page, SOUND.replace("\"Next\": \"Second\"", "\"Next\": \"Third\""));
      assertThat(graph.locator(".ghost")).containsText("Third");
      write(page, SOUND);
      assertThat(graph.locator(".ghost")).hasCount(0);

      // without its brace the first state is none, and the text ends before the second
      write(page, SOUND.replace("\"First\": {", "\"First\": "));
      assertThat(graph.locator("[data-key=First]")).isVisible();
      assertThat(second).hasAttribute("transform", place);
      page.context().setOffline(false);
    }
  }

  @Test
  void whatTheBrowserDrawsOfATextIsWhatTheServerWould() {
    List<String> texts =
        new ArrayList<>(
            console.part(TemplateService.class).all().stream().map(Template::definition).toList());
    for (int i = SOUND.indexOf("\"First\": {"); i < SOUND.length(); i += 3) {
      texts.add(SOUND.substring(0, i) + SOUND.substring(i + 1));
    }
    try (Page page = open(author, "/create")) {
      assertThat(page.locator("gradus-graph [data-key=Hello]")).isVisible();
      for (String text : texts) {
        @SuppressWarnings("unchecked")
        List<String> drawn =
            (List<String>)
                page.evaluate(
                    """
                    text => {
                      const code = document.querySelector('gradus-code');
                      code.load(text, 'json', -1);
                      return new Promise(resolve => code.drawOn({sketch: graph => resolve([
                        ...graph.nodes.map(n =>
                          [n.id, n.kind, n.in ?? '', n.branch ?? 0, !!n.start, !!n.end].join('|')),
                        ...graph.edges.map(e => [e.from, e.to, e.why, !!e.missing].join('|'))])}));
                    }""",
                    text);
        assertThat(drawn).as(text).isEqualTo(drawnOf(StateGraph.sketch(text)));
      }
    }
  }

  private static List<String> drawnOf(StateGraph graph) {
    List<String> drawn = new ArrayList<>();
    for (StateGraph.Node node : graph.nodes()) {
      drawn.add(
          String.join(
              "|",
              node.id(),
              node.kind().wireName().toLowerCase(Locale.ROOT),
              node.parent() == null ? "" : node.parent(),
              String.valueOf(node.branch()),
              String.valueOf(node.start()),
              String.valueOf(node.end())));
    }
    for (StateGraph.Edge edge : graph.edges()) {
      drawn.add(
          String.join(
              "|",
              edge.from(),
              edge.to(),
              edge.reason().name().toLowerCase(Locale.ROOT),
              String.valueOf(edge.missing())));
    }
    return drawn;
  }

  @Test
  void theCommonestFaultsAreMendedFromTheListAndByKeysAndUndone() {
    create("orders", SOUND);
    try (Page page = open(author, "/state-machines/orders")) {
      Locator offered = page.locator("gradus-code .cm-completionLabel");
      assertThat(button(page, "Undo")).isDisabled();
      write(page, BROKEN);
      page.locator(".g-problem-fix").first().click();
      assertThat(offered)
          .hasText(
              new String[] {"Change to \u201cSecond\u201d", "Add the state \u201cThird\u201d"});
      offered.last().click();
      assertThat(page.locator("gradus-graph [data-key=Third]")).isVisible();
      assertThat(page.getByText("not reachable").first()).isVisible();
      button(page, "Undo").click();
      assertThat(page.locator("gradus-graph [data-key=Third]")).hasCount(0);
      assertThat(button(page, "Redo")).isEnabled();

      write(page, SOUND.replace("\"Pass\",", "\"Pas\","));
      assertThat(page.locator(".g-problem").first()).containsText("'Type'");
      page.keyboard().press("Control+.");
      assertThat(offered.first()).hasText("Change to Pass");
      offered.first().click();
      assertThat(page.getByText("No problems")).isVisible();
      assertThat(text(page)).isEqualTo(SOUND);

      write(page, SOUND.replace(",\n      \"Next\": \"Second\"", ""));
      assertThat(page.locator(".g-problem").first()).containsText("[Next, End]");
      page.keyboard().press("Control+.");
      assertThat(offered).hasText(new String[] {"Go on to \u201cSecond\u201d", "End here"});
      offered.first().click();
      assertThat(page.getByText("No problems")).isVisible();
      assertThat(text(page)).isEqualTo(SOUND);
    }
  }

  @Test
  void completionOffersOnlyStatesThatCanBeReached() {
    create("orders", SOUND);
    try (Page page = open(author, "/state-machines/orders")) {
      write(
          page,
          """
          {"StartAt":"A","States":{"A":{"Type":"Parallel","End":true,"Branches":[
          {"StartAt":"B","States":{"B":{"Type":"Pass","Next":""},"C":{"Type":"Succeed"}}}]}}}""");
      page.locator("gradus-code")
          .evaluate(
              "code => { const at = code.text.indexOf('\"Next\":\"') + 8;"
                  + " code.reveal(2, at - code.text.indexOf('\\n')); }");
      page.keyboard().press("Control+Space");
      Locator offered = page.locator("gradus-code .cm-completionLabel");
      assertThat(offered).hasText(new String[] {"C"});
      offered.click();
      assertThat(text(page)).contains("\"Next\":\"C\"");
    }
  }

  @Test
  void completionSaysWhatFieldsAndFunctionsDo() {
    create("orders", SOUND);
    try (Page page = open(author, "/state-machines/orders")) {
      String path =
          """
          {"StartAt":"A","States":{"A":{"Type":"Pass","End":true,
          "Parameters":{"x.$":"States.For"}}}}""";
      Locator offered = page.locator("gradus-code .cm-completionLabel");
      Locator said = page.locator("gradus-code .cm-completionInfo");
      completeBehind(page, path, "States.For");
      assertThat(offered.first()).hasText("States.Format");
      assertThat(said).not().isEmpty();
      completeBehind(
          page,
          path.replace("\"StartAt\"", "\"QueryLanguage\":\"JSONata\",\"StartAt\"")
              .replace("\"Parameters\":{\"x.$\":\"States.For\"}", "\"Output\":\"{% $sum %}\""),
          "$sum");
      assertThat(offered.first()).hasText("$sum");
      assertThat(said).not().isEmpty();
      completeBehind(
          page, path.replace("\"Parameters\":{\"x.$\":\"States.For\"}", "\"Resul\""), "Resul");
      assertThat(offered.first()).hasText("Result");
      assertThat(said).containsText("A fixed result.");
    }
  }

  /// Writes the text, puts the cursor behind these letters of its second line and asks.
  private static void completeBehind(Page page, String text, String letters) {
    page.keyboard().press("Escape");
    write(page, text);
    String line = text.substring(text.indexOf('\n') + 1);
    page.locator("gradus-code")
        .evaluate(
            "(code, column) => code.reveal(2, column)",
            line.indexOf(letters) + letters.length() + 1);
    page.keyboard().press("Control+Space");
  }

  @Test
  void aStateIsTriedAsItIsWrittenWithItsDataFlow() {
    String task =
        """
        {"StartAt": "Quote", "States": {
          "Quote": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke",
            "Parameters": {"FunctionName": "quote", "Payload.$": "$.order"},
            "ResultSelector": {"price.$": "$.Payload.price"}, "ResultPath": "$.quote",
            "Next": "Done"},
          "Done": {"Type": "Succeed"}}}""";
    create("orders", SOUND);
    try (Page page = open(author, "/state-machines/orders")) {
      write(page, task);
      page.locator("gradus-graph [aria-label^='Quote,']").click();
      button(page, "Test state…").click();
      Locator dialog = page.getByRole(AriaRole.DIALOG);
      fill(page, dialog, 0, "{\"order\": {\"id\": 7}");
      button(page, "Test state").click();
      assertThat(dialog.locator(".g-fault").first()).not().isEmpty();

      fill(page, dialog, 0, "{\"order\": {\"id\": 7}}");
      fill(page, dialog, 1, "{\"Payload\": {\"price\": 12}}");
      button(page, "Test state").click();
      assertThat(dialog).containsText("goes on with Done");
      assertThat(dialog.locator(".g-answer")).containsText("\"price\": 12");
      assertThat(dialog.getByText("After ResultSelector")).isVisible();
      console.screenshot(page, "state-test");
      console.axe(page);

      // an input that does not fit fails as an execution would
      fill(page, dialog, 0, "{}");
      button(page, "Test state").click();
      assertThat(dialog.locator(".g-error-name")).hasText("States.Runtime");

      // an error in the place of a result
      fill(page, dialog, 0, "{\"order\": {\"id\": 7}}");
      dialog.getByText("Given error, to try Retry and Catch").click();
      dialog.getByLabel("Error", new Locator.GetByLabelOptions().setExact(true)).fill("Sold.Out");
      button(page, "Test state").click();
      assertThat(dialog).containsText("Give a result or an error, not both.");
      dialog.locator("gradus-code .cm-content").nth(1).click();
      page.keyboard().press("Control+A");
      page.keyboard().press("Delete");
      button(page, "Test state").click();
      assertThat(dialog.locator(".g-error-name")).hasText("Sold.Out");
      console.screenshot(page, "state-test-error");
      console.axe(page);
    }
    try (Page page = open(console.as(account, Role.VIEWER), "/state-machines/orders?state=First")) {
      assertThat(page.locator(".g-state h2")).hasText("First");
      assertThat(button(page, "Test state…")).hasCount(0);
    }
  }

  private static void fill(Page page, Locator dialog, int at, String text) {
    dialog.locator("gradus-code .cm-content").nth(at).click();
    page.keyboard().press("Control+A");
    page.keyboard().insertText(text);
  }

  @Test
  void aLinkOffersAnExecutionWithAnInput() {
    create("orders", SOUND);
    try (Page page = open(console.as(account, Role.OPERATOR), "/state-machines/orders")) {
      button(page, "Run…").click();
      Locator dialog = page.getByRole(AriaRole.DIALOG);
      fill(page, dialog, 0, "{\"to\": \"<b>&+ü\"}");
      assertThat(dialog.locator("gradus-copy").first()).isVisible();
      page.waitForCondition(
          () -> link(dialog).contains("?input=%7B%22to%22%3A%20%22%3Cb%3E%26%2B%C3%BC%22%7D"));
      String link = link(dialog);
      page.navigate(console.address() + "/" + link);
      assertThat(page.getByRole(AriaRole.DIALOG)).containsText("Start orders");
      assertThat(page.getByRole(AriaRole.DIALOG).locator("gradus-code").first())
          .containsText("\"to\": \"<b>&+ü\"");
      console.screenshot(page, "start-by-link-light-1440");
      console.axe(page);
      fill(page, page.getByRole(AriaRole.DIALOG), 0, "\"" + "x".repeat(4_096) + "\"");
      assertThat(page.getByRole(AriaRole.DIALOG).getByText("Too long for a link")).isVisible();
      assertThat(page).hasURL(Pattern.compile(".*/state-machines/orders"));
    }
    try (Page page =
        open(console.as(account, Role.VIEWER), "/state-machines/orders?input=%7B%7D")) {
      assertThat(page.locator("gradus-code .cm-line").first()).isVisible();
      assertThat(page.getByRole(AriaRole.DIALOG)).hasCount(0);
    }
  }

  private static String link(Locator dialog) {
    return (String) dialog.locator("gradus-copy").first().evaluate("copy => copy.text");
  }

  @Test
  void versionsArePublishedNamedByAliasesAndStarted() {
    String arn = create("orders", SOUND);
    try (Page page = open(author, "/state-machines/orders")) {
      page.getByLabel("More", new Page.GetByLabelOptions().setExact(true)).click();
      page.getByText("Versions and aliases").click();
      assertThat(page).hasURL(Pattern.compile(".*/state-machines/orders/versions"));
      assertThat(page.getByText("No versions")).isVisible();

      publish(page, "as it began");
      assertThat(page.getByText("Published as version 1")).isVisible();
      assertThat(page.getByRole(AriaRole.ROW)).hasCount(2);
      assertThat(page.getByText("as it began")).isVisible();
      publish(page, "");
      assertThat(page.getByText("Nothing changed since version 1")).isVisible();
      console
          .part(AuthoringService.class)
          .save(
              caller(),
              arn,
              new AuthoringService.Save(
                  1,
                  SOUND.replace("Pass", "Wait").replace("\"Next\"", "\"Seconds\": 1, \"Next\""),
                  ROLE));
      publish(page, "");
      assertThat(page.getByText("Published as version 2")).isVisible();

      // a name that AWS refuses is refused in the dialog, where what was typed stays
      button(page, "Create alias…").click();
      Locator dialog = page.getByRole(AriaRole.DIALOG);
      dialog.getByLabel("Name").fill("not so");
      button(page, "Create alias").click();
      assertThat(dialog.getByRole(AriaRole.ALERT)).containsText("Invalid Name: 'not so'");
      dialog.getByLabel("Name").fill("live");
      dialog.getByLabel("Second version (optional)").fill("Version 1");
      page.locator("vaadin-combo-box-item")
          .filter(new Locator.FilterOptions().setHasText("Version 1"))
          .locator("visible=true")
          .click();
      dialog.getByLabel("Its share of the starts, in percent").fill("25");
      button(page, "Create alias").click();
      assertThat(page.getByText("Version 2 75%, Version 1 25%")).isVisible();
      console.screenshot(page, "versions");
      page.setViewportSize(390, 844);
      console.screenshot(page, "versions-phone");
      console.axe(page);
      page.setViewportSize(1440, 900);

      // a version that an alias stands for is not deleted
      button(page, "Delete version 1").click();
      dialog
          .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Delete version 1"))
          .click();
      assertThat(dialog.getByRole(AriaRole.ALERT)).containsText("[live]");
      button(page, "Cancel").click();

      button(page, "Definition version 1").click();
      assertThat(dialog).containsText("\"Pass\"");
      page.keyboard().press("Escape");
      button(page, "Start live").click();
      assertThat(dialog).containsText("Start orders:live");
    }
    Login operator = console.as(account, Role.OPERATOR);
    try (Page page = open(operator, "/state-machines/orders/versions")) {
      assertThat(button(page, "Definition version 1")).isVisible();
      assertThat(button(page, "Publish version…")).hasCount(0);
      assertThat(button(page, "Delete live")).hasCount(0);
      button(page, "Start version 1").click();
      button(page, "Start execution").click();
      assertThat(page).hasURL(Pattern.compile(".*/executions/orders/.*"));
      assertThat(page.getByText("revision 1").first()).isVisible();
    }
  }

  private static void publish(Page page, String description) {
    button(page, "Publish version…").click();
    page.getByLabel("Description (optional)").fill(description);
    button(page, "Publish version").click();
  }

  @Test
  void aViewerReadsAndCannotWrite() {
    create("orders", SOUND);
    Login viewer = console.as(account, Role.VIEWER);
    try (Page page = open(viewer, "/state-machines/orders")) {
      assertThat(page.getByText("Read only")).isVisible();
      assertThat(button(page, "Save")).not().isVisible();
      page.locator("gradus-code .cm-content").click();
      page.keyboard().insertText("x");
      assertThat(page.locator("gradus-code .cm-line").first()).hasText("{");
    }
  }

  @Test
  void aTenantWithoutMachinesSeesThreeWaysInAndALongListIsWalkedByKeys() {
    try (Page page = open(author, "/state-machines")) {
      assertThat(page.getByText("Start with a state machine")).isVisible();
      button(page, "Import…").click();
      page.locator("vaadin-dialog gradus-code .cm-content, [role=dialog] gradus-code .cm-content")
          .first()
          .click();
      page.keyboard().insertText("StartAt: A\nStates:\n  A:\n    Type: Succeed\n");
      button(page, "Continue").click();
      assertThat(page).hasURL(Pattern.compile(".*/create"));
      assertThat(page.locator("gradus-code .cm-line").first()).hasText("StartAt: A");
    }
    create("billing", SOUND);
    create("orders", SOUND);
    try (Page page = open(author, "/state-machines")) {
      assertThat(page.getByText("billing")).isVisible();
      console.axe(page);
      page.keyboard().press("j");
      page.keyboard().press("j");
      assertThat(page.locator("vaadin-grid [aria-selected=true]").last()).isVisible();
      page.keyboard().press("Enter");
      assertThat(page).hasURL(Pattern.compile(".*/state-machines/orders.*"));
    }
  }
}
