package io.gradus.app;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/// The one program: console, API and engine, as far as `gradus.roles` asks for them.
@SpringBootApplication
public class GradusApplication {
  /// Starts the application.
  public static void main(String[] args) {
    SpringApplication.run(GradusApplication.class, args);
  }
}
