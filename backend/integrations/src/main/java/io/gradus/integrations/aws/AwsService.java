package io.gradus.integrations.aws;

import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

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
