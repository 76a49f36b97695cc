package io.gradus.example.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunExampleTest {
  private static final Map<String, String> KEY =
      Map.of("AWS_ACCESS_KEY_ID", "AKIATEST", "AWS_SECRET_ACCESS_KEY", "secret");

  @TempDir Path temp;
  private FakeGradus gradus;
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  @BeforeEach
  void givenAGradus() throws Exception {
    gradus = new FakeGradus();
  }

  @AfterEach
  void stop() {
    gradus.close();
  }

  @Test
  void whenRunThenEachImageIsShownWithWhatCameOfIt() throws Exception {
    int exit = run();

    assertThat(exit).isZero();
    assertThat(gradus.unsigned).isEmpty();
    assertThat(gradus.functions).hasSize(5);
    assertThat(line("sunset.jpg"))
        .contains("SUCCEEDED", "landscape", "orange", "thumbnails/sunset.jpg.thumb.png (256×160)");
    assertThat(line("broken.png")).contains("FAILED", "UnreadableImage");
    assertThat(line("button.gif")).contains("FAILED", "UnsupportedFormat");
    assertThat(temp.resolve("out/thumbnails/meadow.png.thumb.png")).isNotEmptyFile();
    assertThat(temp.resolve("out/metadata/meadow.png.json")).content().contains("green");
  }

  @Test
  void givenTheMachineIsThereWhenRunThenItIsUpdated() throws Exception {
    gradus.knowsTheMachine = true;

    assertThat(run()).isZero();

    assertThat(gradus.operations)
        .containsSubsequence("CreateStateMachine", "UpdateStateMachine", "StartExecution");
  }

  @Test
  void givenLoopbackIsNotAllowedWhenRunThenItIsSaidWhatToDo() throws Exception {
    gradus.refusesLoopback = true;

    assertThat(run()).isEqualTo(1);

    assertThat(text()).contains("GRADUS_EGRESS_ALLOW=127.0.0.0/8 ./gradus run");
    assertThat(gradus.operations).isEmpty();
  }

  @Test
  void givenMocksWhenRunThenNoFunctionIsNeeded() throws Exception {
    assertThat(run("--mocks")).isZero();

    assertThat(gradus.operations).containsSubsequence("CreateStateMachine", "start with mocks");
    assertThat(gradus.functions).isEmpty();
  }

  @Test
  void givenNobodyListensWhenRunThenItIsSaid() throws Exception {
    gradus.close();

    assertThat(run()).isEqualTo(1);

    assertThat(text()).contains(gradus.url());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--frobnicate",
        "--endpoint",
        "--endpoint ftp://x",
        "--endpoint no:thing",
        "--port x",
        "--port 70000",
        "--patience -1",
        "--credentials /does/not/exist",
      })
  void givenArgumentsThatMakeNoSenseThenTheyAreRefused(String args) {
    assertThatThrownBy(() -> RunOptions.parse(Arrays.asList(args.split(" ")), KEY))
        .isInstanceOf(RunOptions.Refused.class);
  }

  @Test
  void givenNoKeyThenOnlyTheWorkerCanBeRun() throws Exception {
    assertThatThrownBy(() -> RunOptions.parse(List.of(), Map.of()))
        .isInstanceOf(RunOptions.Refused.class)
        .hasMessageContaining("--credentials");
    assertThat(RunOptions.parse(List.of("--worker"), Map.of()).gradus().accessKey()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "aws_access_key_id = AKIA1\naws_secret_access_key = s/3=cr+t\n",
        "# written at first start\nAccess key id: AKIA1\nSecret access key: s/3=cr+t\n",
        "accessKeyId=AKIA1\nsecretAccessKey=s/3=cr+t",
        "export AWS_ACCESS_KEY_ID='AKIA1'\nexport AWS_SECRET_ACCESS_KEY='s/3=cr+t'",
      })
  void givenACredentialsFileThenItsKeyIsFoundAndTheSecretNotShown(String content) throws Exception {
    Path file = Files.writeString(temp.resolve("credentials"), content);

    AccessKey key = AccessKey.inFile(file).orElseThrow();

    assertThat(key.id()).isEqualTo("AKIA1");
    assertThat(key.secret()).isEqualTo("s/3=cr+t");
    assertThat(key.toString()).doesNotContain("s/3=cr+t");
  }

  private int run(String... more) throws Exception {
    List<String> args =
        new ArrayList<>(
            List.of(
                "--endpoint",
                gradus.url(),
                "--example",
                ".",
                "--output",
                temp.resolve("out").toString()));
    args.addAll(List.of(more));
    var options = RunOptions.parse(args, KEY);
    return new RunExample(options, new PrintStream(printed, true, StandardCharsets.UTF_8)).run();
  }

  private String text() {
    return printed.toString(StandardCharsets.UTF_8);
  }

  private String line(String start) {
    return text().lines().filter(line -> line.startsWith(start)).findFirst().orElse("");
  }
}
