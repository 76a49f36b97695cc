package io.gradus.app.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import io.gradus.app.console.ConsoleFixture.Login;
import io.gradus.asl.validate.MachineType;
import io.gradus.service.Role;
import io.gradus.service.arn.Arns;
import io.gradus.service.definition.StateMachineService;
import io.gradus.service.function.FunctionService;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What was written elsewhere comes in: templates with several state machines, and definitions with
/// placeholders.
@ConsoleTest
class ImportBrowserTest {
  private static final String TEMPLATE =
      """
      AWSTemplateFormatVersion: '2010-09-09'
      Transform: AWS::Serverless-2016-10-31
      Parameters:
        Patience: {Type: Number, Default: 30}
      Resources:
        Orders:
          Type: AWS::Serverless::StateMachine
          Properties:
            Name: orders
            Type: EXPRESS
            Tags: {team: shop}
            Definition:
              StartAt: Check
              States:
                Check: {Type: Task, Resource: !GetAtt CheckStock.Arn, Next: Pack}
                Pack: {Type: Task, Resource: "${PackArn}", Next: Tell}
                Tell:
                  Type: Task
                  Resource: arn:aws:states:::sns:publish
                  Parameters: {TopicArn: "${Topic}", Message: sold}
                  End: true
            DefinitionSubstitutions:
              PackArn: !GetAtt Pack.Arn
              Topic: !ImportValue <b>shop-topic
        Shipping:
          Type: AWS::StepFunctions::StateMachine
          Properties:
            DefinitionString: !Sub |
              {"StartAt": "W", "States": {"W": {"Type": "Wait", "Seconds": ${Patience}, "End": true}}}
        Returns:
          Type: AWS::Serverless::StateMachine
          Properties:
            DefinitionUri: statemachine/returns.asl.yaml
        CheckStock: {Type: AWS::Serverless::Function}
        Pack: {Type: AWS::Lambda::Function, Properties: {FunctionName: pack}}
      """;

  private final ConsoleFixture console;
  private String account;
  private Login author;

  ImportBrowserTest(ConsoleFixture console) {
    this.console = console;
  }

  @BeforeEach
  void newTenant() {
    account = console.newTenant("Import");
    author = console.as(account, Role.AUTHOR);
  }

  private static Locator button(Page page, String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  private static Locator dialog(Page page) {
    return page.locator("vaadin-dialog[opened]");
  }

  private Page paste(String text, int width, boolean dark) {
    Page page = console.page(author, width, 900, dark);
    page.navigate(console.address() + "/t/" + account + "/state-machines");
    button(page, "Import…").click();
    dialog(page).locator("gradus-code .cm-content").click();
    page.keyboard().insertText(text);
    button(page, "Continue").click();
    return page;
  }

  @Test
  void severalStateMachinesOfATemplateAreMadeAtOnce() {
    console
        .part(FunctionService.class)
        .put(console.caller(author, account), "pack", "https://example.org/pack", null);
    try (Page page = paste(TEMPLATE, 1440, false)) {
      assertThat(dialog(page).getByLabel("orders")).isChecked();
      assertThat(dialog(page)).containsText("Its definition is in statemachine/returns.asl.yaml");
      assertThat(dialog(page).getByLabel("CheckStock.Arn"))
          .hasValue(
              Pattern.compile("arn:aws:lambda:[a-z0-9-]+:" + account + ":function:CheckStock"));
      assertThat(dialog(page)).containsText("No function CheckStock is registered here yet");
      assertThat(dialog(page)).containsText("The function pack, registered here");
      assertThat(dialog(page).getByLabel("Patience")).hasValue("30");
      assertThat(dialog(page)).containsText("{\"Fn::ImportValue\":\"<b>shop-topic\"}");
      assertThat(dialog(page)).containsText("1 is empty and stays a placeholder");
      console.screenshot(page, "import-template-light-1440");
      console.axe(page);

      // the file that one of them is in
      button(page, "Create 3 state machines").click();
      assertThat(dialog(page)).containsText("Upload the definition of Returns first.");
      file(page, "broken.yaml", "StartAt: [A");
      assertThat(dialog(page)).containsText("broken.yaml can't be read. Line 1, column 12");
      file(page, "returns.asl.yaml", "StartAt: A\nStates:\n  A: {Type: Nonsense}\n");
      assertThat(dialog(page)).containsText("Its definition is returns.asl.yaml.");
      dialog(page).getByLabel("Topic").fill("arn:aws:sns:eu-north-1:000000000000:t");
      button(page, "Create 3 state machines").click();

      // the validator's word stands beside the one that it refused
      assertThat(dialog(page).getByText("Created", new Locator.GetByTextOptions().setExact(true)))
          .hasCount(2);
      assertThat(dialog(page).getByText("Not created")).hasCount(1);
      assertThat(dialog(page)).containsText("Invalid State Machine Definition");
      console.screenshot(page, "imported-light-1440");
      console.axe(page);
      button(page, "Open in the studio").click();
      assertThat(page).hasURL(Pattern.compile(".*/create"));
      assertThat(page.getByLabel("Name").first()).hasValue("Returns");
    }
    var orders =
        console
            .part(StateMachineService.class)
            .describe(
                console.caller(author, account),
                "arn:aws:states:"
                    + console.part(Arns.class).region()
                    + ":"
                    + account
                    + ":stateMachine:orders");
    assertThat(orders.type()).isEqualTo(MachineType.EXPRESS);
    assertThat(orders.definition()).contains(account + ":function:pack").doesNotContain("${");
  }

  private static void file(Page page, String name, String text) {
    dialog(page)
        .locator("input[type=file]")
        .last()
        .setInputFiles(new FilePayload(name, "text/yaml", text.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void oneOfATemplateOpensInTheStudioWithItsTypeAndTags() {
    try (Page page = paste(TEMPLATE, 390, true)) {
      dialog(page).getByLabel("Shipping").uncheck();
      dialog(page).getByLabel("Returns").uncheck();
      assertThat(dialog(page).getByLabel("Patience")).hasCount(0);
      console.screenshot(page, "import-template-dark-390");
      console.axe(page);
      button(page, "Open in the studio").click();
      assertThat(page).hasURL(Pattern.compile(".*/create"));
      assertThat(page.getByLabel("Name").first()).hasValue("orders");
      page.waitForCondition(
          () ->
              String.valueOf(page.locator("gradus-code").first().evaluate("code => code.text"))
                  .contains(account + ":function:CheckStock"));
    }
  }

  @Test
  void placeholdersOfADefinitionAreAskedFor() {
    String text =
        "{\"StartAt\": \"A\", \"States\": {\"A\": {\"Type\": \"Wait\", \"Seconds\": ${Seconds},"
            + " \"End\": true}}}";
    try (Page page = paste(text, 1440, true)) {
      assertThat(dialog(page)).containsText("Fill in the placeholders");
      dialog(page).getByLabel("Seconds").fill("7");
      console.screenshot(page, "import-placeholders-dark-1440");
      console.axe(page);
      button(page, "Back").click();
      button(page, "Continue").click();
      dialog(page).getByLabel("Seconds").fill("8");
      button(page, "Open in the studio").click();
      assertThat(page.locator("gradus-code .cm-content")).containsText("\"Seconds\": 8");
    }
  }

  @Test
  void whatCannotBeReadIsSaidWithItsLine() {
    try (Page page = paste("Resources:\n  A: &x 1\n", 1440, false)) {
      assertThat(dialog(page).getByRole(AriaRole.ALERT)).containsText("Line 2, column 6: Anchors");
    }
  }
}
