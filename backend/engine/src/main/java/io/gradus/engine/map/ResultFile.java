package io.gradus.engine.map;

import io.gradus.engine.ExecutionStatus;
import io.gradus.engine.Payload;
import io.gradus.engine.PayloadJson;
import io.gradus.engine.map.WriterConfig.OutputType;
import io.gradus.engine.map.WriterConfig.Transformation;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// A file of results while it is written: children are added until it is full. Where it is full
/// depends on the children alone, and not on how many were at hand at once: whoever writes it
/// again, from the same child on, makes the same file.
public final class ResultFile {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private final ResultGroup group;
  private final WriterConfig config;
  private final int maxBytes;
  private final ByteArrayOutputStream content = new ByteArrayOutputStream();
  private long children;
  private boolean begun;

  ResultFile(ResultGroup group, WriterConfig config, int maxBytes) {
    this.group = group;
    this.config = config;
    this.maxBytes = maxBytes;
  }

  /// Adds a child, unless the file is full: then the next file begins with it. A file takes at
  /// least one, however large.
  ///
  /// @return whether it was added
  /// @throws IllegalArgumentException if the child belongs to another group
  public boolean add(ChildResult child) {
    if (child.group() != group) {
      throw new IllegalArgumentException(
          "expected a child of " + group + ", found one of " + child.group());
    }
    List<byte[]> values = values(child, config);
    long size = content.size() + 2L;
    for (byte[] value : values) {
      size += value.length + 1L;
    }
    if (children > 0 && size > maxBytes) {
      return false;
    }
    values.forEach(this::append);
    children++;
    return true;
  }

  private void append(byte[] value) {
    if (config.outputType() == OutputType.JSONL) {
      content.writeBytes(value);
      content.write('\n');
    } else {
      content.write(begun ? ',' : '[');
      content.writeBytes(value);
    }
    begun = true;
  }

  public ResultGroup group() {
    return group;
  }

  /// How many children it has so far.
  public long children() {
    return children;
  }

  /// Of the file, in bytes.
  public int size() {
    if (config.outputType() == OutputType.JSONL) {
      return content.size();
    }
    return content.size() + (begun ? 1 : 2);
  }

  /// The file.
  public byte[] content() {
    if (config.outputType() == OutputType.JSONL) {
      return content.toByteArray();
    }
    ByteArrayOutputStream whole = new ByteArrayOutputStream(content.size() + 2);
    if (!begun) {
      whole.write('[');
    }
    whole.writeBytes(content.toByteArray());
    whole.write(']');
    return whole.toByteArray();
  }

  /// What is written of a child: one value, or as many as its output has elements.
  ///
  /// @return JSON texts, in one line each where the lines are what parts them
  static List<byte[]> values(ChildResult child, WriterConfig config) {
    ChildResult.Ran ran = child.ran();
    Payload output = ran == null ? null : ran.output();
    boolean lines = config.outputType() == OutputType.JSONL;
    if (output == null || config.transformation() == Transformation.NONE) {
      return List.of(record(child));
    }
    if (config.transformation() == Transformation.COMPACT) {
      return List.of(text(output.bytes(), lines));
    }
    return elements(output.bytes(), lines);
  }

  private static List<byte[]> elements(byte[] json, boolean lines) {
    try (JsonParser parser = PayloadJson.MAPPER.createParser(json)) {
      if (parser.nextToken() != JsonToken.START_ARRAY) {
        return List.of(text(json, lines));
      }
      List<byte[]> elements = new ArrayList<>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        int from = Math.toIntExact(parser.currentTokenLocation().getByteOffset());
        parser.skipChildren();
        parser.finishToken();
        int to = Math.toIntExact(parser.currentLocation().getByteOffset());
        elements.add(text(Arrays.copyOfRange(json, from, to), lines));
      }
      return elements;
    }
  }

  /// As it was written, unless that has several lines and must have one.
  private static byte[] text(byte[] json, boolean lines) {
    if (lines) {
      for (byte each : json) {
        if (each == '\n' || each == '\r') {
          return PayloadJson.MAPPER.writeValueAsBytes(PayloadJson.MAPPER.readTree(json));
        }
      }
    }
    return json;
  }

  /// Everything that is known of a child, under AWS's names and in their order.
  private static byte[] record(ChildResult child) {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    try (JsonGenerator json = PayloadJson.MAPPER.createGenerator(text)) {
      json.writeStartObject();
      ChildResult.Ran ran = child.ran();
      if (ran == null) {
        payload(json, "Input", child.input());
        json.writeStringProperty("Status", ResultGroup.PENDING.name());
      } else {
        ran(json, child.input(), ran);
      }
      json.writeEndObject();
    }
    return text.toByteArray();
  }

  private static void ran(JsonGenerator json, Payload input, ChildResult.Ran ran) {
    if (ran.status() != ExecutionStatus.SUCCEEDED) {
      optional(json, "Cause", ran.cause());
      optional(json, "Error", ran.error());
    }
    json.writeStringProperty("ExecutionArn", ran.executionArn());
    payload(json, "Input", input);
    json.writeStringProperty("Name", ran.name());
    if (ran.output() != null) {
      payload(json, "Output", ran.output());
    }
    ChildResult.Redrive redrive = ran.redrive();
    if (redrive != null) {
      json.writeNumberProperty("RedriveCount", redrive.count());
      optional(json, "RedriveDate", redrive.date() == null ? null : date(redrive.date()));
      json.writeStringProperty("RedriveStatus", redrive.status());
      optional(json, "RedriveStatusReason", redrive.reason());
    }
    json.writeStringProperty("StartDate", date(ran.started()));
    json.writeStringProperty("StateMachineArn", ran.stateMachineArn());
    json.writeStringProperty("Status", ran.status().name());
    json.writeStringProperty("StopDate", date(ran.stopped()));
  }

  private static void payload(JsonGenerator json, String name, Payload payload) {
    json.writeStringProperty(name, new String(payload.bytes(), StandardCharsets.UTF_8));
    json.writeObjectPropertyStart(name + "Details");
    json.writeBooleanProperty("Included", true);
    json.writeEndObject();
  }

  private static void optional(JsonGenerator json, String name, @Nullable String value) {
    if (value != null) {
      json.writeStringProperty(name, value);
    }
  }

  private static String date(Instant at) {
    return DATE.format(at);
  }
}
