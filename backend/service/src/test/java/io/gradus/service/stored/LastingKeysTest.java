package io.gradus.service.stored;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.service.secret.LastingKeys;
import io.gradus.service.secret.Seal;
import io.gradus.store.Secrets;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/// Keys of an installation that is older than their root.
class LastingKeysTest {
  private static final String MARK = "first-tenant";
  private static final String PURPOSE = "task-tokens";

  /// They were derived from the installation's own key then; it may be changed on the very day.
  @Test
  void whatWasDerivedBeforeThereWasARootGoesOn() throws GeneralSecurityException {
    try (StoredWorld world = new StoredWorld()) {
      // given
      byte[] former = new byte[32];
      byte[] now = new byte[32];
      Arrays.fill(now, (byte) 9);
      Secrets secrets = world.secrets();
      secrets.put(MARK, new Seal(former).seal(new byte[] {1}, MARK));
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(former, "HmacSHA256"));
      byte[] before = mac.doFinal(PURPOSE.getBytes(StandardCharsets.UTF_8));

      // when
      byte[] after = new LastingKeys(secrets, new Seal(now, former)).derive(PURPOSE);

      // then
      assertThat(after).isEqualTo(before);
      assertThat(new LastingKeys(secrets, new Seal(now)).derive(PURPOSE)).isEqualTo(before);
    }
  }
}
