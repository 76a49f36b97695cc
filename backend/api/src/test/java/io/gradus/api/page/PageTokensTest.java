package io.gradus.api.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradus.engine.TenantId;
import io.gradus.service.Caller;
import io.gradus.service.ErrorCode;
import io.gradus.service.Refusal;
import io.gradus.service.Role;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PageTokensTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:45:00Z");
  private static final Caller ANN = caller(1);
  private static final Caller BOB = caller(2);

  private final PageTokens tokens = at(NOW);

  private static PageTokens at(Instant now) {
    return new PageTokens(new byte[32], Clock.fixed(now, ZoneOffset.UTC));
  }

  private static Caller caller(int tenant) {
    return new Caller(
        new TenantId(new UUID(0, tenant)), "000000000000", "user/x", Set.of(Role.ADMIN), "test");
  }

  @Test
  void opensWhatItSealed() {
    PageTokens.Scope scope = tokens.scope(ANN, "ListExecutions", "a", "b");

    assertThat(scope.open(scope.seal("cursor é"))).isEqualTo("cursor é");
    assertThat(scope.seal(null)).isNull();
    assertThat(scope.open(null)).isNull();
  }

  @Test
  void refusesATokenOfAnotherList() {
    String token = String.valueOf(tokens.scope(ANN, "ListExecutions", "a", "b").seal("cursor"));

    refuses(tokens.scope(BOB, "ListExecutions", "a", "b"), token);
    refuses(tokens.scope(ANN, "ListActivities", "a", "b"), token);
    refuses(tokens.scope(ANN, "ListExecutions", "a", "c"), token);
    refuses(tokens.scope(ANN, "ListExecutions", "ab", ""), token);
    refuses(tokens.scope(ANN, "ListExecutions", "a\n1:b"), token);
  }

  @Test
  void refusesATokenOfAnotherInstallation() {
    byte[] secret = new byte[32];
    secret[0] = 1;
    PageTokens other = new PageTokens(secret, Clock.fixed(NOW, ZoneOffset.UTC));

    refuses(tokens.scope(ANN, "L"), String.valueOf(other.scope(ANN, "L").seal("cursor")));
  }

  @Test
  void refusesATokenAfterADay() {
    String token = String.valueOf(tokens.scope(ANN, "L").seal("cursor"));

    assertThat(at(NOW.plus(Duration.ofHours(24))).scope(ANN, "L").open(token)).isEqualTo("cursor");
    refuses(at(NOW.plus(Duration.ofHours(25))).scope(ANN, "L"), token);
  }

  @Test
  void refusesEveryChangedCharacter() {
    PageTokens.Scope scope = tokens.scope(ANN, "L");
    String token = String.valueOf(scope.seal("cursor"));
    // The last character has bits that mean nothing.
    for (int i = 0; i < token.length() - 1; i++) {
      char changed = token.charAt(i) == 'A' ? 'B' : 'A';
      refuses(scope, token.substring(0, i) + changed + token.substring(i + 1));
      refuses(scope, token.substring(0, i));
    }
    refuses(scope, "InvalidToken");
    refuses(scope, "!");
    refuses(scope, "x".repeat(3_000));
  }

  private static void refuses(PageTokens.Scope scope, String token) {
    assertThatThrownBy(() -> scope.open(token))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> {
              assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_TOKEN);
              assertThat(refusal.message()).isEqualTo("Invalid Token: 'Invalid token'");
            });
  }
}
