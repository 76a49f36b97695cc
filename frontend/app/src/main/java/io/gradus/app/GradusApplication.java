package io.gradus.app;

import com.vaadin.flow.spring.annotation.EnableVaadin;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/// The one program: console, API and engine, as far as `gradus.roles` asks for them.
@SpringBootApplication
@ConfigurationPropertiesScan
@EnableVaadin("io.gradus.console")
public class GradusApplication {
  /// Starts the application.
  public static void main(String[] args) {
    SpringApplication.run(GradusApplication.class, args);
  }
}
