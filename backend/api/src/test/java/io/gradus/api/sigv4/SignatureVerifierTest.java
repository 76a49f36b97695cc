package io.gradus.api.sigv4;

import static io.gradus.api.sigv4.SignedSamples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.api.sigv4.SignedSamples.Sample;
import io.gradus.api.sigv4.Verification.Accepted;
import io.gradus.api.sigv4.Verification.Reason;
import io.gradus.api.sigv4.Verification.Refused;
import io.gradus.service.access.AccessKey;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The AWS SDK signs, our verifier judges.
class SignatureVerifierTest {
  private final SignatureVerifier verifier = SignedSamples.verifier();

  @Test
  void acceptsWhatTheAwsSdkSigns() {
    for (long seed = 0; seed < 600; seed++) {
      Sample sample = SignedSamples.odd(seed);

      assertThat(verifier.verify(sample.request()))
          .as(
              "seed %d: %s %s?%s %s",
              seed, sample.method(), sample.path(), sample.query(), sample.headers())
          .isInstanceOf(Accepted.class);
    }
  }

  @Test
  void refusesEverySingleMutation() {
    for (long seed = 0; seed < 150; seed++) {
      Sample sample = SignedSamples.odd(seed);
      mutationsOf(sample)
          .forEach(
              (name, mutation) ->
                  assertThat(verifier.verify(mutation.request()))
                      .as("seed with %s: %s", name, mutation)
                      .isInstanceOf(Refused.class));
    }
  }

  private static Map<String, Sample> mutationsOf(Sample sample) {
    Map<String, Sample> mutations = new LinkedHashMap<>();
    mutations.put("another method", sample.withMethod("DELETE"));
    mutations.put("a longer path", sample.withPath(sample.path() + "/x"));
    mutations.put("another query", sample.withQuery(sample.query() + "&zz=1"));
    byte[] longer = java.util.Arrays.copyOf(sample.body(), sample.body().length + 1);
    mutations.put("a longer body", sample.withBody(longer));
    if (sample.body().length > 0) {
      byte[] flipped = sample.body().clone();
      flipped[flipped.length / 2] ^= 1;
      mutations.put("a flipped bit", sample.withBody(flipped));
    }
    for (String name : sample.headers().keySet()) {
      if (!name.equals("authorization")) {
        mutations.put("another " + name, sample.withHeader(name, sample.header(name) + "x"));
        mutations.put("no " + name, sample.without(name));
      }
    }
    String authorization = sample.header("authorization");
    char last = authorization.charAt(authorization.length() - 1);
    mutations.put(
        "another signature",
        sample.withHeader(
            "authorization",
            authorization.substring(0, authorization.length() - 1) + (last == '0' ? '1' : '0')));
    mutations.put(
        "a shorter signature",
        sample.withHeader("authorization", authorization.substring(0, authorization.length() - 1)));
    mutations.put("no authorization", sample.without("authorization"));
    mutations.put(
        "a session token", sample.withHeader("x-amz-security-token", "FwoGZXIvYXdzEBYaD"));
    return mutations;
  }

  @Test
  void refusesATargetThatIsNotSigned() {
    Sample sample = SignedSamples.startExecution();
    Sample injected =
        SignedSamples.odd(7).withHeader("x-amz-target", "AWSStepFunctions.DeleteStateMachine");

    assertThat(verifier.verify(sample.request())).isInstanceOf(Accepted.class);
    assertThat(refusal(injected).message()).contains("'X-Amz-Target' must be a 'SignedHeader'");
  }

  @Test
  void refusesAnUnsignedPayload() {
    Sample sample =
        SignedSamples.startExecution().withHeader("x-amz-content-sha256", "UNSIGNED-PAYLOAD");

    assertThat(refusal(sample).reason()).isEqualTo(Reason.INVALID_SIGNATURE);
  }

  @Test
  void answersAMissingSignatureAsAwsDoes() {
    Refused refused = refusal(SignedSamples.startExecution().without("authorization"));

    assertThat(refused.reason().wireName()).isEqualTo("MissingAuthenticationTokenException");
    assertThat(refused.message()).isEqualTo("Missing Authentication Token");
  }

  @Test
  void answersAnUnknownKeyAsAwsDoes() {
    Sample sample = SignedSamples.startExecution();
    Sample unknown =
        sample.withHeader(
            "authorization",
            sample.header("authorization").replace(SignedSamples.KEY_ID, "AKIAUNKNOWN"));

    Refused refused = refusal(unknown);

    assertThat(refused.reason().wireName()).isEqualTo("UnrecognizedClientException");
    assertThat(refused.message())
        .isEqualTo("The security token included in the request is invalid.");
  }

  @Test
  void answersAnInactiveKeyLikeAnUnknownOne() {
    SignatureVerifier closed =
        new SignatureVerifier(
            id -> Optional.of(new AccessKey(id, SignedSamples.SECRET, false, SignedSamples.CALLER)),
            SignedSamples.REGION,
            SignedSamples.SERVICE,
            Clock.fixed(NOW, ZoneOffset.UTC));

    assertThat(closed.verify(SignedSamples.startExecution().request()))
        .isEqualTo(
            new Refused(
                Reason.UNRECOGNIZED_CLIENT,
                "The security token included in the request is invalid."));
  }

  @Test
  void forgetsADerivedKeyWhenTheSecretChanges() {
    AtomicReference<String> secret = new AtomicReference<>(SignedSamples.SECRET);
    SignatureVerifier rotating =
        new SignatureVerifier(
            id -> Optional.of(new AccessKey(id, secret.get(), true, SignedSamples.CALLER)),
            SignedSamples.REGION,
            SignedSamples.SERVICE,
            Clock.fixed(NOW, ZoneOffset.UTC));
    SignedRequest request = SignedSamples.startExecution().request();
    assertThat(rotating.verify(request)).isInstanceOf(Accepted.class);

    secret.set("another");

    assertThat(rotating.verify(request)).isInstanceOf(Refused.class);
  }

  @Test
  void saysWhenASignatureHasExpired() {
    Refused refused =
        refusedBy(
            SignedSamples.verifierAt(NOW.plus(Duration.ofMinutes(6))),
            SignedSamples.startExecution());

    assertThat(refused.reason()).isEqualTo(Reason.INVALID_SIGNATURE);
    assertThat(refused.message())
        .isEqualTo(
            "Signature expired: 20261122T124500Z is now earlier than 20261122T124600Z"
                + " (20261122T125100Z - 5 min.)");
  }

  @Test
  void saysWhenASignatureIsFromTheFuture() {
    Refused refused =
        refusedBy(
            SignedSamples.verifierAt(NOW.minus(Duration.ofMinutes(6))),
            SignedSamples.startExecution());

    assertThat(refused.message())
        .isEqualTo(
            "Signature not yet current: 20261122T124500Z is still later than 20261122T124400Z"
                + " (20261122T123900Z + 5 min.)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/us-east-1/|/eu-west-1/|Credential should be scoped to a valid region. ",
        "/states/|/sqs/|Credential should be scoped to correct service: 'states'. ",
        "aws4_request|aws5|Credential should be scoped with a valid terminator: 'aws4_request',"
            + " not 'aws5'. ",
        "/20261122/|/20261121/|Date in Credential scope does not match",
        "content-type;host;|content-type;|must be a 'SignedHeader' in the AWS Authorization",
      })
  void saysWhatIsWrongWithTheScope(String found, String replacement, String expected) {
    Sample sample = SignedSamples.startExecution();
    String authorization = sample.header("authorization");
    assertThat(authorization).contains(found);

    Refused refused =
        refusal(sample.withHeader("authorization", authorization.replace(found, replacement)));

    assertThat(refused.reason()).isEqualTo(Reason.INVALID_SIGNATURE);
    assertThat(refused.message()).contains(expected.strip());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Basic abc|Unsupported AWS 'algorithm': ''",
        "AWS4-HMAC-SHA1 Credential=x|Unsupported AWS 'algorithm': 'AWS4-HMAC-SHA1'",
        "AWS4-HMAC-SHA256|Authorization header requires 'Credential' parameter.",
        "AWS4-HMAC-SHA256 Credential=a/b, SignedHeaders=host, Signature=0|Credential must have",
        "AWS4-HMAC-SHA256 Credential|not a valid key=value pair",
      })
  void answersAnIncompleteHeaderAsAwsDoes(String header, String expected) {
    Refused refused = refusal(SignedSamples.startExecution().withHeader("authorization", header));

    assertThat(refused.reason()).isEqualTo(Reason.INCOMPLETE_SIGNATURE);
    assertThat(refused.message()).contains(expected).doesNotContain("abc");
  }

  @Test
  void neverThrowsWhateverTheHeaderSays() {
    Sample sample = SignedSamples.startExecution();
    String authorization = sample.header("authorization");
    for (int cut = 0; cut < authorization.length(); cut++) {
      assertThat(
              verifier.verify(
                  sample.withHeader("authorization", authorization.substring(0, cut)).request()))
          .isInstanceOf(Refused.class);
      assertThat(
              verifier.verify(
                  sample.withHeader("authorization", authorization.substring(cut + 1)).request()))
          .isInstanceOf(Refused.class);
    }
    for (String date :
        new String[] {"", "x", "20261122", "20261399T999999Z", "\u0000", "9".repeat(99)}) {
      assertThat(verifier.verify(sample.withHeader("x-amz-date", date).request()))
          .isInstanceOf(Refused.class);
    }
  }

  @Test
  void takesTheBodyHashFromTheBodyAlone() {
    Sample sample = SignedSamples.startExecution();
    Sample exchanged = sample.withBody("{}".getBytes(StandardCharsets.UTF_8));

    assertThat(refusal(exchanged).message())
        .startsWith("The request signature we calculated does not match");
  }

  private Refused refusal(Sample sample) {
    return refusedBy(verifier, sample);
  }

  private static Refused refusedBy(SignatureVerifier verifier, Sample sample) {
    Verification verification = verifier.verify(sample.request());
    assertThat(verification).isInstanceOf(Refused.class);
    return (Refused) verification;
  }
}
