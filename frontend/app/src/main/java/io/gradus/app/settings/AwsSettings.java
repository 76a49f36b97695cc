package io.gradus.app.settings;

import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;

/// The AWS connection that the first tenant begins with. It is the operator's own, so the egress
/// policy does not bind it.
///
/// @param endpointUrl answers for every service without an address of its own; null leaves them to
///   AWS
/// @param endpointUrls by service, in lower case with dashes, such as `lambda`
/// @param accessKeyId null leaves the connection without credentials
/// @param region null takes the server's
public record AwsSettings(
    @Nullable URI endpointUrl,
    Map<String, URI> endpointUrls,
    @Nullable String accessKeyId,
    @Nullable String secretAccessKey,
    @Nullable String region) {
  private static final String ENDPOINT = "gradus-aws-endpoint-url-";

  /// Copies.
  public AwsSettings {
    endpointUrls = Map.copyOf(endpointUrls);
  }

  /// Reads the settings. Spring's binder can't: one name, `GRADUS_AWS_ENDPOINT_URL`, is both a
  /// value and the beginning of other names.
  public static AwsSettings from(ConfigurableEnvironment environment) {
    Map<String, URI> byService = new TreeMap<>();
    for (PropertySource<?> source : environment.getPropertySources()) {
      if (source instanceof EnumerablePropertySource<?> listed) {
        for (String name : listed.getPropertyNames()) {
          String plain = name.toLowerCase(Locale.ROOT).replace('_', '-').replace('.', '-');
          if (plain.startsWith(ENDPOINT)) {
            byService.putIfAbsent(
                plain.substring(ENDPOINT.length()), URI.create(environment.getProperty(name, "")));
          }
        }
      }
    }
    return new AwsSettings(
        Optional.ofNullable(text(environment, "gradus.aws.endpoint-url"))
            .map(URI::create)
            .orElse(null),
        byService,
        text(environment, "gradus.aws.access-key-id"),
        text(environment, "gradus.aws.secret-access-key"),
        text(environment, "gradus.aws.region"));
  }

  private static @Nullable String text(ConfigurableEnvironment environment, String name) {
    String value = environment.getProperty(name);
    if (value == null) {
      value =
          environment.getProperty(
              name.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT));
    }
    return value == null || value.isBlank() ? null : value;
  }

  /// Says no secret.
  @Override
  public String toString() {
    return "AwsSettings[endpointUrl=" + endpointUrl + ", endpointUrls=" + endpointUrls + "]";
  }
}
