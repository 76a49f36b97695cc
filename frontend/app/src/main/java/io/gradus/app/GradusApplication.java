package io.gradus.app;

import com.vaadin.flow.spring.annotation.EnableVaadin;
import io.gradus.app.database.MigrationOnly;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/// The one program: console, API and engine, as far as `gradus.roles` asks for them.
@SpringBootApplication
@ConfigurationPropertiesScan
@EnableVaadin("io.gradus.console")
public class GradusApplication {
  /// Starts the application; with the argument `migrate`, only brings the database's schema up.
  public static void main(String[] args) {
    if (List.of(args).contains("migrate")) {
      new SpringApplicationBuilder(MigrationOnly.class).web(WebApplicationType.NONE).run(args);
      return;
    }
    SpringApplication.run(GradusApplication.class, args);
  }
}
