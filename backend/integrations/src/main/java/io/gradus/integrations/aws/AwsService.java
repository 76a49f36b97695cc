package io.gradus.integrations.aws;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/// A service whose client is there.
final class AwsService {
  private static final String CLIENT = "Client";

  private final String name;
  private final Class<?> client;
  private final ConcurrentHashMap<String, Optional<AwsOperation>> operations =
      new ConcurrentHashMap<>();

  /// @param name as in a resource ARN
  /// @param client its interface
  AwsService(String name, Class<?> client) {
    this.name = name;
    this.client = client;
  }

  String name() {
    return name;
  }

  Class<?> client() {
    return client;
  }

  /// As the SDK calls it in errors (`DynamoDb`).
  String id() {
    String type = client.getSimpleName();
    return type.substring(0, type.length() - CLIENT.length());
  }

  /// Every operation that can be called, sorted.
  List<String> actions() {
    return Stream.of(client.getMethods())
        .filter(method -> AwsOperation.of(method).isPresent())
        .map(Method::getName)
        .distinct()
        .sorted()
        .toList();
  }

  Optional<AwsOperation> operation(String action) {
    Optional<AwsOperation> known = operations.get(action);
    if (known == null) {
      known = AwsOperation.find(client, action);
      if (known.isPresent()) { // what is not there could be anything, and fill the memory
        operations.put(action, known);
      }
    }
    return known;
  }
}
