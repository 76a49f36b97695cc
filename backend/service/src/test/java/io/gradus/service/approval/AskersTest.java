package io.gradus.service.approval;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.engine.TenantId;
import io.gradus.service.Role;
import io.gradus.service.access.AccessKey;
import io.gradus.service.access.AccessKeyRecords;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class AskersTest {
  private static final TenantId TENANT = new TenantId(new UUID(0, 1));
  private int lists;

  private final class Keys implements AccessKeyRecords {
    @Override
    public List<AccessKey.Summary> list(TenantId tenant) {
      lists++;
      return List.of(
          key("AKIA1", "nightly import", "user/ann"),
          key("AKIA2", " ", "user/ann"),
          key("AKIA3", "", ""));
    }

    private AccessKey.Summary key(String id, String description, String createdBy) {
      return new AccessKey.Summary(
          id, description, Set.of(Role.OPERATOR), true, createdBy, Instant.EPOCH, null, null);
    }

    @Override
    public Optional<Known> find(String id) {
      throw new UnsupportedOperationException();
    }

    @Override
    public AccessKey.Summary insert(TenantId tenant, NewKey key) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Optional<AccessKey.Summary> replaceSecret(TenantId tenant, String id, byte[] secret) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Optional<AccessKey.Summary> expire(TenantId tenant, String id, Duration after) {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean revoke(TenantId tenant, String id) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void used(TenantId tenant, String id) {
      throw new UnsupportedOperationException();
    }
  }

  @Test
  void saysWhoOrWhatAsked() {
    var askers = new Askers(new Keys());
    var names = Map.of("ann", "Ann Lee");

    assertThat(
            askers.of(
                TENANT,
                names,
                Arrays.asList(
                    "user/ann",
                    "user/bob",
                    "key/AKIA1",
                    "key/AKIA2",
                    "key/AKIA3",
                    "key/AKIA4",
                    "trigger/nightly",
                    null)))
        .containsExactly(
            "Ann Lee",
            "bob",
            "access key nightly import",
            "an access key of Ann Lee",
            "access key AKIA3",
            "an access key",
            "trigger nightly",
            "");
    assertThat(lists).isEqualTo(1);
  }

  @Test
  void readsNoKeysWhereNoneAsked() {
    assertThat(new Askers(new Keys()).of(TENANT, Map.of(), "user/ann")).isEqualTo("ann");
    assertThat(lists).isZero();
  }
}
