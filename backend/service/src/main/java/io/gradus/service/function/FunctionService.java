package io.gradus.service.function;

import io.gradus.engine.TenantId;
import io.gradus.service.Caller;
import io.gradus.service.ErrorCode;
import io.gradus.service.Refusal;
import io.gradus.service.Role.Permission;
import io.gradus.service.ShortMemory;
import io.gradus.service.Transactions;
import io.gradus.service.arn.Access;
import io.gradus.service.audit.AuditTrail;
import io.gradus.service.audit.Change;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The functions a tenant has registered as HTTP endpoints.
///
/// Whether an address may be called is the egress policy's to say, at every call: an address that
/// is good today may lead inside tomorrow.
public class FunctionService {
  private static final Duration REMEMBERED = Duration.ofSeconds(2);
  private static final int CAPACITY = 10_000;
  private static final int DEFAULT_TIMEOUT_SECONDS = 60;
  private static final int MAX_TIMEOUT_SECONDS = 900;
  private static final int MAX_URL = 2_048;

  /// AWS's characters for function names.
  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9-_]{1,64}");

  private final FunctionRecords records;
  private final Transactions transactions;
  private final AuditTrail audit;
  private final ShortMemory<Key, HttpFunction> known = new ShortMemory<>(CAPACITY, REMEMBERED);

  private record Key(TenantId tenant, String name) {}

  /// Works on these records.
  public FunctionService(FunctionRecords records, Transactions transactions, AuditTrail audit) {
    this.records = records;
    this.transactions = transactions;
    this.audit = audit;
  }

  /// The function as the engine calls it, from memory where it can.
  public Optional<HttpFunction> find(TenantId tenant, String name) {
    return NAME.matcher(name).matches()
        ? known.get(new Key(tenant, name), key -> records.find(key.tenant(), key.name()))
        : Optional.empty();
  }

  /// Registers a function under a name that is free.
  ///
  /// @throws Refusal ConflictException where there is one of that name
  public HttpFunction register(
      Caller caller, String name, String url, @Nullable Integer timeoutSeconds) {
    Access.require(caller, Permission.AUTHOR, "PutFunction", name);
    requireName(name);
    if (records.find(caller.tenant(), name).isPresent()) {
      throw new Refusal(
          ErrorCode.CONFLICT, "There is a function '" + name + "' already: edit that one");
    }
    return put(caller, name, url, timeoutSeconds);
  }

  /// Registers a function, in place of one of that name.
  public HttpFunction put(
      Caller caller, String name, String url, @Nullable Integer timeoutSeconds) {
    Access.require(caller, Permission.AUTHOR, "PutFunction", name);
    requireName(name);
    int timeout = timeoutSeconds == null ? DEFAULT_TIMEOUT_SECONDS : timeoutSeconds;
    if (timeout < 1 || timeout > MAX_TIMEOUT_SECONDS) {
      throw new Refusal(
          ErrorCode.VALIDATION, "timeoutSeconds must be between 1 and " + MAX_TIMEOUT_SECONDS);
    }
    URI uri = checked(url);
    HttpFunction kept =
        transactions.call(
            caller.tenant(),
            () -> {
              var before = records.find(caller.tenant(), name).map(FunctionService::described);
              HttpFunction put = records.put(caller.tenant(), name, uri, timeout);
              audit.record(
                  caller, "PutFunction", name, new Change(before.orElse(null), described(put)));
              return put;
            });
    known.forget(new Key(caller.tenant(), name));
    return kept;
  }

  private static void requireName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new Refusal(ErrorCode.INVALID_NAME, "Invalid Name: '" + name + "'");
    }
  }

  private static URI checked(String url) {
    try {
      URI uri = new URI(url);
      String scheme = uri.getScheme();
      boolean good =
          url.length() <= MAX_URL
              && ("http".equals(scheme) || "https".equals(scheme))
              && uri.getHost() != null
              && uri.getUserInfo() == null
              && uri.getFragment() == null;
      if (good) {
        return uri;
      }
    } catch (URISyntaxException e) {
      // Told below, like every other fault of it.
    }
    throw new Refusal(
        ErrorCode.VALIDATION, "url must be an http or https URL without credentials or fragment");
  }

  /// Shows a function.
  public HttpFunction describe(Caller caller, String name) {
    Access.require(caller, Permission.READ, "GetFunction", name);
    requireName(name);
    return records.find(caller.tenant(), name).orElseThrow(() -> notFound(name));
  }

  /// Deletes a function.
  public void delete(Caller caller, String name) {
    Access.require(caller, Permission.AUTHOR, "DeleteFunction", name);
    requireName(name);
    transactions.call(
        caller.tenant(),
        () -> {
          HttpFunction before =
              records.find(caller.tenant(), name).orElseThrow(() -> notFound(name));
          if (!records.delete(caller.tenant(), name)) {
            throw notFound(name);
          }
          audit.record(caller, "DeleteFunction", name, Change.removed(described(before)));
          return name;
        });
    known.forget(new Key(caller.tenant(), name));
  }

  /// The tenant's functions by name.
  public List<HttpFunction> list(Caller caller) {
    Access.require(caller, Permission.READ, "ListFunctions", "*");
    return records.list(caller.tenant());
  }

  /// The names alone, for who looks for one.
  public List<String> names(Caller caller, int limit) {
    Access.require(caller, Permission.READ, "ListFunctions", "*");
    return records.names(caller.tenant(), limit);
  }

  private static Map<String, Object> described(HttpFunction function) {
    return Map.of("url", function.url().toString(), "timeoutSeconds", function.timeoutSeconds());
  }

  private static Refusal notFound(String name) {
    return new Refusal(ErrorCode.RESOURCE_NOT_FOUND, "Resource not found: '" + name + "'");
  }
}
