package io.gradus.service.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.engine.TenantId;
import io.gradus.service.secret.Seal;
import io.gradus.service.trigger.HookSecrets.Shown;
import io.gradus.service.trigger.Trigger.Proof;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.assertj.core.api.AbstractBooleanAssert;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HookSecretsTest {
  private static final TenantId TENANT = new TenantId(new UUID(0, 1));
  private static final TenantId OTHER_TENANT = new TenantId(new UUID(0, 2));
  private static final UUID TRIGGER = new UUID(0, 3);
  private static final UUID OTHER_TRIGGER = new UUID(0, 4);
  private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");
  private static final String BODY = "{\"a\":1}";

  private final HookSecrets secrets = new HookSecrets(new Seal(new byte[32]), new byte[32]);
  private final String secret = HookSecrets.fresh();

  @Test
  void aKeyOpensItsOwnTriggerOnly() {
    byte[] kept = secrets.kept(TENANT, TRIGGER, Proof.KEY, secret);

    assertThat(new String(kept, StandardCharsets.ISO_8859_1)).doesNotContain(secret);
    proves(TENANT, TRIGGER, Proof.KEY, kept, key(secret)).isTrue();
    proves(TENANT, TRIGGER, Proof.KEY, kept, key(secret + "x")).isFalse();
    proves(TENANT, TRIGGER, Proof.KEY, kept, key("")).isFalse();
    proves(TENANT, TRIGGER, Proof.KEY, kept, key(null)).isFalse();
    proves(TENANT, OTHER_TRIGGER, Proof.KEY, kept, key(secret)).isFalse();
    proves(OTHER_TENANT, TRIGGER, Proof.KEY, kept, key(secret)).isFalse();
  }

  @Test
  void aSignatureHoldsForItsBodyItsTimeAndItsDelivery() {
    byte[] kept = secrets.kept(TENANT, TRIGGER, Proof.SIGNATURE, secret);
    long time = NOW.getEpochSecond();
    String good = "t=" + time + ",v1=" + hmac(secret, time + "." + BODY);

    proves(TENANT, TRIGGER, Proof.SIGNATURE, kept, signed(good, null, BODY)).isTrue();
    proves(TENANT, TRIGGER, Proof.SIGNATURE, kept, signed(good, null, BODY + " ")).isFalse();
    proves(TENANT, TRIGGER, Proof.SIGNATURE, kept, signed(good, "d-1", BODY)).isFalse();
    proves(TENANT, TRIGGER, Proof.SIGNATURE, kept, signed(null, null, BODY)).isFalse();
    proves(TENANT, TRIGGER, Proof.SIGNATURE, kept, signed("t=1,v1=00", null, BODY)).isFalse();
    proves(
            TENANT,
            TRIGGER,
            Proof.SIGNATURE,
            kept,
            signed(good.replace("t=" + time, "t=" + (time + 1)), null, BODY))
        .isFalse();
    String named = "t=" + time + ",v1=" + hmac(secret, time + ".d-1." + BODY);
    proves(TENANT, TRIGGER, Proof.SIGNATURE, kept, signed(named, "d-1", BODY)).isTrue();
    proves(TENANT, TRIGGER, Proof.SIGNATURE, kept, signed(named, "d-2", BODY)).isFalse();
    proves(TENANT, TRIGGER, Proof.SIGNATURE, kept, signed(named, null, BODY)).isFalse();
  }

  @Test
  void aSignatureIsGoodForFiveMinutes() {
    byte[] kept = secrets.kept(TENANT, TRIGGER, Proof.SIGNATURE, secret);
    long time = NOW.getEpochSecond();
    Shown shown = signed("t=" + time + ",v1=" + hmac(secret, time + "." + BODY), null, BODY);

    for (Duration away : new Duration[] {HookSecrets.TOLERANCE, HookSecrets.TOLERANCE.negated()}) {
      Instant then = NOW.plus(away);
      Instant after = then.plusSeconds(away.isNegative() ? -1 : 1);
      assertThat(secrets.proves(TENANT, TRIGGER, Proof.SIGNATURE, kept, shown, then)).isTrue();
      assertThat(secrets.proves(TENANT, TRIGGER, Proof.SIGNATURE, kept, shown, after)).isFalse();
    }
  }

  @Test
  void gitHubsSignatureHoldsForItsBody() {
    byte[] kept = secrets.kept(TENANT, TRIGGER, Proof.GITHUB, secret);
    String good = "sha256=" + hmac(secret, BODY);

    proves(TENANT, TRIGGER, Proof.GITHUB, kept, github(good, BODY)).isTrue();
    proves(TENANT, TRIGGER, Proof.GITHUB, kept, github(good, "{}")).isFalse();
    proves(TENANT, TRIGGER, Proof.GITHUB, kept, github(null, BODY)).isFalse();
    proves(TENANT, TRIGGER, Proof.GITHUB, kept, github("sha1=00", BODY)).isFalse();
  }

  /// The example of GitHub's documentation.
  @Test
  void gitHubsSignatureIsMadeAsGitHubMakesIt() {
    byte[] kept = secrets.kept(TENANT, TRIGGER, Proof.GITHUB, "It's a Secret to Everybody");
    proves(
            TENANT,
            TRIGGER,
            Proof.GITHUB,
            kept,
            github(
                "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17",
                "Hello, World!"))
        .isTrue();
  }

  private AbstractBooleanAssert<?> proves(
      TenantId tenant, UUID trigger, Proof proof, byte[] kept, Shown shown) {
    return assertThat(secrets.proves(tenant, trigger, proof, kept, shown, NOW));
  }

  private static Shown key(@Nullable String key) {
    return new Shown(key, null, null, null, BODY.getBytes(StandardCharsets.UTF_8));
  }

  private static Shown signed(@Nullable String signature, @Nullable String id, String body) {
    return new Shown(null, signature, null, id, body.getBytes(StandardCharsets.UTF_8));
  }

  private static Shown github(@Nullable String signature, String body) {
    return new Shown(null, null, signature, null, body.getBytes(StandardCharsets.UTF_8));
  }

  private static String hmac(String secret, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (java.security.GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
