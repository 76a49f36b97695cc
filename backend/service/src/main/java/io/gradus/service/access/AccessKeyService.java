package io.gradus.service.access;

import io.gradus.engine.TenantId;
import io.gradus.service.Caller;
import io.gradus.service.ErrorCode;
import io.gradus.service.Refusal;
import io.gradus.service.Role;
import io.gradus.service.Role.Permission;
import io.gradus.service.ShortMemory;
import io.gradus.service.Transactions;
import io.gradus.service.arn.Access;
import io.gradus.service.audit.AuditTrail;
import io.gradus.service.audit.Change;
import io.gradus.service.secret.Places;
import io.gradus.service.secret.Seal;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Access keys: looked up for every signed request, made, rotated and revoked by administrators.
///
/// A key that is revoked on another node is refused here within [#REMEMBERED].
public class AccessKeyService {
  /// The longest that a replaced key goes on.
  public static final Duration MAX_GRACE = Duration.ofDays(30);

  private static final Duration MIN_GRACE = Duration.ofMinutes(1);
  private static final Duration REMEMBERED = Duration.ofSeconds(5);
  private static final int CAPACITY = 100_000;
  private static final int ID_CHARACTERS = 16;
  private static final int SECRET_BYTES = 30;
  private static final int MAX_DESCRIPTION = 256;
  private static final String ID_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static final SecureRandom RANDOM = new SecureRandom();

  private final AccessKeyRecords records;
  private final Seal seal;
  private final Transactions transactions;
  private final AuditTrail audit;
  private final ShortMemory<String, AccessKey> known = new ShortMemory<>(CAPACITY, REMEMBERED);

  /// Works on these records, their secrets under this seal.
  public AccessKeyService(
      AccessKeyRecords records, Seal seal, Transactions transactions, AuditTrail audit) {
    this.records = records;
    this.seal = seal;
    this.transactions = transactions;
    this.audit = audit;
  }

  /// The key of that id in any tenant. The id may be anything that a request holds.
  public Optional<AccessKey> find(String id) {
    return id.chars().allMatch(c -> c > ' ' && c < 0x7f)
        ? known.get(id, this::read)
        : Optional.empty();
  }

  private Optional<AccessKey> read(String id) {
    Optional<AccessKeyRecords.Known> found = records.find(id);
    // Told when a key is read anew rather than at each use: seconds do not matter here.
    found.ifPresent(key -> records.used(key.tenant(), id));
    return found.map(
        key ->
            new AccessKey(
                id,
                new String(
                    seal.open(key.sealedSecret(), Places.accessKey(key.tenant(), id)),
                    StandardCharsets.UTF_8),
                key.usable(),
                new Caller(key.tenant(), key.account(), "key/" + id, key.roles(), "api")));
  }

  /// Makes a key. Its secret is in the answer and nowhere else.
  ///
  /// @param roles what the key may do, no more than its maker; null for all that the maker may
  public AccessKey.Fresh create(
      Caller caller, @Nullable String description, @Nullable Set<Role> roles) {
    Access.require(caller, Permission.ADMINISTER, "CreateAccessKey", "*");
    String text = description == null ? "" : description;
    if (text.length() > MAX_DESCRIPTION || text.indexOf('\0') >= 0) {
      throw new Refusal(
          ErrorCode.VALIDATION,
          "A description has at most " + MAX_DESCRIPTION + " characters, and no NUL");
    }
    Set<Role> granted = roles == null || roles.isEmpty() ? caller.roles() : roles;
    requireNoMoreThan(caller, granted);
    return transactions.call(caller.tenant(), () -> make(caller, text, granted));
  }

  private AccessKey.Fresh make(Caller caller, String description, Set<Role> roles) {
    String id = newId();
    String secret = newSecret();
    audit.record(
        caller,
        "CreateAccessKey",
        id,
        Change.made(Map.of("description", description, "roles", names(roles))));
    AccessKey.Summary made =
        records.insert(
            caller.tenant(),
            new AccessKeyRecords.NewKey(
                id, sealed(caller, id, secret), description, roles, caller.principal()));
    return new AccessKey.Fresh(made, secret);
  }

  /// Makes another key that may do the same, and lets the old one go on for a while, so that
  /// programs can change over one by one.
  ///
  /// @param grace how long the old key is taken, up to [#MAX_GRACE]
  public AccessKey.Fresh replace(Caller caller, String id, Duration grace) {
    Access.require(caller, Permission.ADMINISTER, "RotateAccessKey", id);
    if (grace.compareTo(MIN_GRACE) < 0 || grace.compareTo(MAX_GRACE) > 0) {
      throw new Refusal(
          ErrorCode.VALIDATION, "A key that is replaced goes on for a minute to 30 days");
    }
    AccessKey.Fresh fresh =
        transactions.call(
            caller.tenant(),
            () -> {
              AccessKey.Summary old =
                  records.expire(caller.tenant(), id, grace).orElseThrow(() -> notFound(id));
              requireNoMoreThan(caller, old.roles());
              AccessKey.Fresh made = make(caller, old.description(), old.roles());
              audit.record(
                  caller,
                  "RotateAccessKey",
                  id,
                  Change.made(
                      Map.of(
                          "replacedBy",
                          made.summary().id(),
                          "expiresAt",
                          String.valueOf(old.expiresAt()))));
              return made;
            });
    known.forget(id);
    return fresh;
  }

  private static void requireNoMoreThan(Caller caller, Set<Role> granted) {
    for (Role role : granted) {
      for (Permission permission : Permission.values()) {
        if (role.allows(permission) && !caller.allows(permission)) {
          throw new Refusal(
              ErrorCode.VALIDATION, "A key may do no more than its maker: " + role.wireName());
        }
      }
    }
  }

  private static Set<String> names(Set<Role> roles) {
    return roles.stream().map(Role::wireName).collect(Collectors.toCollection(TreeSet::new));
  }

  /// Gives a key another secret; the old one is worthless at once.
  public AccessKey.Fresh rotate(Caller caller, String id) {
    Access.require(caller, Permission.ADMINISTER, "RotateAccessKey", id);
    String secret = newSecret();
    AccessKey.Summary rotated =
        transactions.call(
            caller.tenant(),
            () -> {
              AccessKey.Summary kept =
                  records
                      .replaceSecret(caller.tenant(), id, sealed(caller, id, secret))
                      .orElseThrow(() -> notFound(id));
              audit.record(caller, "RotateAccessKey", id);
              return kept;
            });
    known.forget(id);
    return new AccessKey.Fresh(rotated, secret);
  }

  /// Makes a key useless for good.
  public void revoke(Caller caller, String id) {
    Access.require(caller, Permission.ADMINISTER, "RevokeAccessKey", id);
    transactions.call(
        caller.tenant(),
        () -> {
          if (!records.revoke(caller.tenant(), id)) {
            throw notFound(id);
          }
          audit.record(caller, "RevokeAccessKey", id);
          return id;
        });
    known.forget(id);
  }

  /// The tenant's keys, without their secrets.
  public List<AccessKey.Summary> list(Caller caller) {
    Access.require(caller, Permission.ADMINISTER, "ListAccessKeys", "*");
    return records.list(caller.tenant());
  }

  private byte[] sealed(Caller caller, String id, String secret) {
    return sealed(caller.tenant(), id, secret);
  }

  /// A key's secret as it is stored, bound to the key's own row.
  public byte[] sealed(TenantId tenant, String id, String secret) {
    return seal.seal(secret.getBytes(StandardCharsets.UTF_8), Places.accessKey(tenant, id));
  }

  private static String newId() {
    StringBuilder id = new StringBuilder("AKIA");
    for (int i = 0; i < ID_CHARACTERS; i++) {
      id.append(ID_ALPHABET.charAt(RANDOM.nextInt(ID_ALPHABET.length())));
    }
    return id.toString();
  }

  /// 40 characters, as AWS's are.
  private static String newSecret() {
    byte[] bytes = new byte[SECRET_BYTES];
    RANDOM.nextBytes(bytes);
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static Refusal notFound(String id) {
    return new Refusal(ErrorCode.RESOURCE_NOT_FOUND, "Resource not found: '" + id + "'");
  }
}
