package io.gradus.service.people;

import io.gradus.service.Caller;
import io.gradus.service.Transactions;
import io.gradus.service.audit.AuditTrail;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// The door of the console: lets in who knows a password, makes guessers wait, and writes down who
/// came and who tried.
public final class Admission {
  /// A password costs 16 MB and a core for a tenth of a second to check: not more at once.
  private static final int AT_ONCE = Math.max(2, Runtime.getRuntime().availableProcessors());

  private static final int PATIENCE_SECONDS = 5;

  private final SignIn signIn;
  private final LoginThrottle throttle;
  private final Transactions transactions;
  private final AuditTrail audit;
  private final Semaphore places = new Semaphore(AT_ONCE, true);

  /// What came of a try.
  public sealed interface Outcome {
    /// It is this one.
    record Welcome(Person person) implements Outcome {}

    /// The login and password do not belong together.
    record Wrong() implements Outcome {}

    /// Not looked at: there were too many tries.
    record TooSoon(Duration left) implements Outcome {}

    /// Not looked at: too many try at this moment.
    record Busy() implements Outcome {}
  }

  /// Asks this one, and writes there.
  public Admission(
      SignIn signIn, LoginThrottle throttle, Transactions transactions, AuditTrail audit) {
    this.signIn = signIn;
    this.throttle = throttle;
    this.transactions = transactions;
    this.audit = audit;
  }

  /// Looks at a login and a password.
  ///
  /// @param source the address that they come from
  public Outcome admit(String login, String password, String source) {
    if (!enter()) {
      return new Outcome.Busy();
    }
    try {
      Duration wait = throttle.admit(login, source);
      if (!wait.isZero()) {
        return new Outcome.TooSoon(wait);
      }
      Optional<Person> person = signIn.signIn(login, password);
      if (person.isEmpty()) {
        signIn.findByLogin(login).ifPresent(who -> record(who, "LogInFailed", source));
        return new Outcome.Wrong();
      }
      throttle.succeeded(login, source);
      record(person.get(), "LogIn", source);
      return new Outcome.Welcome(person.get());
    } finally {
      places.release();
    }
  }

  private boolean enter() {
    try {
      return places.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /// Each tenant's log says it, since in each the person may act from now on.
  private void record(Person person, String action, String source) {
    for (Caller caller : person.callers()) {
      transactions.call(
          caller.tenant(),
          () -> {
            audit.record(caller.from(source), action, caller.principal());
            return true;
          });
    }
  }
}
