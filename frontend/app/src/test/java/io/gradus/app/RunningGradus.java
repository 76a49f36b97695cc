package io.gradus.app;

import io.gradus.app.start.FirstLogin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/// A Gradus in this process, on a free port and a data directory of its own, as `./gradus run`
/// would start it.
public final class RunningGradus implements AutoCloseable {
  private final ConfigurableApplicationContext context;
  private final Path data;

  private RunningGradus(ConfigurableApplicationContext context, Path data) {
    this.context = context;
    this.data = data;
  }

  /// Starts one; `settings` are arguments such as `--gradus.region=eu-west-1`.
  public static RunningGradus start(Path data, String... settings) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--gradus.port=0",
                "--gradus.data-dir=" + data,
                // Without it Vaadin would look for a development server where no bundle was built.
                "--vaadin.productionMode=true"));
    arguments.addAll(List.of(settings));
    return new RunningGradus(
        SpringApplication.run(GradusApplication.class, arguments.toArray(String[]::new)), data);
  }

  /// Where it listens, such as `http://127.0.0.1:40123`.
  public String address() {
    return "http://127.0.0.1:" + context.getEnvironment().getRequiredProperty("local.server.port");
  }

  /// Its data directory.
  public Path data() {
    return data;
  }

  /// The login that its first start wrote down.
  public FirstLogin firstLogin() {
    try {
      return FirstLogin.read(data.resolve("first-login")).orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// What it listens with.
  public WebServer webServer() {
    return Objects.requireNonNull(
        ((ServletWebServerApplicationContext) context).getWebServer(), "a web server");
  }

  /// One of its parts.
  public <T> T part(Class<T> type) {
    return context.getBean(type);
  }

  @Override
  public void close() {
    context.close();
  }
}
