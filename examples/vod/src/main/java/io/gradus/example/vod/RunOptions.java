package io.gradus.example.vod;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the runner was asked to do, from its arguments and the environment.
///
/// @param video null for a sample that is made
/// @param serve whether to go on until it is stopped
/// @param patience how long one video may take
record RunOptions(
    Target gradus,
    Path example,
    Path output,
    @Nullable Path video,
    String encoder,
    boolean serve,
    Duration patience) {

  /// @param endpoint where Gradus listens
  /// @param region the region that requests are signed for
  record Target(URI endpoint, String region, AccessKey accessKey) {}

  /// An argument that is not understood, or a setting that is missing; the message says which.
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    Refused(String message) {
      super(message);
    }
  }

  static final String USAGE =
      """
      Runs video on demand against a running Gradus, on services that it starts on this machine.

        ./gradus example vod [options]

        --endpoint URL      where Gradus listens (GRADUS_ENDPOINT; http://127.0.0.1:$GRADUS_PORT, 8080)
        --region NAME       its region (GRADUS_REGION; us-east-1)
        --credentials FILE  a file with the access key, such as the one that ./gradus run writes;
                            otherwise GRADUS_BOOTSTRAP_ACCESS_KEY_ID and _SECRET_ACCESS_KEY, or
                            AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY
        --video FILE        the video to publish (a test picture of three seconds is made)
        --encoder NAME      worker, which polls an activity, or mediaconvert (worker)
        --output DIR        where the renditions are copied to (examples/vod/output)
        --patience SECONDS  how long a video may take (300)
        --serve             go on until it is stopped: what you put into the bucket is published
      """;

  private static final Set<String> WITH_VALUE =
      Set.of(
          "--endpoint",
          "--region",
          "--credentials",
          "--video",
          "--encoder",
          "--output",
          "--example",
          "--patience");

  /// Reads the arguments.
  ///
  /// @throws Refused when one is unknown or malformed, or no access key is found
  static RunOptions parse(List<String> args, Map<String, String> env) throws Refused {
    Map<String, String> given = new HashMap<>();
    boolean serve = false;
    for (int i = 0; i < args.size(); i++) {
      String arg = args.get(i);
      if (arg.equals("--serve")) {
        serve = true;
      } else if (WITH_VALUE.contains(arg) && i + 1 < args.size()) {
        given.put(arg, args.get(++i));
      } else {
        throw new Refused("'" + arg + "' is not an option, or its value is missing.");
      }
    }
    String encoder = given.getOrDefault("--encoder", "worker");
    if (!Set.of("worker", "mediaconvert").contains(encoder)) {
      throw new Refused("The encoder is worker or mediaconvert, not '" + encoder + "'.");
    }
    String local = "http://127.0.0.1:" + env.getOrDefault("GRADUS_PORT", "8080");
    Path example = Path.of(given.getOrDefault("--example", "examples/vod"));
    String output = given.get("--output");
    String video = given.get("--video");
    return new RunOptions(
        new Target(
            endpoint(given.getOrDefault("--endpoint", env.getOrDefault("GRADUS_ENDPOINT", local))),
            given.getOrDefault("--region", env.getOrDefault("GRADUS_REGION", "us-east-1")),
            accessKey(given.get("--credentials"), env)),
        example,
        output == null ? example.resolve("output") : Path.of(output),
        video == null ? null : Path.of(video),
        encoder,
        serve,
        Duration.ofSeconds(seconds(given.getOrDefault("--patience", "300"))));
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

  private static int seconds(String text) throws Refused {
    try {
      int value = Integer.parseInt(text);
      if (value > 0 && value <= 86_400) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Refused below.
    }
    throw new Refused("The value of --patience must be a whole number, 1 to 86400.");
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
