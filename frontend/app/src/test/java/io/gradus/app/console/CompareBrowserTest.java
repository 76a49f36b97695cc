package io.gradus.app.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.gradus.app.console.ConsoleFixture.Login;
import io.gradus.asl.validate.MachineType;
import io.gradus.engine.ExecutionStatus;
import io.gradus.service.Caller;
import io.gradus.service.Role;
import io.gradus.service.definition.StateMachine;
import io.gradus.service.definition.StateMachineService;
import io.gradus.service.execution.Execution;
import io.gradus.service.execution.ExecutionService;
import io.gradus.service.execution.ForkService;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Two executions beside each other: ways to it, where they part, the states, the graph, the data.
@ConsoleTest
class CompareBrowserTest {
  private static final String ORDERS =
      """
      {"StartAt":"Validate order","States":{
        "Validate order":{"Type":"Pass","Next":"Charge card"},
        "Charge card":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke",
          "Parameters":{"FunctionName":"charge","Payload.$":"$"},
          "Retry":[{"ErrorEquals":["Busy"],"IntervalSeconds":1,"MaxAttempts":1}],
          "Catch":[{"ErrorEquals":["Card.Declined"],"ResultPath":"$.error","Next":"Tell the customer"}],
          "ResultPath":"$.charge","Next":"Pack"},
        "Pack":{"Type":"Map","ItemsPath":"$.items","ResultPath":"$.packed","Next":"Ship","ItemProcessor":{
          "StartAt":"Take from shelf","States":{"Take from shelf":{"Type":"Pass","End":true}}}},
        "Ship":{"Type":"Pass","End":true},
        "Tell the customer":{"Type":"Fail","Error":"Order.Refused","Cause":"The card was declined."}}}\
      """;
  private static final String WORKED = "{\"Charge card\":[{\"return\":{\"receipt\":7}}]}";
  private static final String DECLINED =
      """
      {"Charge card":[{"throw":{"error":"Card.Declined","cause":"insufficient funds"}}]}\
      """;
  private static final String WAITS =
      """
      {"StartAt":"Begin","States":{
        "Begin":{"Type":"Pass","Next":"Linger"},
        "Linger":{"Type":"Wait","Seconds":600,"End":true}}}\
      """;

  private final ConsoleFixture console;
  private final String account;
  private final String in;
  private final Login olga;
  private final Caller caller;

  CompareBrowserTest(ConsoleFixture console) {
    this.console = console;
    account = console.newTenant("Compare");
    in = "/t/" + account;
    olga = console.as(account, Role.OPERATOR, Role.AUTHOR);
    caller = console.caller(olga, account);
  }

  @Test
  void whatFailedIsComparedWithWhatWorked() {
    // given
    String machine = machine("orders", ORDERS);
    worked(machine, "order-1001");
    declined(machine, "order-1002");
    try (Page page = open("/executions/orders/order-1002", 1440, false)) {
      // when: from the page of the one that failed
      button(page, "Compare with…").click();
      Locator dialog = page.locator("vaadin-dialog[opened]");
      assertThat(dialog.locator(".g-cmp-offers li").first())
          .containsText("The last that succeeded");
      console.axe(page, "vaadin-dialog[opened]");
      console.screenshot(page, "compare-dialog");
      dialog.getByLabel("Another execution's name").fill("nobody");
      button(page, "Compare").click();
      assertThat(dialog).containsText("has no execution of this name");
      dialog.getByText("order-1001").click();

      // then
      page.waitForURL("**/executions/orders/order-1002/compare/orders/order-1001");
      assertThat(page.locator(".g-cmp-card").first()).containsText("Failed");
      assertThat(page.locator(".g-cmp-card").first()).containsText("Order.Refused");
      assertThat(page.locator(".g-cmp-card").last()).containsText("Succeeded");
      assertThat(page.locator(".g-cmp-told"))
          .hasText(
              "They part at Charge card: in A it failed with Card.Declined, was caught and led to"
                  + " Tell the customer, in B it succeeded and led to Pack.");
      assertThat(node(page, "Charge card, Task, Differs")).isVisible();
      assertThat(node(page, "Validate order, Pass, Same")).isVisible();
      assertThat(node(page, "Pack, Map, Only in B")).isVisible();
      assertThat(node(page, "Tell the customer, Fail, Only in A")).isVisible();
      assertThat(page.locator(".g-legend")).containsText("Only in B3");
      assertThat(names(page)).hasCount(6);
      assertThat(page.locator(".g-cmp-bar")).containsText("5 of 6 states differ");
      // the inputs of the executions are shown until a state is selected
      assertThat(page.locator(".g-cmp-places")).containsText("/amount 4200 → 12");
      assertThat(page.locator("gradus-diff .cm-merge-b")).containsText("\"amount\": 12");
      console.axe(page);
      console.screenshot(page, "compare");

      // when: only what differs
      page.getByLabel("Only differences").check();

      // then
      assertThat(page).hasURL(Pattern.compile(".*only=differences.*"));
      assertThat(names(page)).hasCount(5);
      page.reload();
      assertThat(names(page)).hasCount(5);

      // when: a state is selected in the sentence
      page.locator(".g-cmp-told a").first().click();

      // then
      assertThat(page).hasURL(Pattern.compile(".*state=Charge%20card.*"));
      assertThat(page.locator(".g-cmp-data h2")).hasText("Charge card");
      assertThat(page.locator(".g-cmp-places")).containsText("/amount");
      tab(page, "Output").click();
      assertThat(page).hasURL(Pattern.compile(".*tab=output.*"));
      assertThat(page.locator(".g-cmp-places")).containsText("/error only in A");
      console.axe(page);
      console.screenshot(page, "compare-state");
      tab(page, "Error").click();
      assertThat(page.locator(".g-cmp-data")).containsText("Only A has an error here.");
      assertThat(page.locator(".g-cmp-data .cm-content")).containsText("insufficient funds");

      // when: a state that one of them visited, by the table
      page.locator("vaadin-grid a", new Page.LocatorOptions().setHasText("Ship")).click();

      // then
      assertThat(page).hasURL(Pattern.compile(".*state=Ship.*"));
      assertThat(page.locator(".g-cmp-data")).containsText("Only B has an input here.");
      console.back(page);
      assertThat(page.locator(".g-cmp-data h2")).hasText("Charge card");

      // when: the sides are swapped
      button(page, "Swap A and B").click();

      // then
      page.waitForURL("**/order-1001/compare/orders/order-1002?*");
      assertThat(page.locator(".g-cmp-told"))
          .containsText("in A it succeeded and led to Pack, in B it failed with Card.Declined");
      assertThat(node(page, "Pack, Map, Only in A")).isVisible();
      // the way to the visit on its own page
      page.locator(".g-cmp-sides a").last().click();
      page.waitForURL("**/executions/orders/order-1002?*");
      assertThat(page.locator(".g-inspector h2")).hasText("Charge card");
    }
    try (Page page =
        open(
            "/executions/orders/order-1002/compare/orders/order-1001?state=Charge%20card",
            1440, true)) {
      assertThat(node(page, "Charge card, Task, Differs")).isVisible();
      assertThat(page.locator("gradus-diff .cm-merge-b")).isVisible();
      console.axe(page);
      console.screenshot(page, "compare-dark");
    }
  }

  @Test
  void twoThatArePickedInTheListAreCompared() {
    String machine = machine("orders", ORDERS);
    worked(machine, "order-1");
    declined(machine, "order-2");
    declined(machine, "order-3");
    try (Page page = open("/executions", 1440, false)) {
      Locator boxes = page.getByRole(AriaRole.CHECKBOX);
      boxes.first().check();
      assertThat(page.locator(".g-picked")).containsText("1 selected");
      assertThat(button(page, "Compare")).isHidden();
      boxes.nth(2).check();
      assertThat(button(page, "Compare")).isVisible();
      console.axe(page);
      console.screenshot(page, "compare-picked");
      boxes.nth(1).check();
      assertThat(button(page, "Compare")).isHidden();
      boxes.nth(1).uncheck();
      button(page, "Compare").click();

      page.waitForURL("**/executions/orders/order-3/compare/orders/order-1");
      assertThat(page.locator(".g-cmp-told")).containsText("They part at Charge card");
    }
    // who may look only comes by the execution's page
    Login victor = console.as(account, Role.VIEWER);
    try (Page page = console.page(victor, 1440, 900, false)) {
      console.open(page, in + "/executions/orders/order-2");
      button(page, "Compare with…").click();
      page.getByLabel("Another execution's name").fill("order-1");
      button(page, "Compare").click();
      page.waitForURL("**/executions/orders/order-2/compare/orders/order-1");
      assertThat(page.locator(".g-cmp-told")).containsText("They part at Charge card");
    }
  }

  @Test
  void whatIsMissingIsNotFoundAndOtherTenantsExecutionsAre() {
    String machine = machine("orders", ORDERS);
    worked(machine, "order-1");
    Login stranger = console.as(console.newTenant("Other"), Role.ADMIN);
    String address = in + "/executions/orders/order-1/compare/orders/";
    try (Page page = console.page(olga, 1440, 900, false)) {
      page.navigate(console.address() + address + "order-2");
      assertThat(page.locator("h1")).hasText("There is no such execution");
      console.axe(page);
      page.navigate(console.address() + in + "/executions/orders/none/compare/orders/order-1");
      assertThat(page.locator("h1")).hasText("There is no such execution");
      console.open(page, address + "order-1");
      assertThat(page.locator(".g-cmp-told")).hasText("A and B are one and the same execution.");
    }
    try (Page page = console.page(stranger, 1440, 900, false)) {
      page.navigate(console.address() + address + "order-1");
      assertThat(page.locator("h1")).hasText("There is no such page");
    }
  }

  @Test
  void otherRevisionsAndForksSaySo() {
    String machine = machine("orders", ORDERS);
    declined(machine, "before");
    console
        .part(StateMachineService.class)
        .update(
            caller,
            machine,
            new StateMachine.Change(
                ORDERS
                    .replace("\"MaxAttempts\":1", "\"MaxAttempts\":3")
                    .replace(
                        "\"Ship\":{\"Type\":\"Pass\",\"End\":true}",
                        "\"Ship\":{\"Type\":\"Pass\",\"Next\":\"Thank\"},\"Thank\":{\"Type\":\"Pass\",\"End\":true}"),
                null,
                null,
                null));
    worked(machine, "after");
    try (Page page = open("/executions/orders/before/compare/orders/after", 1440, false)) {
      assertThat(page.locator(".g-cmp-told")).containsText("A ran revision 1, B revision 2.");
      console.await(() -> row(page, "Thank").contains("Thank"), "the rows");
      assertThat(row(page, "Charge card")).contains("Written otherwise in B's revision");
      assertThat(row(page, "Thank")).contains("Not in A's revision");
      console.screenshot(page, "compare-revisions");
      page.locator("vaadin-grid a", new Page.LocatorOptions().setHasText("Charge card")).click();
      tab(page, "Definition").click();
      assertThat(page.locator("gradus-diff .cm-merge-b")).containsText("\"MaxAttempts\": 3");
      console.axe(page);
      page.getByText("Compare the revisions").click();
      page.waitForURL("**/state-machines/orders/revisions?from=1&to=2");
    }
    // a fork is compared with what it was forked from
    String fork =
        console
            .part(ForkService.class)
            .fork(
                caller,
                new ForkService.Fork(
                    arn("before"),
                    "Charge card",
                    null,
                    null,
                    null,
                    ForkService.Which.SAME,
                    "again",
                    null,
                    WORKED))
            .arn();
    ended(fork, ExecutionStatus.SUCCEEDED);
    try (Page page = open("/executions/orders/again", 1440, false)) {
      page.locator(".g-exec-meta")
          .getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName("compare"))
          .click();
      page.waitForURL("**/executions/orders/again/compare/orders/before");
      assertThat(page.locator(".g-cmp-told"))
          .containsText("A was forked from B at Charge card. They part at Charge card: in A it");
    }
  }

  @Test
  void whatRunsIsFollowed() {
    String machine = machine("lingers", WAITS);
    String one = start(machine, "one", "{}", null);
    start(machine, "two", "{}", null);
    try (Page page = open("/executions/lingers/one/compare/lingers/two", 1440, false)) {
      assertThat(page.locator(".g-cmp-told"))
          .hasText("So far both went the same way: every state came to the same.");

      console.part(ExecutionService.class).stop(caller, one, "Ops.Cleared", "not needed");

      assertThat(page.locator(".g-cmp-told"))
          .hasText("They part at Linger: in A it was stopped, in B it still waits.");
      assertThat(page.locator(".g-cmp-card").first()).containsText("Ops.Cleared");
      assertThat(node(page, "Linger, Wait, Differs")).isVisible();
    }
  }

  @Test
  void onAPhoneThePartsStandOneBehindTheOther() {
    String machine = machine("orders", ORDERS);
    worked(machine, "order-1001");
    declined(machine, "order-1002");
    String address = "/executions/orders/order-1002/compare/orders/order-1001";
    for (boolean dark : new boolean[] {false, true}) {
      try (Page page = open(address, 390, dark)) {
        assertThat(names(page)).hasCount(6);
        assertThat(page.locator(".g-cmp-data")).isHidden();
        console.axe(page);
        console.screenshot(page, "compare-phone" + (dark ? "-dark" : ""));
        tab(page, "Graph").click();
        assertThat(node(page, "Charge card, Task, Differs")).isVisible();
        console.screenshot(page, "compare-phone-graph" + (dark ? "-dark" : ""));
        tab(page, "States").click();
        page.locator("vaadin-grid a", new Page.LocatorOptions().setHasText("Charge card")).click();
        assertThat(page.locator(".g-cmp-data h2")).hasText("Charge card");
        assertThat(page.locator("gradus-diff .cm-content")).containsText("amount");
        console.axe(page);
        console.screenshot(page, "compare-phone-data" + (dark ? "-dark" : ""));
      }
    }
  }

  @Test
  void manyStatesAndLongNamesAndThousandsOfItemsAreCompared() {
    // given: three hundred states, the last of which is a Map over a thousand items
    String states =
        IntStream.range(0, 299)
            .mapToObj(
                i ->
                    "\"%s\":{\"Type\":\"Pass\",\"Next\":\"%s\"}"
                        .formatted(long_(i), i == 298 ? "All" : long_(i + 1)))
            .collect(Collectors.joining(","));
    String machine =
        machine(
            "m".repeat(80),
            """
            {"StartAt":"%s","States":{%s,"All":{"Type":"Map","ItemsPath":"$.items","End":true,
              "ToleratedFailureCount":0,"ItemProcessor":{"StartAt":"Each","States":{
                "Each":{"Type":"Choice","Choices":[{"Variable":"$","NumericGreaterThan":900,"Next":"Bad"}],
                  "Default":"Good"},
                "Good":{"Type":"Pass","End":true},"Bad":{"Type":"Fail","Error":"Too.Much"}}}}}}\
            """
                .formatted(long_(0), states));
    String items =
        IntStream.range(0, 1_000)
            .mapToObj(i -> String.valueOf(i % 800))
            .collect(Collectors.joining(",", "[", "]"));
    String bad = items.replace("[0,", "[950,");
    String a = "a".repeat(80);
    String b = "b".repeat(80);
    ended(start(machine, a, "{\"items\":" + bad + "}", null), ExecutionStatus.FAILED);
    ended(start(machine, b, "{\"items\":" + items + "}", null), ExecutionStatus.SUCCEEDED);
    String address = "/executions/%1$s/%2$s/compare/%1$s/%3$s".formatted("m".repeat(80), a, b);

    for (int width : new int[] {1440, 390}) {
      try (Page page = open(address, width, false)) {
        // then
        assertThat(page.locator(".g-cmp-told")).containsText("They part at All: in A it failed");
        assertThat(page.locator(".g-cmp-told")).containsText("Inside of it,");
        page.getByLabel("Only differences").check();
        assertThat(names(page)).hasCount(4);
        console.await(() -> row(page, "Good").contains("1,000"), "the counts of Good");
        if (width == 1440) {
          assertThat(page.locator("gradus-graph svg[data-ready]")).isVisible();
          page.locator("vaadin-grid a", new Page.LocatorOptions().setHasText("Each")).click();
          assertThat(page.getByLabel("Visits")).isVisible();
        }
        console.axe(page);
        console.screenshot(page, "compare-many-" + width);
        Object wider =
            page.evaluate(
                "document.documentElement.scrollWidth > document.documentElement.clientWidth");
        assertThat(wider).isEqualTo(false);
      }
    }
  }

  private static String long_(int number) {
    return "State number %03d with a name as long as names of states can ever get to be, eighty"
        .formatted(number)
        .substring(0, 80);
  }

  private static Locator names(Page page) {
    return page.locator(".g-cmp-states vaadin-grid a.g-exec-link:visible");
  }

  /// What the table says of a state: its row is known by the cells only.
  private static String row(Page page, String state) {
    return String.valueOf(
        page.locator(".g-cmp-states vaadin-grid")
            .evaluate(
                """
                (grid, state) => [...grid.shadowRoot.querySelectorAll('tbody tr')]
                  .map(row => [...row.children].map(cell => cell.firstElementChild.assignedNodes()[0]?.textContent))
                  .find(cells => cells[1]?.startsWith(state))?.join(' | ')
                """,
                state));
  }

  private static Locator node(Page page, String label) {
    return page.locator("gradus-graph [role=treeitem][aria-label^='" + label + "']");
  }

  private static Locator tab(Page page, String name) {
    return page.getByRole(AriaRole.TAB, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  private static Locator button(Page page, String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  private Page open(String path, int width, boolean dark) {
    Page page = console.page(olga, width, width < 600 ? 844 : 900, dark);
    console.open(page, in + path);
    return page;
  }

  private void worked(String machine, String name) {
    String input = "{\"amount\":12,\"customer\":\"ann\",\"items\":[\"pen\",\"ink\"]}";
    ended(start(machine, name, input, WORKED), ExecutionStatus.SUCCEEDED);
  }

  private void declined(String machine, String name) {
    String input = "{\"amount\":4200,\"customer\":\"ann\",\"items\":[\"pen\",\"ink\"]}";
    ended(start(machine, name, input, DECLINED), ExecutionStatus.FAILED);
  }

  private String arn(String execution) {
    return "arn:aws:states:us-east-1:" + account + ":execution:orders:" + execution;
  }

  private void ended(String arn, ExecutionStatus as) {
    ExecutionService executions = console.part(ExecutionService.class);
    console.await(() -> executions.describe(caller, arn).status() == as, "the execution " + as);
  }

  private String machine(String name, String definition) {
    return console
        .part(StateMachineService.class)
        .create(
            caller,
            new StateMachine.Draft(
                name,
                definition,
                "arn:aws:iam::" + account + ":role/any",
                MachineType.STANDARD,
                null,
                null,
                Map.of()))
        .arn();
  }

  private String start(String machine, String name, String input, @Nullable String mocks) {
    return console
        .part(ExecutionService.class)
        .start(caller, new Execution.Start(machine, name, input, null, mocks))
        .arn();
  }
}
