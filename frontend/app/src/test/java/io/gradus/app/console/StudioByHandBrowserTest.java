package io.gradus.app.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.BoundingBox;
import io.gradus.asl.text.Yaml;
import io.gradus.service.Role;
import io.gradus.service.template.Template;
import io.gradus.service.template.TemplateService;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Authors change a machine on its graph: whatever they do there is written in the text, is sound,
/// and is taken back letter for letter.
@ConsoleTest
class StudioByHandBrowserTest extends StudioFixture {
  private static final String SHOP =
      """
      {
        "StartAt": "Read",
        "States": {
          "Read": {
            "Type": "Pass",
            "Next": "Enough?"
          },
          "Enough?": {
            "Type": "Choice",
            "Choices": [
              { "Variable": "$.stock", "IsPresent": true, "Next": "Both" }
            ],
            "Default": "Sorry"
          },
          "Both": {
            "Type": "Parallel",
            "Branches": [
              { "StartAt": "Pack", "States": { "Pack": { "Type": "Pass", "End": true } } },
              { "StartAt": "Bill", "States": { "Bill": { "Type": "Pass", "End": true } } }
            ],
            "Catch": [{ "ErrorEquals": ["States.ALL"], "Next": "Sorry" }],
            "End": true
          },
          "Sorry": {
            "Type": "Fail"
          }
        }
      }""";

  private static final String YAML =
      """
      StartAt: Read
      States:
        # what is asked for
        Read:
          Type: Pass
          Next: Each # then

        Each:
          Type: Map
          ItemProcessor:
              StartAt: 'One'
              States:
                  One:
                      Type: Pass
                      End: true
          Catch:
          - ErrorEquals: [States.ALL]
            Next: Sorry
          End: true
        Sorry:
          Type: Fail
      """;

  StudioByHandBrowserTest(ConsoleFixture console) {
    super(console, "By hand");
  }

  private static Locator type(Page page, String word) {
    return page.locator("gradus-palette")
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Insert " + word));
  }

  private static void waitForText(Page page, String text) {
    page.waitForFunction("text => document.querySelector('gradus-code').text.includes(text)", text);
  }

  /// Everything that can be done to each state of a text: what is written then, or nothing where it
  /// was refused; and whether undoing gave back the text as it was.
  private static final String DO_ALL =
      """
      ([text, mode, share]) => {
        const code = document.querySelector('gradus-code');
        const found = [];
        let turn = 0;
        const each = (what, act) => {
          if (turn++ % share !== 0) return;
          code.load(text, mode, -1 - turn);
          const canvas = {sketch() {}};
          code.drawOn(canvas);
          const done = act(canvas.author);
          const written = code.text;
          if (!done.refused) canvas.author.undo();
          found.push([what, done.refused ? '' : written, code.text === text ? '' : 'not undone', done.said].join('\\u0001'));
        };
        const kinds = ['task', 'choice', 'parallel', 'map', 'pass', 'wait', 'succeed', 'fail'];
        code.load(text, mode, -1);
        return new Promise(resolve => code.drawOn({sketch: graph => {
          for (const {id} of graph.nodes) {
            each('delete ' + id, author => author.remove(id));
            each('rename ' + id, author => author.rename(id, "It's: new"));
            each('duplicate ' + id, author => author.duplicate(id));
            for (const kind of kinds) {
              for (const at of ['before', 'after', 'inside']) {
                each([kind, at, id].join(' '), author => author.insert(kind, {at, id}));
              }
            }
          }
          for (const edge of graph.edges) {
            const to = graph.nodes.find(node => node.id === edge.to).name ?? edge.to;
            const way = {why: edge.why, from: edge.from, to, nth: 0};
            for (const kind of kinds) {
              each([kind, 'on', edge.from, to].join(' '), author => author.insert(kind, {at: 'way', way}));
            }
          }
          resolve(found);
        }}));
      }""";

  @Test
  void whateverIsDoneIsSoundAndIsUndoneLetterForLetter() {
    try (Page page = open(author, "/create", 1440)) {
      assertThat(state(page, "Hello")).isVisible();
      checkAll(page, SHOP, "json", 1);
      checkAll(page, YAML, "yaml", 1);
      checkAll(page, SHOP.replaceAll("\\n *", " "), "json", 5);
      List<Done> templates = new ArrayList<>();
      for (Template template : console.part(TemplateService.class).all()) {
        String json = template.definition();
        templates.add(check(page, json, "json", 41));
        templates.add(check(page, Yaml.ofJson(json), "yaml", 41));
      }
      mostIsDone(
          new Done(
              templates.stream().mapToInt(Done::written).sum(),
              templates.stream().mapToInt(Done::tried).sum()));
    }
  }

  private void checkAll(Page page, String text, String mode, int share) {
    mostIsDone(check(page, text, mode, share));
  }

  private static void mostIsDone(Done done) {
    assertThat(done.written()).as("what was not refused").isGreaterThan(done.tried() / 2);
  }

  /// @param written what was not refused
  private record Done(int written, int tried) {}

  /// @param share one of so many of what can be done is tried
  private Done check(Page page, String text, String mode, int share) {
    @SuppressWarnings("unchecked")
    List<String> all = (List<String>) page.evaluate(DO_ALL, List.of(text, mode, share));
    assertThat(all).isNotEmpty();
    int written = 0;
    for (String each : all) {
      String[] parts = each.split("\1", -1);
      assertThat(parts[2]).as(parts[0]).isEmpty();
      if (parts[1].isEmpty()) {
        assertThat(parts[3]).as(parts[0]).isNotEmpty();
        continue;
      }
      written++;
      assertThat(errors(parts[1], mode))
          .as("%s of\n%s\nin\n%s", parts[0], parts[1], text)
          .isSubsetOf(mode.equals("json") ? errors(text, mode) : List.of());
    }
    return new Done(written, all.size());
  }

  /// But for what is known to be left to the author: the only state of a machine can be deleted,
  /// and nothing is left then.
  @Override
  List<String> errors(String text, String mode) {
    boolean isEmpty = jsonOf(text, mode).replaceAll("\\s", "").contains("\"States\":{}");
    return isEmpty ? List.of() : super.errors(text, mode);
  }

  @Test
  void aTypeIsDraggedOntoAWayAndTheTextSaysIt() {
    try (Page page = shop(SHOP)) {
      BoundingBox read = state(page, "Read").boundingBox();
      BoundingBox choice = state(page, "Enough?").boundingBox();
      type(page, "Wait").hover();
      page.mouse().down();
      double x = read.x + read.width / 2;
      page.mouse().move(x, read.y + 200);
      page.mouse().move(x, (read.y + read.height + choice.y) / 2);
      assertThat(page.locator("gradus-graph .aim .plus")).isVisible();
      console.screenshot(page, "studio-drag");
      page.mouse().up();

      assertThat(state(page, "Wait")).hasAttribute("aria-selected", "true");
      assertThat(page.locator(".g-state h2")).hasText("Wait");
      String written =
          SHOP.replace(
              "\"Next\": \"Enough?\"\n    },",
              "\"Next\": \"Wait\"\n    },\n    \"Wait\": {\n"
                  + "      \"Type\": \"Wait\",\n      \"Seconds\": 5,\n      \"Next\": \"Enough?\"\n    },");
      assertThat(text(page)).isEqualTo(written);
      assertThat(page.getByText("No problems")).isVisible();
      console.axe(page);

      page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Undo").setExact(true))
          .click();
      assertThat(state(page, "Wait")).hasCount(0);
      assertThat(text(page)).isEqualTo(SHOP);

      // let go beside the graph, nothing happens
      type(page, "Pass").hover();
      page.mouse().down();
      page.mouse().move(x, 5);
      page.mouse().move(x, 2);
      page.mouse().up();
      assertThat(text(page)).isEqualTo(SHOP);
    }
  }

  @Test
  void keysInsertRenameDuplicateDeleteAndUndo() {
    try (Page page = shop(SHOP)) {
      state(page, "Read").focus();
      page.keyboard().press("t");
      assertThat(state(page, "Task")).isFocused();
      assertThat(page.locator(".g-state h2")).hasText("Task");
      page.keyboard().press("F2");
      Locator field = page.getByLabel("Name of the state");
      assertThat(field).isFocused();
      field.fill("Both");
      page.keyboard().press("Enter");
      assertThat(page.locator("gradus-graph .said")).containsText("already");
      field.fill("Look it up");
      page.keyboard().press("Enter");
      assertThat(state(page, "Look it up")).isFocused();
      assertThat(page.locator(".g-state h2")).hasText("Look it up");
      page.keyboard().press("Control+d");
      assertThat(state(page, "Look it up (1)")).isFocused();
      assertThat(page.getByText("No problems")).isVisible();
      console.axe(page);

      page.keyboard().press("Delete");
      assertThat(state(page, "Look it up (1)")).hasCount(0);
      assertThat(state(page, "Enough?")).isFocused();

      // without the Choice only its default stays reachable, or what can end
      page.keyboard().press("Delete");
      assertThat(state(page, "Enough?")).hasCount(0);
      assertThat(page.getByText("No problems")).isVisible();

      for (int i = 0; i < 5; i++) {
        page.keyboard().press("Control+z");
      }
      page.waitForFunction("text => document.querySelector('gradus-code').text === text", SHOP);
      assertThat(state(page, "Sorry")).isVisible();
      assertThat(page.locator(".g-saved")).hasText("Saved");
    }
  }

  @Test
  void aWayIsLedElsewhereByTheMouseAndByTheKeyboard() {
    try (Page page = shop(SHOP)) {
      BoundingBox head = state(page, "Enough?").boundingBox();
      BoundingBox sorry = state(page, "Sorry").boundingBox();
      page.mouse().move(head.x + head.width / 2, head.y - 2);
      assertThat(page.locator("gradus-graph .grip")).isVisible();
      page.mouse().down();
      page.mouse().move(sorry.x + 40, sorry.y - 30);
      page.mouse().move(sorry.x + 40, sorry.y + 15);
      page.mouse().up();
      waitForText(page, "\"Next\": \"Sorry\"\n    },\n    \"Enough?\"");
      page.locator("gradus-graph svg.graph [role=treeitem]").first().press("Control+z");
      waitForText(page, "\"Next\": \"Enough?\"");
      assertThat(text(page)).isEqualTo(SHOP);

      state(page, "Both").click();
      Locator then = page.getByRole(AriaRole.COMBOBOX, new Page.GetByRoleOptions().setName("Then"));
      assertThat(then).hasValue("End");
      then.fill("Sorry");
      then.press("Enter");
      waitForText(page, "\"Next\": \"Sorry\"\n    },\n    \"Sorry\"");
      assertThat(then).hasValue("Sorry");
      assertThat(then).isFocused();
      console.screenshot(page, "studio-ways");
      console.axe(page);
    }
  }

  @Test
  void anEmptyMachineGetsItsFirstStateAndAViewerHasNoPalette() {
    try (Page page = open(author, "/create", 1440)) {
      state(page, "Hello").focus();
      page.keyboard().press("Delete");
      assertThat(state(page, "Hello")).hasCount(0);
      assertThat(page.getByText("Drag a state here, or choose one.")).isVisible();
      type(page, "Choice").click();
      assertThat(state(page, "Choice")).isVisible();
      assertThat(page.getByText("No problems")).isVisible();
      page.locator("gradus-code .cm-content").click();
      page.keyboard().press("Control+A");
      page.keyboard().press("Delete");
      assertThat(state(page, "Choice")).hasCount(0);
      type(page, "Map").click();
      assertThat(state(page, "Map")).isVisible();
      assertThat(page.getByText("No problems")).isVisible();
    }
    create(SHOP);
    try (Page page = open(console.as(account, Role.VIEWER), "/state-machines/shop", 1440)) {
      state(page, "Read").click();
      assertThat(page.locator(".g-state h2")).hasText("Read");
      assertThat(page.locator("gradus-palette")).isHidden();
      assertThat(page.getByRole(AriaRole.COMBOBOX, new Page.GetByRoleOptions().setName("Then")))
          .hasCount(0);
      page.keyboard().press("Delete");
      page.keyboard().press("t");
      assertThat(page.locator("gradus-graph .at-state")).hasCount(0);
      assertThat(text(page)).isEqualTo(SHOP);
    }
    try (Page page = open(author, "/state-machines/shop", 390)) {
      state(page, "Read").click();
      type(page, "Pass").click();
      assertThat(state(page, "Pass")).isVisible();
      console.screenshot(page, "studio-palette-phone");
      console.axe(page);
      page.getByLabel("Delete Pass").click();
      assertThat(state(page, "Pass")).hasCount(0);
    }
  }
}
