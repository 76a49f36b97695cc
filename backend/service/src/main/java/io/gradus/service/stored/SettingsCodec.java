package io.gradus.service.stored;

import io.gradus.engine.LogLevel;
import io.gradus.service.definition.EncryptionConfiguration;
import io.gradus.service.definition.LoggingConfiguration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// How a revision's settings are stored: small JSON, absent where they are AWS's defaults.
public final class SettingsCodec {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final byte[] TRACED = {1};

  private SettingsCodec() {}

  static byte @Nullable [] write(LoggingConfiguration logging) {
    if (logging.equals(LoggingConfiguration.OFF)) {
      return null;
    }
    ObjectNode node = JSON.createObjectNode();
    node.put("level", logging.level().name());
    node.put("includeExecutionData", logging.includeExecutionData());
    List<String> arns = logging.destinations();
    if (arns != null) {
      ArrayNode destinations = node.putArray("destinations");
      arns.forEach(destinations::add);
    }
    return JSON.writeValueAsBytes(node);
  }

  /// What a revision says about logging; null is what it says by saying nothing.
  public static LoggingConfiguration readLogging(byte @Nullable [] stored) {
    if (stored == null) {
      return LoggingConfiguration.OFF;
    }
    JsonNode node = JSON.readTree(stored);
    return new LoggingConfiguration(
        LogLevel.valueOf(node.get("level").stringValue()),
        node.get("includeExecutionData").booleanValue(),
        arns(node.get("destinations")));
  }

  private static @Nullable List<String> arns(@Nullable JsonNode node) {
    if (node == null) {
      return null;
    }
    List<String> arns = new ArrayList<>();
    node.forEach(arn -> arns.add(arn.stringValue()));
    return arns;
  }

  static byte @Nullable [] write(EncryptionConfiguration encryption) {
    if (encryption.equals(EncryptionConfiguration.OWN)) {
      return null;
    }
    ObjectNode node = JSON.createObjectNode();
    node.put("type", encryption.type().name());
    node.put("kmsKeyId", encryption.kmsKeyId());
    node.put("kmsDataKeyReusePeriodSeconds", encryption.kmsDataKeyReusePeriodSeconds());
    return JSON.writeValueAsBytes(node);
  }

  static EncryptionConfiguration readEncryption(byte @Nullable [] stored) {
    if (stored == null) {
      return EncryptionConfiguration.OWN;
    }
    JsonNode node = JSON.readTree(stored);
    return EncryptionConfiguration.of(
        EncryptionConfiguration.Type.valueOf(node.get("type").stringValue()),
        node.get("kmsKeyId").stringValue(),
        node.get("kmsDataKeyReusePeriodSeconds").intValue());
  }

  static byte @Nullable [] write(boolean tracing) {
    return tracing ? TRACED.clone() : null;
  }

  static boolean readTracing(byte @Nullable [] stored) {
    return stored != null;
  }
}
