package io.gradus.example.image;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What the runner was asked to do, from its arguments and the environment.
///
/// @param gradus where Gradus is; its key is null when only the worker runs
/// @param folders what is read and written
/// @param mode what to run
/// @param port the worker's port, 0 for a free one
/// @param patience how long the executions may take altogether
record RunOptions(Target gradus, Folders folders, Mode mode, int port, Duration patience) {

  /// @param endpoint where Gradus listens
  /// @param region the region that requests are signed for
  /// @param accessKey what they are signed with
  record Target(URI endpoint, String region, @Nullable AccessKey accessKey) {}

  /// @param example the folder with the definition and the mocks
  /// @param images the image folder
  /// @param output where metadata and thumbnails are written
  record Folders(Path example, Path images, Path output) {}

  /// What to run: the example, the definition on mocked results alone, or just the worker.
  enum Mode {
    EXAMPLE,
    MOCKS,
    WORKER
  }

  /// An argument that is not understood, or a setting that is missing; the message says which.
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    Refused(String message) {
      super(message);
    }
  }

  static final String USAGE =
      """
      Runs the image example against a running Gradus.

        ./gradus example image [options]

        --endpoint URL      where Gradus listens (GRADUS_ENDPOINT; http://127.0.0.1:$GRADUS_PORT, 8080)
        --region NAME       its region (GRADUS_REGION; us-east-1)
        --credentials FILE  a file with the access key, such as the one that ./gradus run writes;
                            otherwise GRADUS_BOOTSTRAP_ACCESS_KEY_ID and _SECRET_ACCESS_KEY, or
                            AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY
        --images DIR        the images to run on (examples/image/images)
        --output DIR        where metadata and thumbnails go (examples/image/output)
        --example DIR       the folder of the example (examples/image)
        --patience SECONDS  how long the executions may take (120)
        --mocks             run the definition once on mocked results, without the worker
        --worker            run only the worker, until it is stopped; --port N fixes its port
      """;

  private static final Set<String> WITH_VALUE =
      Set.of(
          "--endpoint",
          "--region",
          "--credentials",
          "--images",
          "--output",
          "--example",
          "--patience",
          "--port");

  /// Reads the arguments.
  ///
  /// @throws Refused when one is unknown or malformed, or no access key is found
  static RunOptions parse(List<String> args, Map<String, String> env) throws Refused {
    Map<String, String> given = new HashMap<>();
    Mode mode = Mode.EXAMPLE;
    for (int i = 0; i < args.size(); i++) {
      String arg = args.get(i);
      if (arg.equals("--mocks")) {
        mode = Mode.MOCKS;
      } else if (arg.equals("--worker")) {
        mode = Mode.WORKER;
      } else if (WITH_VALUE.contains(arg) && i + 1 < args.size()) {
        given.put(arg, args.get(++i));
      } else {
        throw new Refused("'" + arg + "' is not an option, or its value is missing.");
      }
    }
    String local = "http://127.0.0.1:" + env.getOrDefault("GRADUS_PORT", "8080");
    Path example = Path.of(given.getOrDefault("--example", "examples/image"));
    Path images = folder(given, "--images", example.resolve("images"));
    Path output = folder(given, "--output", example.resolve("output"));
    var gradus =
        new Target(
            endpoint(given.getOrDefault("--endpoint", env.getOrDefault("GRADUS_ENDPOINT", local))),
            given.getOrDefault("--region", env.getOrDefault("GRADUS_REGION", "us-east-1")),
            mode == Mode.WORKER ? null : accessKey(given.get("--credentials"), env));
    return new RunOptions(
        gradus,
        new Folders(example, images, output),
        mode,
        number("--port", given.getOrDefault("--port", "0"), 65_535),
        Duration.ofSeconds(number("--patience", given.getOrDefault("--patience", "120"), 86_400)));
  }

  /// The state machine's definition.
  Path definition() {
    return folders.example().resolve("image-tagging.asl.json");
  }

  /// The mocked results of its states.
  Path mocks() {
    return folders.example().resolve("image-tagging.mocks.json");
  }

  /// The names of the files in the image folder, in order; hidden ones left out.
  List<String> imageNames() throws IOException {
    try (Stream<Path> files = Files.list(folders.images())) {
      List<String> names = new ArrayList<>();
      files
          .filter(Files::isRegularFile)
          .forEach(file -> names.add(String.valueOf(file.getFileName())));
      names.removeIf(name -> name.startsWith("."));
      names.sort(null);
      return names;
    }
  }

  private static Path folder(Map<String, String> given, String option, Path otherwise) {
    String value = given.get(option);
    return value == null ? otherwise : Path.of(value);
  }

  private static URI endpoint(String text) throws Refused {
    try {
      URI uri = URI.create(text);
      if (uri.getHost() != null && Set.of("http", "https").contains(uri.getScheme())) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      // Refused below, with the same words as an address of another kind.
    }
    throw new Refused("The endpoint must be an address such as http://127.0.0.1:8080.");
  }

  private static int number(String option, String text, int max) throws Refused {
    try {
      int value = Integer.parseInt(text);
      if (value >= 0 && value <= max) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Refused below.
    }
    throw new Refused("The value of " + option + " must be a whole number, 0 to " + max + ".");
  }

  private static AccessKey accessKey(@Nullable String file, Map<String, String> env)
      throws Refused {
    try {
      Optional<AccessKey> key =
          file == null ? AccessKey.inEnvironment(env) : AccessKey.inFile(Path.of(file));
      return key.orElseThrow(
          () ->
              new Refused(
                  "No access key was found. Name the file that ./gradus run writes with"
                      + " --credentials FILE, or set AWS_ACCESS_KEY_ID and"
                      + " AWS_SECRET_ACCESS_KEY."));
    } catch (IOException e) {
      throw new Refused("The credentials file " + file + " cannot be read.");
    }
  }
}
