package io.gradus.app;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import io.gradus.app.console.ConsoleFixture;
import io.gradus.app.console.ConsoleFixture.Login;
import io.gradus.app.console.ConsoleTest;
import io.gradus.service.Role;
import io.gradus.service.access.AccessKey;
import io.gradus.service.access.AccessKeyService;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.client.config.SdkAdvancedClientOption;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sfn.SfnClient;

/// The console of two processes on one database, behind a balancer.
@ConsoleTest
class BalancedConsoleTest {
  private static final String LINGERS =
      """
      {"StartAt": "Begin", "States": {
        "Begin": {"Type": "Pass", "Result": {"made": 7}, "Next": "Linger"},
        "Linger": {"Type": "Wait", "Seconds": 600, "End": true}}}\
      """;

  /// A process must be found dead, and the channel is tried again every five seconds.
  private static final LocatorAssertions.IsVisibleOptions SOON =
      new LocatorAssertions.IsVisibleOptions().setTimeout(60_000);

  private final ConsoleFixture console;
  private final String account;
  private final Login olga;
  private final AccessKey.Fresh key;

  BalancedConsoleTest(ConsoleFixture console) {
    this.console = console;
    account = console.newTenant("Balanced");
    olga = console.as(account, Role.OPERATOR, Role.AUTHOR);
    key =
        console
            .part(AccessKeyService.class)
            .create(console.caller(console.as(account, Role.ADMIN), account), "balanced", null);
  }

  @Test
  @Timeout(600)
  void whatAnotherProcessDrivesIsSeenAndThatOneTakesOverWhereTheFirstDies(@TempDir Path directory)
      throws Exception {
    try (GradusProcess here = start(directory, "here");
        GradusProcess there = start(directory, "there");
        StickyBalancer balancer =
            new StickyBalancer(List.of(port(here.address()), port(there.address())));
        SfnClient onThere = client(there.address());
        Page page = console.visitor(1440, 900, false)) {
      String machine =
          onThere
              .createStateMachine(
                  r ->
                      r.name("lingers")
                          .definition(LINGERS)
                          .roleArn("arn:aws:iam::" + account + ":role/any"))
              .stateMachineArn();
      String watched = begin(onThere, machine, "watched");
      String place = balancer.address() + "/t/" + account + "/executions/lingers/";
      page.navigate(place + "watched");
      console.logIn(page, olga);
      page.waitForURL(place + "watched");
      assertThat(status(page)).hasText("Running");
      onThere.stopExecution(r -> r.executionArn(watched));
      assertThat(status(page)).hasText("Stopped");

      String outlives = begin(onThere, machine, "outlives");
      String selected = place + "outlives?state=Begin&tab=output";
      page.navigate(selected);
      assertThat(page.locator(".g-inspector")).containsText("made");
      here.kill();
      assertThat(page.getByText(Pattern.compile("^Not live since .*, reconnecting$")))
          .isVisible(SOON);
      // The one that is left has not heard of this session, and says so by itself.
      assertThat(page.getByText("Your session is over")).isVisible(SOON);
      page.keyboard().press("Escape");
      assertThat(page).hasURL(Pattern.compile(".*/login"));
      console.logIn(page, olga);
      page.waitForURL(selected);
      assertThat(page.locator(".g-inspector")).containsText("made");
      assertThat(status(page)).hasText("Running");
      onThere.stopExecution(r -> r.executionArn(outlives));
      assertThat(status(page)).hasText("Stopped");
    }
  }

  private GradusProcess start(Path directory, String name) {
    return GradusProcess.start(directory.resolve(name), Map.of(), console.anotherNode(name));
  }

  private static String begin(SfnClient client, String machine, String name) {
    return client.startExecution(r -> r.stateMachineArn(machine).name(name)).executionArn();
  }

  private static Locator status(Page page) {
    return page.locator(".g-exec-title .g-status");
  }

  private static int port(String address) {
    return URI.create(address).getPort();
  }

  private SfnClient client(String address) {
    return SfnClient.builder()
        .endpointOverride(URI.create(address))
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(key.summary().id(), key.secret())))
        .overrideConfiguration(
            c -> c.putAdvancedOption(SdkAdvancedClientOption.DISABLE_HOST_PREFIX_INJECTION, true))
        .build();
  }
}
