package io.gradus.app.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.gradus.app.console.ConsoleFixture.Login;
import io.gradus.asl.parse.Diagnostic;
import io.gradus.asl.parse.Diagnostic.Severity;
import io.gradus.asl.text.Yaml;
import io.gradus.asl.validate.MachineType;
import io.gradus.service.Caller;
import io.gradus.service.Role;
import io.gradus.service.definition.StateMachine;
import io.gradus.service.definition.StateMachineService;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;

/// An author and the studio, open on a machine named `shop`.
abstract class StudioFixture {
  final ConsoleFixture console;
  private final String tenant;
  String account;
  Login author;

  /// @param tenant the name of a tenant that each test has for itself
  StudioFixture(ConsoleFixture console, String tenant) {
    this.console = console;
    this.tenant = tenant;
  }

  @BeforeEach
  final void newTenant() {
    account = console.newTenant(tenant);
    author = console.as(account, Role.AUTHOR);
  }

  private Caller caller() {
    return console.caller(author, account);
  }

  void create(String definition) {
    var draft =
        new StateMachine.Draft(
            "shop",
            definition,
            "arn:aws:iam::" + account + ":role/any",
            MachineType.STANDARD,
            null,
            null,
            Map.of());
    console.part(StateMachineService.class).create(caller(), draft);
  }

  Page open(Login login, String path, int width) {
    Page page = console.page(login, width, 900, false);
    page.navigate(console.address() + "/t/" + account + path);
    return page;
  }

  /// The studio with a machine that has a state `Sorry`.
  Page shop(String definition) {
    create(definition);
    Page page = open(author, "/state-machines/shop", 1440);
    assertThat(state(page, "Sorry")).isVisible();
    return page;
  }

  static String text(Page page) {
    return (String) page.locator("gradus-code").evaluate("code => code.text");
  }

  static Locator state(Page page, String name) {
    return page.locator("gradus-graph")
        .getByRole(
            AriaRole.TREEITEM,
            new Locator.GetByRoleOptions()
                .setName(Pattern.compile("^" + name.replaceAll("[?()]", "\\\\$0") + ",")));
  }

  /// What the server's validator finds wrong in a text.
  List<String> errors(String text, String mode) {
    return console
        .part(StateMachineService.class)
        .validate(caller(), jsonOf(text, mode), MachineType.STANDARD)
        .stream()
        .filter(fault -> fault.severity() == Severity.ERROR)
        .map(Diagnostic::message)
        .toList();
  }

  static String jsonOf(String text, String mode) {
    return mode.equals("json") ? text : ((Yaml.Json) Yaml.toJson(text)).text();
  }
}
