package io.gradus.app.console;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// Starts one Gradus and one browser for all classes of tests that ask, and ends them with the
/// process: what runs the tests may run each class as a session of its own.
final class ConsoleExtension implements BeforeAllCallback, ParameterResolver {
  private static @Nullable ConsoleFixture fixture;

  @Override
  public void beforeAll(ExtensionContext context) {
    assumeTrue(
        getClass().getResource("/META-INF/VAADIN/webapp/index.html") != null,
        "the console's bundle was not built: ./gradus test builds it");
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == ConsoleFixture.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return shared();
  }

  private static synchronized ConsoleFixture shared() {
    ConsoleFixture known = fixture;
    if (known == null) {
      known = ConsoleFixture.start();
      fixture = known;
      Runtime.getRuntime().addShutdownHook(new Thread(known::close));
    }
    return known;
  }
}
