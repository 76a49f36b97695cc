package io.gradus.service.batch;

import io.gradus.engine.TenantId;
import io.gradus.service.Caller;
import io.gradus.service.access.AccessKey;
import io.gradus.service.access.AccessKeyService;
import io.gradus.service.people.Directory;
import java.util.Optional;

/// Who asked for a batch, as they stand now: what somebody may no longer do is not done in their
/// name.
public final class Askers {
  private static final String PERSON = "user/";
  private static final String KEY = "key/";

  private final Directory directory;
  private final AccessKeyService keys;

  /// Looks people and keys up there.
  public Askers(Directory directory, AccessKeyService keys) {
    this.directory = directory;
    this.keys = keys;
  }

  /// The member or the key of that name; empty where there is none any more.
  ///
  /// @param principal as the audit log names them
  /// @param source where the caller is said to come from
  Optional<Caller> find(TenantId tenant, String account, String principal, String source) {
    if (principal.startsWith(PERSON)) {
      return directory
          .member(tenant, principal.substring(PERSON.length()))
          .filter(Directory.Member::active)
          .map(member -> new Caller(tenant, account, principal, member.roles(), source));
    }
    return principal.startsWith(KEY)
        ? keys.find(principal.substring(KEY.length()))
            .filter(key -> key.active() && key.caller().tenant().equals(tenant))
            .map(AccessKey::caller)
            .map(caller -> caller.from(source))
        : Optional.empty();
  }
}
