package io.gradus.service.approval;

import io.gradus.engine.TenantId;
import io.gradus.service.access.AccessKey;
import io.gradus.service.access.AccessKeyRecords;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Says for people who asked for an approval: who started its execution.
///
/// | started by | asker |
/// |---|---|
/// | `user/ann` | Ann's name |
/// | `key/AKIA…` | what the key is for, or whose it is |
/// | `trigger/nightly` | trigger nightly |
/// | nobody who is known | empty |
final class Askers {
  private static final String USER = "user/";
  private static final String KEY = "key/";
  private static final String TRIGGER = "trigger/";

  private final AccessKeyRecords keys;

  Askers(AccessKeyRecords keys) {
    this.keys = keys;
  }

  /// @param names of people, by their logins
  String of(TenantId tenant, Map<String, String> names, @Nullable String startedBy) {
    List<@Nullable String> one = new ArrayList<>();
    one.add(startedBy);
    return of(tenant, names, one).getFirst();
  }

  /// One for each, in the same order; the keys are read once, where there is one among them.
  List<String> of(
      TenantId tenant, Map<String, String> names, List<? extends @Nullable String> startedBy) {
    Map<String, String> known = new HashMap<>();
    if (startedBy.stream().anyMatch(each -> each != null && each.startsWith(KEY))) {
      keys.list(tenant).forEach(key -> known.put(KEY + key.id(), words(key, names)));
    }
    List<String> askers = new ArrayList<>();
    for (String each : startedBy) {
      askers.add(each == null ? "" : one(each, names, known));
    }
    return askers;
  }

  private static String one(String principal, Map<String, String> names, Map<String, String> keys) {
    if (principal.startsWith(USER)) {
      return person(principal, names);
    }
    if (principal.startsWith(KEY)) {
      return keys.getOrDefault(principal, "an access key");
    }
    return principal.startsWith(TRIGGER)
        ? "trigger " + principal.substring(TRIGGER.length())
        : principal;
  }

  private static String words(AccessKey.Summary key, Map<String, String> names) {
    if (!key.description().isBlank()) {
      return "access key " + key.description();
    }
    return key.createdBy().startsWith(USER)
        ? "an access key of " + person(key.createdBy(), names)
        : "access key " + key.id();
  }

  private static String person(String principal, Map<String, String> names) {
    String login = principal.substring(USER.length());
    return names.getOrDefault(login, login);
  }
}
