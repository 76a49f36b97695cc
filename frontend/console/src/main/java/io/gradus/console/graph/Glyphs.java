package io.gradus.console.graph;

import io.gradus.asl.graph.StateGraph.Node;
import io.gradus.asl.model.Resource;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Which small picture a node has: its kind's, or for a Task that of the service it calls. The
/// names are those of `part/drawings.ts`.
final class Glyphs {
  private Glyphs() {}

  static String of(Node node) {
    String kind = node.kind().wireName().toLowerCase(Locale.ROOT);
    String service = node.resource() == null ? null : service(new Resource(node.resource()));
    return service == null ? kind : service;
  }

  private static @Nullable String service(Resource resource) {
    if (resource.isLambdaFunction()) {
      return "lambda";
    }
    if (resource.isActivity()) {
      return "activity";
    }
    String type = resource.resourceType();
    return switch (type.substring(type.lastIndexOf(':') + 1)) {
      case "lambda" -> "lambda";
      case "dynamodb", "rds", "rdsdata", "redshiftdata", "athena", "docdb", "neptune" -> "db";
      case "sqs", "kinesis", "firehose", "mq" -> "queue";
      case "sns", "events", "eventbridge" -> "bell";
      case "ses", "sesv2", "email" -> "mail";
      case "s3", "s3control", "efs", "glacier" -> "box";
      case "states", "sfn" -> "machines";
      case "http", "apigateway" -> "http";
      case "approval" -> "approval";
      default -> null;
    };
  }
}
