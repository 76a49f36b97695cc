package io.gradus.service.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SealTest {
  private static final byte[] SECRET = "wJalrXUtnFEMI".getBytes(StandardCharsets.UTF_8);

  private final Seal seal = new Seal(new byte[32]);

  @Test
  void opensWhatItSealed() {
    assertThat(seal.open(seal.seal(SECRET, "here"), "here")).isEqualTo(SECRET);
  }

  @Test
  void sealsTheSameDifferentlyEachTime() {
    assertThat(seal.seal(SECRET, "here")).isNotEqualTo(seal.seal(SECRET, "here"));
  }

  @Test
  void opensNowhereElse() {
    byte[] sealed = seal.seal(SECRET, "tenant a");

    assertThatThrownBy(() -> seal.open(sealed, "tenant b"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("tenant b");
  }

  @Test
  void opensUnderNoOtherKey() {
    byte[] key = new byte[32];
    key[31] = 1;
    byte[] sealed = seal.seal(SECRET, "here");

    assertThatThrownBy(() -> new Seal(key).open(sealed, "here"))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void seesEveryChangedBit() {
    byte[] sealed = seal.seal(SECRET, "here");
    for (int i = 0; i < sealed.length; i++) {
      byte[] changed = sealed.clone();
      changed[i] ^= 1;
      assertThatThrownBy(() -> seal.open(changed, "here"))
          .isInstanceOf(IllegalStateException.class);
    }
    assertThatThrownBy(() -> seal.open(new byte[0], "here"))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void opensWhatAFurtherKeySealedAndKnowsWhichIsItsOwn() {
    byte[] key = new byte[32];
    key[0] = 1;
    Seal fresh = new Seal(key, new byte[32]);
    byte[] former = seal.seal(SECRET, "here");

    assertThat(fresh.open(former, "here")).isEqualTo(SECRET);
    assertThat(fresh.isCurrent(former)).isFalse();
    assertThat(fresh.isCurrent(fresh.seal(SECRET, "here"))).isTrue();
    assertThat(seal.isCurrent(former)).isTrue();
  }

  /// Sealed by the release before keys had names: version 1, salt, nonce, text.
  @Test
  void opensWhatWasSealedBeforeKeysHadNames() {
    byte[] named = seal.seal(SECRET, "here");
    byte[] nameless = new byte[named.length - 8];
    nameless[0] = 1;
    System.arraycopy(named, 9, nameless, 1, nameless.length - 1);

    assertThat(seal.open(nameless, "here")).isEqualTo(SECRET);
    assertThat(seal.isCurrent(nameless)).isFalse();
    byte[] key = new byte[32];
    key[0] = 1;
    assertThat(new Seal(key, new byte[32]).open(nameless, "here")).isEqualTo(SECRET);
  }

  @Test
  void derivesKeysThatTellNothingOfEachOther() {
    assertThat(seal.derive("page tokens"))
        .hasSize(32)
        .isEqualTo(seal.derive("page tokens"))
        .isNotEqualTo(seal.derive("task tokens"));
  }
}
