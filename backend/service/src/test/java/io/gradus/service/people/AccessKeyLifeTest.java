package io.gradus.service.people;

import static io.gradus.service.people.PeopleWorld.refuses;
import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.service.Caller;
import io.gradus.service.ErrorCode;
import io.gradus.service.Role;
import io.gradus.service.access.AccessKey;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AccessKeyLifeTest {
  private final PeopleWorld world = new PeopleWorld();
  private final Caller admin = world.administrator("123456789012", "ann");

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void aReplacedKeyGoesOnForAsLongAsWasSaid() {
    // given
    AccessKey.Summary old = world.keys.create(admin, "ci", Set.of(Role.OPERATOR)).summary();

    world.clock.by(Duration.ofSeconds(1));

    // when
    AccessKey.Fresh fresh = world.keys.replace(admin, old.id(), Duration.ofHours(1));

    // then
    assertThat(fresh.summary().id()).isNotEqualTo(old.id());
    assertThat(fresh.summary().roles()).containsExactly(Role.OPERATOR);
    assertThat(fresh.summary().description()).isEqualTo("ci");
    assertThat(fresh.summary().createdBy()).isEqualTo("user/ann");
    assertThat(world.keys.find(old.id()).orElseThrow().active()).isTrue();
    world.clock.by(Duration.ofHours(1));
    assertThat(world.keys.list(admin))
        .extracting(key -> key.usable(world.clock.instant()))
        .containsExactly(false, true);
    world.keys.revoke(admin, old.id()); // forgets what it remembered of it
    refuses(
        ErrorCode.RESOURCE_NOT_FOUND,
        () -> world.keys.replace(admin, old.id(), Duration.ofHours(1)));
    assertThat(world.audited(admin).get(1).after()).contains(fresh.summary().id());
  }

  @Test
  void aKeyWhoseTimeIsOverIsRefused() {
    AccessKey.Summary old = world.keys.create(admin, "ci", null).summary();
    world.keys.replace(admin, old.id(), Duration.ofMinutes(1));

    world.clock.by(Duration.ofMinutes(1));

    assertThat(world.keys.find(old.id()).orElseThrow().active()).isFalse();
  }

  @Test
  void noTimeThatIsTooLongOrTooShort() {
    AccessKey.Summary old = world.keys.create(admin, "ci", null).summary();
    for (Duration grace : Set.of(Duration.ZERO, Duration.ofSeconds(-5), Duration.ofDays(31))) {
      refuses(ErrorCode.VALIDATION, () -> world.keys.replace(admin, old.id(), grace));
    }
  }
}
