package io.gradus.app.console;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// Starts one Gradus and one browser for all classes of tests that ask, and ends them with the run.
final class ConsoleExtension implements BeforeAllCallback, ParameterResolver {
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
    return context
        .getRoot()
        .getStore(Namespace.create(ConsoleFixture.class))
        .computeIfAbsent(ConsoleFixture.class, _ -> ConsoleFixture.start(), ConsoleFixture.class);
  }
}
