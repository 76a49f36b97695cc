package io.gradus.app.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import io.gradus.asl.validate.MachineType;
import io.gradus.engine.Details;
import io.gradus.engine.Fact;
import io.gradus.service.Caller;
import io.gradus.service.definition.StateMachine;
import io.gradus.service.definition.StateMachineService;
import io.gradus.service.execution.Execution;
import io.gradus.service.execution.ExecutionService;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/// What the console costs: to load, to keep open, to follow an execution. Prints its figures; what
/// they are bound to is in `docs/performance.md`.
@ConsoleTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@EnabledIfSystemProperty(named = "gradus.figures", matches = ".+")
class ConsoleFiguresTest {
  private static final int OPEN_PAGES = 25;
  private static final int STEPS = 20;

  private final ConsoleFixture console;
  private Northwind northwind;

  ConsoleFiguresTest(ConsoleFixture console) {
    this.console = console;
  }

  @BeforeAll
  void work() {
    northwind = new Northwind(console);
    northwind.work();
  }

  @Test
  void firstLoad() {
    try (Page page = console.visitor(1440, 900, false)) {
      load(page, console.address() + "/login", "input[name=password]", "login, cold");
      load(page, console.address() + "/login", "input[name=password]", "login, warm");
    }
    // Each of these in a browser that has nothing yet but a session.
    Map<String, String> pages =
        Map.of(
            "/executions", "vaadin-grid a",
            "/state-machines/order-fulfilment", "gradus-graph [data-ready]",
            "/executions/order-fulfilment/SO-90413", "gradus-graph [data-ready]");
    pages.forEach(
        (path, there) -> {
          try (Page page = console.emptyBrowser(northwind.mara, 1440, 900)) {
            load(page, northwind.page(path), there, path + ", cold");
            load(page, northwind.page(path), there, path + ", warm");
          }
        });
  }

  private void load(Page page, String address, String there, String what) {
    page.navigate(address);
    assertThat(page.locator(there).first()).isVisible();
    Object time = page.evaluate("() => performance.now()");
    @SuppressWarnings("unchecked")
    Map<String, Number> loaded =
        (Map<String, Number>)
            page.evaluate(
                """
                () => {
                  const all = [...performance.getEntriesByType('navigation'),
                    ...performance.getEntriesByType('resource')];
                  return {bytes: all.reduce((sum, each) => sum + each.transferSize, 0),
                    files: all.filter(each => each.transferSize > 0).length};
                }""");
    Figures.print(
        "first load, %s: %.0f kB in %d answers, usable after %.0f ms",
        what,
        loaded.get("bytes").doubleValue() / 1024,
        loaded.get("files").intValue(),
        ((Number) time).doubleValue());
  }

  /// Waits of a second each: the history says when one was left, the page when that was seen.
  @Test
  void fromTheCommitToThePixel() {
    String states =
        IntStream.rangeClosed(1, STEPS)
            .mapToObj(
                i ->
                    "\"Step %d\": {\"Type\": \"Wait\", \"Seconds\": 1, %s}"
                        .formatted(
                            i, i == STEPS ? "\"End\": true" : "\"Next\": \"Step " + (i + 1) + "\""))
            .collect(Collectors.joining(","));
    String arn = machine("steps", "{\"StartAt\": \"Step 1\", \"States\": {" + states + "}}");
    String execution = start(arn, "watched", "{}");
    try (Page page = console.page(northwind.mara, 1440, 900, false)) {
      page.navigate(northwind.page("/executions/steps/watched"));
      assertThat(page.locator("gradus-graph [data-ready]")).isVisible();
      page.evaluate(
          """
          () => {
            const seen = window.seen = {};
            const drawn = document.querySelector('gradus-graph').shadowRoot;
            new MutationObserver(changes => {
              for (const { target } of changes) {
                const key = target.dataset?.key;
                if (key && target.classList.contains('s-wait') && !(key in seen)) {
                  seen[key] = 0;
                  requestAnimationFrame(() => { seen[key] = Date.now(); });
                }
              }
            }).observe(drawn, {subtree: true, attributes: true, attributeFilter: ['class']});
          }""");
      assertThat(page.locator(".g-exec-title .g-status")).hasText("Succeeded");
      @SuppressWarnings("unchecked")
      Map<String, Number> seen = (Map<String, Number>) page.evaluate("() => window.seen");
      List<Double> late = new ArrayList<>();
      var history =
          console
              .part(ExecutionService.class)
              .history(caller(), execution, false, new io.gradus.service.Page.Request(1000, null));
      for (Fact.HistoryEvent event : history.items()) {
        if (event.details() instanceof Details.StateEntered entered) {
          Number at = seen.getOrDefault(entered.name().value(), 0);
          if (at.longValue() > 0) {
            late.add((double) (at.longValue() - event.timestamp().toEpochMilli()));
          }
        }
      }
      assertThat(late).hasSizeGreaterThan(STEPS / 2);
      List<Double> sorted = late.stream().sorted().toList();
      Figures.print(
          "decided -> pixel: p50 %.0f ms, p95 %.0f ms (%d states entered)",
          Figures.percentile(sorted, 50), Figures.percentile(sorted, 95), sorted.size());
    }
  }

  @Test
  void twentyFiveThousandEvents() {
    String arn =
        machine(
            "many",
            """
            {"StartAt": "All", "States": {"All": {"Type": "Map", "End": true, "ItemProcessor": {"StartAt": "A",
              "States": {"A": {"Type": "Pass", "Next": "B"}, "B": {"Type": "Pass", "Next": "C"},
                "C": {"Type": "Pass", "End": true}}}}}}""");
    String items =
        IntStream.range(0, 3_100)
            .mapToObj(String::valueOf)
            .collect(Collectors.joining(",", "[", "]"));
    start(arn, "all", items);
    try (Page page = console.page(northwind.mara, 1440, 900, false)) {
      page.navigate(northwind.page("/executions/many/all"));
      assertThat(page.locator(".g-exec-title .g-status")).hasText("Succeeded");
      List<Double> times = new ArrayList<>();
      for (int i = 0; i < 7; i++) {
        page.navigate(northwind.page("/executions/many/all?pane=events"));
        assertThat(page.locator(".g-events-bar")).containsText("24,806 events");
        assertThat(page.locator(".g-events vaadin-grid")).containsText("MapStateEntered");
        times.add(((Number) page.evaluate("() => performance.now()")).doubleValue());
      }
      List<Double> sorted = times.stream().sorted().toList();
      Figures.print(
          "24,806 events: opened in p50 %.0f ms (%.0f to %.0f)",
          Figures.percentile(sorted, 50), sorted.getFirst(), sorted.getLast());
      double scrolled =
          ((Number)
                  page.evaluate(
                      """
                      async () => {
                        const begun = performance.now();
                        const grid = document.querySelector('.g-events vaadin-grid');
                        grid.scrollToIndex(20000);
                        while (!grid.textContent.includes('20001')) await new Promise(requestAnimationFrame);
                        return performance.now() - begun;
                      }"""))
              .doubleValue();
      Figures.print("24,806 events: scrolled to the 20,001st in %.0f ms", scrolled);
    }
  }

  @Test
  void memoryOfOpenPages() {
    memory("the studio", northwind.page("/state-machines/order-fulfilment"));
    memory("an execution", northwind.page("/executions/order-fulfilment/SO-90413"));
  }

  private void memory(String what, String address) {
    try (Page first = console.page(northwind.mara, 1440, 900, false)) {
      BrowserContext browser = first.context();
      first.navigate(address);
      assertThat(first.locator("gradus-graph [data-ready]").first()).isVisible();
      double before = heap();
      for (int i = 0; i < OPEN_PAGES; i++) {
        Page page = browser.newPage();
        page.navigate(address);
        assertThat(page.locator("gradus-graph [data-ready]").first()).isVisible();
      }
      Figures.print(
          "server memory of a page open at %s: %.0f kB (%d pages)",
          what, (heap() - before) / 1024 / OPEN_PAGES, OPEN_PAGES);
    }
  }

  /// After the collector has been at it until nothing more comes of it.
  private static double heap() {
    var memory = ManagementFactory.getMemoryMXBean();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      memory.gc();
      least = Math.min(least, memory.getHeapMemoryUsage().getUsed());
    }
    return least;
  }

  private Caller caller() {
    return console.caller(northwind.mara, northwind.account);
  }

  private String machine(String name, String definition) {
    return console
        .part(StateMachineService.class)
        .create(
            caller(),
            new StateMachine.Draft(
                name,
                definition,
                "arn:aws:iam::" + northwind.account + ":role/any",
                MachineType.STANDARD,
                null,
                null,
                Map.of()))
        .arn();
  }

  private String start(String machine, String name, String input) {
    return console
        .part(ExecutionService.class)
        .start(caller(), new Execution.Start(machine, name, input, null, null))
        .arn();
  }
}
