package io.gradus.app.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.gradus.app.console.ConsoleFixture.Login;
import io.gradus.asl.validate.MachineType;
import io.gradus.service.Caller;
import io.gradus.service.Role;
import io.gradus.service.definition.StateMachine;
import io.gradus.service.definition.StateMachineService;
import io.gradus.service.execution.Execution;
import io.gradus.service.execution.ExecutionService;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/// A state machine as a picture: walked, moved, saved and read aloud.
@ConsoleTest
class GraphBrowserTest {
  private static final String ALBUM = "/templates/photo-batch-import";

  private final ConsoleFixture console;

  GraphBrowserTest(ConsoleFixture console) {
    this.console = console;
  }

  private Page album(int width, boolean dark) {
    Page page = console.page(console.as(Role.VIEWER), width, 900, dark);
    page.navigate(console.address() + "/t/" + console.account() + ALBUM);
    assertThat(state(page, "Validate manifest")).isVisible();
    return page;
  }

  private static Locator state(Page page, String name) {
    return page.locator("gradus-graph")
        .getByRole(
            AriaRole.TREEITEM,
            new Locator.GetByRoleOptions().setName(Pattern.compile("^" + name + ",")));
  }

  @Test
  void everyStateSaysItsNameAndWhatItIs() {
    try (Page page = album(1440, false)) {
      assertThat(page.getByRole(AriaRole.TREE))
          .hasAttribute("aria-label", "Graph of Photo batch import");
      assertThat(state(page, "Reserve quota"))
          .hasAttribute("aria-label", "Reserve quota, Task, Lambda · reserve-quota");
      assertThat(state(page, "Prepare release"))
          .hasAttribute("aria-label", "Prepare release, Parallel, 3 branches, contains 3 states");
      assertThat(state(page, "Extract metadata")).hasAttribute("aria-level", "3");
      // Seen from afar, edges say nothing.
      state(page, "Reserve quota").press("+");
      state(page, "Reserve quota").press("+");
      assertThat(page.locator("gradus-graph").getByText("catch Quota.Throttled")).isVisible();
    }
  }

  @Test
  void arrowsFollowTheEdgesIntoContainersAndOutAgain() {
    try (Page page = album(1440, false)) {
      state(page, "Validate manifest").focus();
      for (List<String> step :
          List.of(
              List.of("ArrowDown", "Reserve quota"),
              List.of("ArrowDown", "Use default quota"),
              List.of("ArrowDown", "Prepare release"),
              List.of("ArrowDown", "Process images"),
              List.of("ArrowRight", "Sync to partner"),
              List.of("ArrowLeft", "Process images"),
              List.of("ArrowDown", "Extract metadata"),
              List.of("ArrowUp", "Process images"),
              List.of("ArrowUp", "Prepare release"),
              List.of("Home", "Validate manifest"))) {
        page.keyboard().press(step.getFirst());
        assertThat(state(page, step.getLast())).isFocused();
      }
      page.keyboard().press("Enter");
      assertThat(state(page, "Validate manifest")).hasAttribute("aria-selected", "true");
      page.keyboard().press("Escape");
      assertThat(state(page, "Validate manifest")).hasAttribute("aria-selected", "false");
    }
  }

  @Test
  void isZoomedByKeysAndPannedByTheMouse() {
    try (Page page = album(1440, false)) {
      Locator percent = page.locator("gradus-graph .percent");
      String whole = percent.textContent();
      state(page, "Validate manifest").focus();
      page.keyboard().press("-");
      assertThat(percent).not().hasText(whole);
      page.keyboard().press("0");
      assertThat(percent).hasText(whole);

      Locator first = state(page, "Validate manifest");
      double x = first.boundingBox().x;
      var graph = page.locator("gradus-graph").boundingBox();
      page.mouse().move(graph.x + 20, graph.y + 200);
      page.mouse().down();
      page.mouse().move(graph.x + 60, graph.y + 200);
      page.mouse().move(graph.x + 80, graph.y + 200);
      page.mouse().up();
      assertThat(first.boundingBox().x).isBetween(x + 50, x + 70);
    }
  }

  @Test
  void aLargeGraphOpensWhereItsExecutionIs() {
    String account = console.newTenant("Long way");
    Login olga = console.as(account, Role.ADMIN);
    Caller caller = console.caller(olga, account);
    String steps =
        IntStream.range(0, 80)
            .mapToObj(
                i ->
                    "\"Step %d\": {\"Type\": \"Pass\", \"Next\": \"%s\"}"
                        .formatted(i, i == 79 ? "Linger" : "Step " + (i + 1)))
            .collect(Collectors.joining(","));
    String definition =
        """
        {"StartAt": "Step 0", "States": {%s, "Linger": {"Type": "Wait", "Seconds": 3600, "Next": "Done"},
          "Done": {"Type": "Succeed"}}}"""
            .formatted(steps);
    var draft =
        new StateMachine.Draft(
            "way",
            definition,
            "arn:aws:iam::" + account + ":role/any",
            MachineType.STANDARD,
            null,
            null,
            Map.of());
    String arn = console.part(StateMachineService.class).create(caller, draft).arn();
    console
        .part(ExecutionService.class)
        .start(caller, new Execution.Start(arn, "on", "{}", null, null));
    try (Page page = console.page(olga, 1440, 900, false)) {
      page.navigate(console.address() + "/t/" + account + "/executions/way/on");
      assertThat(state(page, "Linger")).isInViewport();
      assertThat(state(page, "Step 0")).not().isInViewport();
    }
  }

  @Test
  void whatTakesLongToLayOutSaysSo() {
    String template = "/t/" + console.account() + "/templates/expense-approval";
    try (Page page = console.page(console.as(Role.VIEWER), 1440, 900, false)) {
      page.navigate(console.address() + template);
      Locator says = page.getByText("Laying out the graph…");
      assertThat(page.locator("gradus-graph [role=treeitem]").first()).isVisible();
      assertThat(says).isHidden();

      // when no layout comes
      page.addInitScript("Worker.prototype.postMessage = () => {};");
      page.reload();

      assertThat(says).isVisible();
      console.axe(page, "gradus-graph");
    }
  }

  @Test
  void isSavedWithItsColoursAndFonts() throws IOException {
    try (Page page = album(1440, true)) {
      page.evaluate("document.documentElement.setAttribute('theme', 'dark')");
      String svg = Files.readString(saved(page, "SVG").path(), StandardCharsets.UTF_8);
      assertThat(svg)
          .contains("Use default quota", "@font-face", "data:font/woff2;base64")
          .doesNotContain("var(--", "class=", "<script", "currentColor");

      var png = ImageIO.read(saved(page, "PNG").path().toFile());
      assertThat(png.getWidth()).isGreaterThan(800);
      assertThat(png.getRGB(1, 1) & 0xff).as("a dark canvas").isLessThan(0x40);
    }
  }

  private static Download saved(Page page, String type) {
    return page.waitForDownload(
        () -> {
          page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Save as a picture"))
              .click();
          page.getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName("Save as " + type))
              .click();
        });
  }

  @Test
  void allGraphsOfAPageAreLaidOutInOneWorker() {
    try (Page page = console.page(console.as(Role.VIEWER), 1440, 900, false)) {
      page.navigate(console.address() + "/t/" + console.account() + "/templates");
      assertThat(page.locator("gradus-graph svg[data-ready]").last()).isVisible();
      assertThat(page.locator("gradus-graph [role=treeitem]")).hasCount(0);
      assertThat(page.workers()).hasSize(1);
    }
  }

  @Test
  void isAccessibleInLightAndDarkAndOnAPhone() {
    for (boolean dark : List.of(false, true)) {
      try (Page page = album(dark ? 390 : 1440, dark)) {
        console.axe(page, "gradus-graph");
        console.screenshot(page, "graph" + (dark ? "-dark-phone" : ""));
      }
    }
  }
}
