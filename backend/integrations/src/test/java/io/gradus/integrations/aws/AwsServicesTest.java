package io.gradus.integrations.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.SdkRequest;

class AwsServicesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "athena:StartQueryExecution",
        "batch:SubmitJob",
        "bedrockruntime:InvokeModel",
        "cloudwatchlogs:PutLogEvents",
        "codebuild:StartBuild",
        "databrew:StartJobRun",
        "dynamodb:PutItem",
        "ecs:RunTask",
        "emr:RunJobFlow",
        "eventbridge:PutEvents",
        "glue:StartJobRun",
        "mediaconvert:CreateJob",
        "mediapackagevod:CreateAsset",
        "rekognition:DetectLabels",
        "s3:PutObject",
        "sagemaker:CreateTrainingJob",
        "secretsmanager:GetSecretValue",
        "sns:Publish",
        "sqs:SendMessage",
        "ssm:GetParameter",
        "sts:GetCallerIdentity"
      })
  void aBundledServiceIsThereAndNamesItsMembersAsItsAccessorsAre(String operation)
      throws IOException, ReflectiveOperationException {
    String[] parts = operation.split(":");
    AwsService service = new AwsServices(getClass().getClassLoader()).find(parts[0]).orElseThrow();
    String action = parts[1].substring(0, 1).toLowerCase(Locale.ROOT) + parts[1].substring(1);
    assertThat(service.operation(action)).isPresent();

    List<String> wrong = new ArrayList<>();
    for (Class<?> request : requests(service)) {
      SdkPojo builder = (SdkPojo) request.getMethod("builder").invoke(null);
      for (SdkField<?> field : builder.sdkFields()) {
        String accessor = MemberNames.SDK.of(field);
        if (Stream.of(request.getMethods())
            .noneMatch(method -> capital(method.getName()).equals(accessor))) {
          wrong.add(request.getSimpleName() + "." + accessor);
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  /// The types of every request that the service takes.
  private static List<Class<?>> requests(AwsService service) {
    return Stream.of(service.client().getMethods())
        .map(Method::getParameterTypes)
        .filter(types -> types.length > 0 && SdkRequest.class.isAssignableFrom(types[0]))
        .<Class<?>>map(types -> types[0])
        .distinct()
        .toList();
  }

  private static String capital(String name) {
    return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
  }

  @Test
  void aServiceMayComeInAJarOfItsOwn(@TempDir Path folder) throws IOException {
    // given
    String name = "software/amazon/awssdk/services/tiny/TinyClient";
    Path source = folder.resolve("TinyClient.java");
    Files.writeString(
        source,
        "package software.amazon.awssdk.services.tiny;"
            + " public interface TinyClient extends software.amazon.awssdk.awscore.AwsClient {}");
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    assertThat(
            compiler.run(
                null, null, null, "-proc:none", "-d", folder.toString(), source.toString()))
        .isZero();
    Path jar = folder.resolve("tiny.jar");
    try (var out = new JarOutputStream(Files.newOutputStream(jar))) {
      out.putNextEntry(new JarEntry("software/amazon/awssdk/services/tiny/"));
      out.putNextEntry(new JarEntry(name + ".class"));
      out.write(Files.readAllBytes(folder.resolve(name + ".class")));
    }

    // when, then
    try (var loader =
        new URLClassLoader(new URL[] {jar.toUri().toURL()}, getClass().getClassLoader())) {
      AwsServices services = new AwsServices(loader);
      assertThat(services.find("tiny").map(AwsService::id)).contains("Tiny");
      assertThat(services.find("dynamodb")).isPresent();
    }
    assertThat(new AwsServices(getClass().getClassLoader()).find("tiny")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "s3/model", "../s3", "S3", "dynamodb.streams", "nowhere"})
  void whatIsNoServiceIsNotThere(String name) {
    assertThat(new AwsServices(getClass().getClassLoader()).find(name)).isEmpty();
  }
}
