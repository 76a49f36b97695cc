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
  void derivesKeysThatTellNothingOfEachOther() {
    assertThat(seal.derive("page tokens"))
        .hasSize(32)
        .isEqualTo(seal.derive("page tokens"))
        .isNotEqualTo(seal.derive("task tokens"));
  }
}
