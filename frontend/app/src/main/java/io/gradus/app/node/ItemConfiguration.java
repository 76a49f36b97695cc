package io.gradus.app.node;

import io.gradus.app.settings.ItemSettings;
import io.gradus.integrations.aws.AwsCalls;
import io.gradus.integrations.aws.S3Objects;
import io.gradus.integrations.aws.items.ItemFigures;
import io.gradus.integrations.aws.items.S3ItemReader;
import io.gradus.integrations.aws.items.S3ResultWriter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.ToDoubleFunction;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Items and results of distributed Maps.
@Configuration(proxyBeanMethods = false)
class ItemConfiguration {
  @Bean
  S3Objects s3Objects(AwsCalls calls) {
    return new S3Objects(calls);
  }

  @Bean
  ItemFigures itemFigures() {
    return new ItemFigures();
  }

  @Bean(destroyMethod = "close")
  S3ItemReader itemReader(S3Objects objects, ItemSettings settings, ItemFigures figures) {
    return new S3ItemReader(objects, settings.bounds(), figures);
  }

  @Bean
  S3ResultWriter resultWriter(S3Objects objects, ItemSettings settings, ItemFigures figures) {
    return new S3ResultWriter(objects, settings.bounds(), figures);
  }

  @Bean
  MeterBinder itemMeters(ItemFigures figures) {
    return registry -> {
      counter(registry, "pages", figures, ItemFigures::pages);
      counter(registry, "read", figures, ItemFigures::items);
      counter(registry, "read.bytes", figures, ItemFigures::bytes);
      counter(registry, "read.failures", figures, ItemFigures::readFailures);
      counter(registry, "reopened", figures, ItemFigures::reopened);
      counter(registry, "result.files", figures, ItemFigures::files);
      counter(registry, "result.bytes", figures, ItemFigures::fileBytes);
      counter(registry, "result.failures", figures, ItemFigures::writeFailures);
    };
  }

  private static void counter(
      MeterRegistry registry,
      String name,
      ItemFigures figures,
      ToDoubleFunction<ItemFigures> figure) {
    FunctionCounter.builder("gradus.items." + name, figures, figure).register(registry);
  }
}
