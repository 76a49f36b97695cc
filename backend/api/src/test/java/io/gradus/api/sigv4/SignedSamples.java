package io.gradus.api.sigv4;

import io.gradus.engine.TenantId;
import io.gradus.service.Caller;
import io.gradus.service.Role;
import io.gradus.service.access.AccessKey;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/// Requests signed by the AWS SDK: the oracle of our verifier.
final class SignedSamples {
  static final String KEY_ID = "AKIAIOSFODNN7EXAMPLE";
  static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
  static final String REGION = "us-east-1";
  static final String SERVICE = "states";
  static final Instant NOW = Instant.parse("2026-11-22T12:45:00Z");

  static final Caller CALLER =
      new Caller(
          new TenantId(new UUID(0, 1)), "000000000000", "key/" + KEY_ID, Set.of(Role.ADMIN), "api");

  private static final String[] PATH_PIECES = {
    "a", "b%20c", ".", "..", "", "%C3%A9", "~x-_.", "a+b", "a%2Fb", "x:y@z", "%E6%97%A5", "(1)*'!"
  };
  private static final String[] QUERY_PIECES = {
    "a", "b c", "é", "日本", "x=y", "a+b", "~-_.", "%", "/", "", "A", "&", "\"q\""
  };

  private SignedSamples() {}

  static SignatureVerifier verifier() {
    return verifierAt(NOW);
  }

  static SignatureVerifier verifierAt(Instant now) {
    AccessKey key = new AccessKey(KEY_ID, SECRET, true, CALLER);
    return new SignatureVerifier(
        id -> id.equals(KEY_ID) ? java.util.Optional.of(key) : java.util.Optional.empty(),
        REGION,
        SERVICE,
        Clock.fixed(now, ZoneOffset.UTC));
  }

  /// The plain call that every SDK makes.
  static Sample startExecution() {
    return sign(
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.POST)
            .uri(URI.create("http://127.0.0.1:8080/"))
            .putHeader("content-type", "application/x-amz-json-1.0")
            .putHeader("x-amz-target", "AWSStepFunctions.StartExecution"),
        "{\"stateMachineArn\":\"arn:aws:states:us-east-1:000000000000:stateMachine:m\"}"
            .getBytes(StandardCharsets.UTF_8),
        NOW);
  }

  /// A request with an odd path, query and headers, the same for the same seed.
  static Sample odd(long seed) {
    Random random = new Random(seed);
    StringBuilder path = new StringBuilder();
    int depth = 0;
    for (int i = random.nextInt(5); i >= 0; i--) {
      String piece = PATH_PIECES[random.nextInt(PATH_PIECES.length)];
      if (piece.equals("..") && depth == 0) {
        // Java keeps a step above the root, RFC 3986 drops it; no client sends one.
        continue;
      }
      depth += piece.equals("..") ? -1 : piece.isEmpty() || piece.equals(".") ? 0 : 1;
      path.append('/').append(piece);
    }
    SdkHttpRequest.Builder request =
        SdkHttpRequest.builder()
            .method(random.nextBoolean() ? SdkHttpMethod.POST : SdkHttpMethod.PUT)
            .protocol("http")
            .host("localhost")
            .port(8080)
            .encodedPath(path.toString());
    for (int i = random.nextInt(4); i > 0; i--) {
      request.appendRawQueryParameter(
          "k" + QUERY_PIECES[random.nextInt(QUERY_PIECES.length)],
          QUERY_PIECES[random.nextInt(QUERY_PIECES.length)]);
    }
    for (int i = random.nextInt(4); i > 0; i--) {
      request.putHeader("x-odd-" + i, odd(random));
    }
    if (random.nextBoolean()) {
      request.putHeader("x-many", List.of("one", " two  words ", odd(random)));
    }
    byte[] body = new byte[random.nextInt(2_000)];
    random.nextBytes(body);
    return sign(request, body, NOW.plusSeconds(random.nextInt(598) - 299L));
  }

  private static String odd(Random random) {
    String[] values = {"  a   b  ", "v", "é 日", "tab\there", "a,b ;c", "\"  quoted  \"", "UPPER"};
    return values[random.nextInt(values.length)];
  }

  static Sample sign(SdkHttpRequest.Builder request, byte[] body, Instant at) {
    var signed =
        AwsV4HttpSigner.create()
            .sign(
                b ->
                    b.identity(AwsCredentialsIdentity.create(KEY_ID, SECRET))
                        .request(request.build())
                        .payload(ContentStreamProvider.fromByteArray(body))
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, SERVICE)
                        .putProperty(AwsV4HttpSigner.REGION_NAME, REGION)
                        .putProperty(HttpSigner.SIGNING_CLOCK, Clock.fixed(at, ZoneOffset.UTC)));
    SdkHttpRequest http = signed.request();
    Map<String, List<String>> headers = new LinkedHashMap<>();
    http.forEachHeader(
        (name, values) ->
            headers
                .computeIfAbsent(name.toLowerCase(Locale.ROOT), n -> new ArrayList<>())
                .addAll(values));
    return new Sample(
        http.method().name(),
        http.encodedPath(),
        http.encodedQueryParameters().orElse(""),
        headers,
        bytes(signed.payload().orElseThrow()));
  }

  private static byte[] bytes(ContentStreamProvider payload) {
    try (InputStream in = payload.newStream()) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A signed request whose parts can be exchanged one at a time.
  record Sample(
      String method, String path, String query, Map<String, List<String>> headers, byte[] body) {
    SignedRequest request() {
      return new SignedRequest(
          method, path, query, name -> headers.getOrDefault(name, List.of()), body);
    }

    Sample withMethod(String changed) {
      return new Sample(changed, path, query, headers, body);
    }

    Sample withPath(String changed) {
      return new Sample(method, changed, query, headers, body);
    }

    Sample withQuery(String changed) {
      return new Sample(method, path, changed, headers, body);
    }

    Sample withBody(byte[] changed) {
      return new Sample(method, path, query, headers, changed);
    }

    Sample withHeader(String name, String... values) {
      Map<String, List<String>> changed = new LinkedHashMap<>(headers);
      changed.put(name, List.of(values));
      return new Sample(method, path, query, changed, body);
    }

    Sample without(String name) {
      Map<String, List<String>> changed = new LinkedHashMap<>(headers);
      changed.remove(name);
      return new Sample(method, path, query, changed, body);
    }

    String header(String name) {
      return headers.getOrDefault(name, List.of()).getFirst();
    }
  }
}
