package io.gradus.app.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.gradus.app.console.ConsoleFixture.Login;
import io.gradus.asl.validate.MachineType;
import io.gradus.service.Role;
import io.gradus.service.definition.StateMachine;
import io.gradus.service.definition.StateMachineService;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// How long a keystroke takes to be on the graph's picture, in the studio as people have it before
/// them: from the key's event to the frame after the one that shows it.
@ConsoleTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@EnabledIfSystemProperty(named = "gradus.figures", matches = ".+")
class TypingFiguresTest {
  /// Each letter typed at the end of another state's `Next`: a structure that was never there
  /// before.
  private static final String STRUCTURE = "structure";

  /// A second letter there: the structure stays, what is written in it changes.
  private static final String WORDS = "words";

  private final ConsoleFixture console;
  private String account;
  private Login author;

  TypingFiguresTest(ConsoleFixture console) {
    this.console = console;
  }

  @BeforeAll
  void newTenant() {
    account = console.newTenant("Figures");
    author = console.as(account, Role.AUTHOR);
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 300})
  void fromTheKeystrokeToTheGraph(int states) {
    create(states);
    try (Page page = console.page(author, 1440, 900, false)) {
      page.navigate(
          console.address() + "/t/" + account + "/state-machines/claims-" + states + "?view=split");
      assertThat(page.locator("gradus-graph [data-ready]")).isVisible();
      assertThat(page.getByText("No problems")).isVisible();
      page.evaluate(CLOCK);
      for (int i = 0; i < 5; i++) {
        measure(page, 2 + i, "warm-up");
      }
      int rounds = Math.min(20, states / 3 - 10);
      for (int i = 0; i < rounds; i++) {
        measure(page, 7 + i, null);
      }
      for (String kind : List.of(STRUCTURE, WORDS)) {
        @SuppressWarnings("unchecked")
        List<Number> times = (List<Number>) page.evaluate("kind => window.clock.times[kind]", kind);
        assertThat(times).hasSize(rounds);
        List<Double> sorted = times.stream().map(Number::doubleValue).sorted().toList();
        Figures.print(
            "keystroke -> graph, %d states, %s: p50 %.0f ms, p95 %.0f ms (%d keystrokes)",
            states,
            kind.equals(STRUCTURE) ? "another structure" : "the same structure",
            Figures.percentile(sorted, 50),
            Figures.percentile(sorted, 95),
            rounds);
      }
      for (boolean zoom : new boolean[] {false, true}) {
        @SuppressWarnings("unchecked")
        List<Number> frames = (List<Number>) page.evaluate(MOVE, zoom);
        List<Double> sorted = frames.stream().map(Number::doubleValue).sorted().toList();
        Figures.print(
            "%s, %d states: a frame takes p50 %.0f ms, p95 %.0f ms",
            zoom ? "zooming" : "panning",
            states,
            Figures.percentile(sorted, 50),
            Figures.percentile(sorted, 95));
      }
    }
  }

  private static final String CLOCK =
      """
      () => {
        const clock = window.clock = {times: {structure: [], words: []}};
        const drawn = () => document.querySelector('gradus-graph').shadowRoot;
        clock.expect = (kind, name) => {
          clock.done = false;
          let begun;
          addEventListener('keydown', event => { begun = event.timeStamp; }, {capture: true, once: true});
          const look = () => {
            const there = [...drawn().querySelectorAll('.ghost .name')].some(each => each.textContent === name);
            if (!there || begun === undefined) {
              requestAnimationFrame(look);
              return;
            }
            // What is in the tree now is painted at the end of this frame.
            requestAnimationFrame(() => {
              clock.times[kind]?.push(performance.now() - begun);
              clock.done = true;
            });
          };
          look();
        };
        // Whoever types does so while nothing moves: letters are further apart than that.
        clock.rests = () => {
          const graph = document.querySelector('gradus-graph');
          return !graph.laying.busy && !graph.painter.travelling && !drawn().querySelector('.moving');
        };
        clock.ghosts = () => drawn().querySelectorAll('.ghost').length;
      }""";

  /// Turns the wheel once a frame, and says how long the frames took.
  private static final String MOVE =
      """
      async zoom => {
        const canvas = document.querySelector('gradus-graph').shadowRoot.querySelector('svg.graph');
        const box = canvas.getBoundingClientRect();
        const frames = [];
        let last = await new Promise(requestAnimationFrame);
        for (let i = 0; i < 90; i++) {
          canvas.dispatchEvent(new WheelEvent('wheel', {
            deltaY: zoom ? (i < 45 ? 12 : -12) : 40, ctrlKey: zoom, bubbles: true, cancelable: true,
            clientX: box.x + box.width / 2, clientY: box.y + box.height / 2}));
          const now = await new Promise(requestAnimationFrame);
          frames.push(now - last);
          last = now;
        }
        return frames;
      }""";

  /// Types two letters behind the name in a state's `Next`, each awaited, and takes them back.
  private static void measure(Page page, int station, String instead) {
    String target = "Clear " + station + "?";
    page.locator("gradus-code")
        .evaluate(
            """
            (code, target) => {
              const text = code.text;
              const at = text.indexOf(`: "${target}"`) + `: "${target}`.length;
              const before = text.slice(0, at).split('\\n');
              code.reveal(before.length, before.at(-1).length + 1);
            }""",
            target);
    page.waitForFunction(
        "name => document.querySelector('.g-state h2')?.textContent === name",
        "Station " + station);
    String name = target;
    for (String kind : List.of(STRUCTURE, WORDS)) {
      name += "x";
      page.waitForFunction("() => window.clock.rests()");
      page.evaluate(
          "([kind, name]) => window.clock.expect(kind, name)",
          List.of(instead == null ? kind : instead, name));
      page.keyboard().press("x");
      page.waitForFunction("() => window.clock.done");
    }
    page.keyboard().press("Backspace");
    page.keyboard().press("Backspace");
    // Asked of the page itself: Playwright's selectors read all of a large one, while it is
    // measured.
    page.waitForFunction(
        "() => window.clock.ghosts() === 0 && document.querySelector('.g-problems-none')");
  }

  private void create(int states) {
    console
        .part(StateMachineService.class)
        .create(
            console.caller(author, account),
            new StateMachine.Draft(
                "claims-" + states,
                Northwind.stations(states),
                "arn:aws:iam::" + account + ":role/any",
                MachineType.STANDARD,
                null,
                null,
                Map.of()));
  }
}
