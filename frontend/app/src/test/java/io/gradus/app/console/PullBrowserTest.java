package io.gradus.app.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.gradus.app.console.ConsoleFixture.Login;
import io.gradus.asl.validate.MachineType;
import io.gradus.service.Caller;
import io.gradus.service.Role;
import io.gradus.service.access.AccessKeyService;
import io.gradus.service.arn.Arns;
import io.gradus.service.connection.Connection;
import io.gradus.service.connection.ConnectionKind;
import io.gradus.service.connection.ConnectionService;
import io.gradus.service.definition.StateMachine;
import io.gradus.service.definition.StateMachineService;
import io.gradus.service.function.FunctionService;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// State machines are taken over from an AWS account. Another tenant stands in for it, for it
/// speaks the same API.
@ConsoleTest
class PullBrowserTest {
  private static final String LONG = "a-name-as-long-as-they-may-be-".repeat(3).substring(0, 80);

  private final ConsoleFixture console;
  private String there;
  private String here;
  private Login author;
  private Caller admin;

  PullBrowserTest(ConsoleFixture console) {
    this.console = console;
  }

  @BeforeEach
  void twoTenants() {
    there = console.newTenant("There");
    here = console.newTenant("Here");
    author = console.as(here, Role.AUTHOR);
    admin = console.caller(console.as(here, Role.ADMIN), here);
  }

  private String arn(String account, String machine) {
    return "arn:aws:states:%s:%s:stateMachine:%s"
        .formatted(console.part(Arns.class).region(), account, machine);
  }

  private String function(String account, String name) {
    return "arn:aws:lambda:%s:%s:function:%s"
        .formatted(console.part(Arns.class).region(), account, name);
  }

  /// Three state machines there, and a connection from here to them.
  private void connect() {
    Caller owner = console.caller(console.as(there, Role.ADMIN), there);
    make(owner, "child", MachineType.STANDARD, task(function(there, "elsewhere")));
    make(owner, LONG, MachineType.EXPRESS, task(function(there, "pack")));
    make(
        owner,
        "orders",
        MachineType.STANDARD,
        """
        {"StartAt": "T", "States": {"T": {"Type": "Task",
          "Resource": "arn:aws:states:::states:startExecution",
          "Parameters": {"StateMachineArn": "%s"}, "End": true}}}
        """
            .formatted(arn(there, "child")));
    var key = console.part(AccessKeyService.class).create(owner, "for Here", null);
    put("shop-account", key.summary().id(), key.secret());
    console
        .part(FunctionService.class)
        .put(console.caller(author, here), "pack", "https://example.org/pack", null);
  }

  private static String task(String resource) {
    return """
        {"StartAt": "T", "States": {"T": {"Type": "Task", "Resource": "%s", "End": true}}}
        """
        .formatted(resource);
  }

  private void make(Caller owner, String name, MachineType type, String definition) {
    console
        .part(StateMachineService.class)
        .create(
            owner,
            new StateMachine.Draft(
                name,
                definition,
                "arn:aws:iam::" + there + ":role/any",
                type,
                null,
                null,
                Map.of("team", "shop")));
  }

  private void put(String name, String keyId, String secret) {
    console
        .part(ConnectionService.class)
        .put(
            admin,
            new Connection.Draft(
                name,
                ConnectionKind.AWS,
                false,
                Map.of(
                    "region",
                    console.part(Arns.class).region(),
                    "accessKeyId",
                    keyId,
                    "endpoint",
                    console.calledAddress()),
                Map.of("secretAccessKey", secret)));
  }

  private static Locator button(Page page, String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  private static Locator dialog(Page page) {
    return page.locator("vaadin-dialog[opened]");
  }

  private Page importing(int width, boolean dark) {
    Page page = console.page(author, width, 900, dark);
    page.navigate(console.address() + "/t/" + here + "/state-machines");
    button(page, "Import…").click();
    return page;
  }

  private void change(String name) {
    console
        .part(StateMachineService.class)
        .update(
            console.caller(author, here),
            arn(here, name),
            new StateMachine.Change(task(function(here, "pack")), null, null, null));
  }

  private StateMachine described(String name) {
    return console
        .part(StateMachineService.class)
        .describe(console.caller(author, here), arn(here, name));
  }

  @Test
  void severalAreMadeHereAndNameWhatIsHere() {
    connect();
    try (Page page = importing(1440, false)) {
      button(page, "From AWS…").click();
      assertThat(dialog(page)).containsText("They come through shop-account (");
      assertThat(dialog(page)).containsText("3 there");
      assertThat(button(page, "Open in the studio")).isDisabled();
      dialog(page).getByLabel("Name contains").fill("CHI");
      assertThat(dialog(page)).containsText("1 of 3");
      button(page, "Choose all of these").click();
      assertThat(dialog(page)).containsText("1 of 3 chosen");
      dialog(page).getByLabel("Name contains").fill("");
      button(page, "Choose all of these").click();
      assertThat(dialog(page)).containsText("3 of 3 chosen");
      console.screenshot(page, "pull-light-1440");
      console.axe(page);

      button(page, "Create 3 state machines").click();
      assertThat(dialog(page).getByText("Created", new Locator.GetByTextOptions().setExact(true)))
          .hasCount(3);
      assertThat(dialog(page).locator("h2")).hasText("Imported");
      console.screenshot(page, "pulled-light-1440");
      console.axe(page);
      button(page, "Done").click();
      assertThat(page.getByText("orders").first()).isVisible();
      assertThat(described("orders").definition())
          .contains(arn(here, "child"))
          .doesNotContain(there);

      // one of that name which is another one is not changed, and the others come all the same
      change("orders");
      button(page, "Import…").click();
      button(page, "From AWS…").click();
      button(page, "Choose all of these").click();
      button(page, "Create 3 state machines").click();
      assertThat(dialog(page).locator("h2")).hasText("Imported");
      assertThat(dialog(page).getByText("Not created")).hasCount(1);
      assertThat(dialog(page)).containsText("State Machine Already Exists");
    }
    assertThat(described("orders").definition()).contains(function(here, "pack"));
    assertThat(described("child").definition())
        .as("AWS calls it, by the connection")
        .contains(function(there, "elsewhere"));
    assertThat(described(LONG).definition()).contains(function(here, "pack"));
    assertThat(described(LONG).type()).isEqualTo(MachineType.EXPRESS);
  }

  @Test
  void oneOpensInTheStudio() {
    connect();
    try (Page page = importing(390, true)) {
      button(page, "From AWS…").click();
      dialog(page).getByLabel(LONG).check();
      console.screenshot(page, "pull-dark-390");
      console.axe(page);
      button(page, "Open in the studio").click();
      assertThat(page).hasURL(Pattern.compile(".*/create"));
      assertThat(page.getByLabel("Name").first()).hasValue(LONG);
      page.waitForCondition(
          () ->
              String.valueOf(page.locator("gradus-code").first().evaluate("code => code.text"))
                  .contains(function(here, "pack")));
    }
  }

  @Test
  void whatAwsRefusesIsSaid() {
    put("wrong", "AKIAIOSFODNN7EXAMPLE", "no secret of anybody");
    put("broken", "AKIAIOSFODNN7EXAMPLF", "no secret of anybody");
    try (Page page = importing(1440, true)) {
      button(page, "From AWS…").click();
      assertThat(dialog(page).getByRole(AriaRole.ALERT).first())
          .containsText("AWS did not tell its state machines. ");
      assertThat(dialog(page))
          .containsText("The security token included in the request is invalid");
      assertThat(dialog(page)).containsText("Connection");
      console.screenshot(page, "pull-refused-dark-1440");
      console.axe(page);
      button(page, "Back").click();
      assertThat(button(page, "From AWS…")).isVisible();
    }
  }

  @Test
  void withoutAConnectionTheWayIsTold() {
    try (Page page = importing(1440, false)) {
      assertThat(dialog(page)).containsText("once an administrator has added a connection to it");
      assertThat(button(page, "From AWS…")).hasCount(0);
    }
  }
}
