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
import io.gradus.service.secret.Seal;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Access keys: looked up for every signed request, made, rotated and revoked by administrators.
///
/// A key that is revoked on another node is refused here within [#REMEMBERED].
public class AccessKeyService {
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
                    seal.open(key.sealedSecret(), place(key.tenant(), id)), StandardCharsets.UTF_8),
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
    for (Role role : granted) {
      for (Permission permission : Permission.values()) {
        if (role.allows(permission) && !caller.allows(permission)) {
          throw new Refusal(
              ErrorCode.VALIDATION, "A key may do no more than its maker: " + role.wireName());
        }
      }
    }
    String id = newId();
    String secret = newSecret();
    AccessKey.Summary made =
        transactions.call(
            caller.tenant(),
            () -> {
              audit.record(caller, "CreateAccessKey", id);
              return records.insert(caller.tenant(), id, sealed(caller, id, secret), text, granted);
            });
    return new AccessKey.Fresh(made, secret);
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
    return seal.seal(secret.getBytes(StandardCharsets.UTF_8), place(tenant, id));
  }

  private static String place(TenantId tenant, String id) {
    return "access_key|" + tenant.value() + "|" + id + "|sealed_secret";
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
