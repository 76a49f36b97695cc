package io.gradus.engine.map;

import io.gradus.engine.Payload;
import io.gradus.engine.PayloadJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The files that a ResultWriter leaves: `SUCCEEDED_n.json`, `FAILED_n.json`, `PENDING_n.json`, and
/// the manifest that names them. They are written one after the other, each as soon as it is full;
/// [Progress] tells how far that has come:
///
/// ```
/// Progress progress = Progress.BEGIN;
/// while (progress.group() != null) {
///   ResultFile file = files.open(progress);
///   // children of progress.group(), in an order that does not change, from progress.position() on,
///   // until there are none or file.add(child) says no
///   if (file.children() > 0) write(files.name(progress), file.content());
///   progress = files.closed(progress, file, noChildrenLeft);
/// }
/// write(files.manifestName(), files.manifest(progress));
/// ```
///
/// After a crash all of it is done again: the files have the same content, under the same names. So
/// it is with a redrive, whose files have a folder of their own and everything in them.
public final class ResultFiles {
  /// How large files are made where nothing else is configured: AWS's may have 5 GB, ours are in
  /// memory while they are written.
  public static final int DEFAULT_FILE_BYTES = 8 * 1024 * 1024;

  private final Target target;
  private final WriterConfig config;
  private final int maxFileBytes;

  /// Where files go.
  ///
  /// @param prefix empty for none
  /// @param redriveCount of the map run: each attempt leaves files of its own
  public record Target(String mapRunArn, String bucket, String prefix, int redriveCount) {}

  /// A file that was written.
  public record Entry(ResultGroup group, String key, long size) {}

  /// How far the files are written.
  ///
  /// @param group whose file is next; null when only the manifest is left
  /// @param number of that file
  /// @param position how many children of the group are in files already
  /// @param entries the files so far
  public record Progress(
      @Nullable ResultGroup group, int number, long position, List<Entry> entries) {
    public static final Progress BEGIN = new Progress(ResultGroup.SUCCEEDED, 0, 0, List.of());

    /// Copies.
    public Progress {
      entries = List.copyOf(entries);
    }
  }

  /// @param maxFileBytes of one file; one child alone may exceed it
  public ResultFiles(Target target, WriterConfig config, int maxFileBytes) {
    this.target = target;
    this.config = config;
    this.maxFileBytes = maxFileBytes;
  }

  /// The file that is next.
  public ResultFile open(Progress progress) {
    return new ResultFile(group(progress), config, maxFileBytes);
  }

  /// The name of the file that is next, below the prefix: `<map run's id>/SUCCEEDED_0.json`.
  public String name(Progress progress) {
    return folder()
        + group(progress)
        + "_"
        + progress.number()
        + "."
        + config.outputType().extension();
  }

  /// When a file is written, or there are no children for it.
  ///
  /// @param last whether no child of the group is left
  public Progress closed(Progress progress, ResultFile file, boolean last) {
    List<Entry> entries = new ArrayList<>(progress.entries());
    ResultGroup group = group(progress);
    if (file.children() > 0) {
      entries.add(new Entry(group, key(target.prefix(), name(progress)), file.size()));
    }
    if (!last) {
      return new Progress(
          group, progress.number() + 1, progress.position() + file.children(), entries);
    }
    ResultGroup next =
        switch (group) {
          case SUCCEEDED -> ResultGroup.FAILED;
          case FAILED -> ResultGroup.PENDING;
          case PENDING -> null;
        };
    return new Progress(next, 0, 0, entries);
  }

  private static ResultGroup group(Progress progress) {
    ResultGroup group = progress.group();
    if (group == null) {
      throw new IllegalStateException("expected a file to be left, found only the manifest");
    }
    return group;
  }

  /// Below the prefix.
  public String manifestName() {
    return folder() + "manifest.json";
  }

  /// In the bucket: what the Map's output says.
  public String manifestKey() {
    return key(target.prefix(), manifestName());
  }

  /// The manifest, when all files are written.
  public byte[] manifest(Progress progress) {
    ObjectNode manifest = PayloadJson.MAPPER.createObjectNode();
    manifest.put("DestinationBucket", target.bucket());
    manifest.put("MapRunArn", target.mapRunArn());
    ObjectNode files = manifest.putObject("ResultFiles");
    for (ResultGroup group :
        List.of(ResultGroup.FAILED, ResultGroup.PENDING, ResultGroup.SUCCEEDED)) {
      ArrayNode entries = files.putArray(group.name());
      for (Entry entry : progress.entries()) {
        if (entry.group() == group) {
          entries.addObject().put("Key", entry.key()).put("Size", entry.size());
        }
      }
    }
    return PayloadJson.MAPPER.writeValueAsBytes(manifest);
  }

  /// What a Map that exports its results has for an output.
  public Payload output() {
    ObjectNode output = PayloadJson.MAPPER.createObjectNode();
    output.put("MapRunArn", target.mapRunArn());
    output
        .putObject("ResultWriterDetails")
        .put("Bucket", target.bucket())
        .put("Key", manifestKey());
    return Payload.of(output);
  }

  /// Results that are not exported: what a Map has for an output then. One array; as JSON Lines, a
  /// string of them.
  ///
  /// @param children in the order of their items
  public static Payload output(Iterable<ChildResult> children, WriterConfig config) {
    List<byte[]> values = new ArrayList<>();
    for (ChildResult child : children) {
      values.addAll(ResultFile.values(child, config));
    }
    if (config.outputType() == WriterConfig.OutputType.JSON) {
      return Payload.array(values.stream().map(Payload::ofText).toList());
    }
    StringBuilder lines = new StringBuilder();
    values.forEach(value -> lines.append(new String(value, StandardCharsets.UTF_8)).append('\n'));
    return Payload.of(PayloadJson.MAPPER.getNodeFactory().stringNode(lines.toString()));
  }

  /// An object's key.
  ///
  /// @param prefix empty for none; slashes at its end are none of it
  /// @param name below it
  public static String key(String prefix, String name) {
    int end = prefix.length();
    while (end > 0 && prefix.charAt(end - 1) == '/') {
      end--;
    }
    return end == 0 ? name : prefix.substring(0, end) + "/" + name;
  }

  private String folder() {
    String[] parts = target.mapRunArn().split(":", -1);
    String id = Arrays.asList(parts).getLast();
    return target.redriveCount() == 0 ? id + "/" : id + "/Redrive-" + target.redriveCount() + "/";
  }
}
