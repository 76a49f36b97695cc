package io.gradus.integrations.aws;

import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import software.amazon.awssdk.awscore.AwsClient;

/// The services whose clients a class loader knows. A resource ARN names them as the SDK's packages
/// are named, which is as Step Functions does (`aws-sdk:dynamodb`).
public final class AwsServices {
  private static final String SERVICES = "software/amazon/awssdk/services/";
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]{0,63}");
  private static final Pattern CLIENT =
      Pattern.compile("(?!Default)[A-Z]\\w*(?<!Async)Client\\.class");

  /// Optimised integrations whose name is not the SDK's.
  private static final Map<String, String> OTHER_NAMES =
      Map.of(
          "events", "eventbridge",
          "elasticmapreduce", "emr",
          "emr-containers", "emrcontainers",
          "emr-serverless", "emrserverless",
          "bedrock:invokeModel", "bedrockruntime");

  private final ClassLoader loader;
  private final ConcurrentHashMap<String, AwsService> found = new ConcurrentHashMap<>();

  /// @param loader of the SDK and of every client
  public AwsServices(ClassLoader loader) {
    this.loader = loader;
  }

  /// Every service whose client is there, sorted.
  List<String> all() {
    try {
      Set<String> names = new TreeSet<>();
      for (URL folder : Collections.list(loader.getResources(SERVICES))) {
        for (String file : files(folder)) {
          int end = file.indexOf('/');
          String name = end < 0 ? file : file.substring(0, end);
          if (!name.isEmpty() && find(name).isPresent()) {
            names.add(name);
          }
        }
      }
      return List.copyOf(names);
    } catch (IOException e) {
      throw new IllegalStateException("expected to read the clients' names", e);
    }
  }

  /// The SDK's name of an optimised integration's service.
  static String sdkName(String service, String action) {
    return OTHER_NAMES.getOrDefault(
        service + ":" + action, OTHER_NAMES.getOrDefault(service, service));
  }

  Optional<AwsService> find(String name) {
    AwsService known = found.get(name);
    if (known != null) {
      return Optional.of(known);
    }
    if (!NAME.matcher(name).matches()) {
      return Optional.empty();
    }
    Optional<AwsService> service = look(name);
    service.ifPresent(there -> found.put(name, there));
    return service;
  }

  private Optional<AwsService> look(String name) {
    try {
      for (URL folder : Collections.list(loader.getResources(SERVICES + name + "/"))) {
        for (String file : files(folder)) {
          if (CLIENT.matcher(file).matches()) {
            String type = file.substring(0, file.length() - ".class".length());
            Class<?> client =
                Class.forName((SERVICES + name + "/" + type).replace('/', '.'), false, loader);
            if (client.isInterface() && AwsClient.class.isAssignableFrom(client)) {
              return Optional.of(new AwsService(name, client));
            }
          }
        }
      }
      return Optional.empty();
    } catch (IOException | ClassNotFoundException e) {
      throw new IllegalStateException("expected to read the client of " + name, e);
    }
  }

  private static List<String> files(URL folder) throws IOException {
    URLConnection connection = folder.openConnection();
    if (connection instanceof JarURLConnection jar) {
      String prefix = jar.getEntryName();
      return jar.getJarFile().stream()
          .map(entry -> entry.getName())
          .filter(entry -> entry.startsWith(prefix))
          .map(entry -> entry.substring(prefix.length()))
          .toList();
    }
    try (Stream<Path> files = Files.list(Path.of(URI.create(folder.toString())))) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
