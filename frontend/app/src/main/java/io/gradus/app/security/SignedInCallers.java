package io.gradus.app.security;

import io.gradus.api.management.SessionCallers;
import io.gradus.console.session.NotAMember;
import io.gradus.console.session.NotSignedIn;
import io.gradus.console.session.SignedIn;
import io.gradus.service.Caller;
import io.gradus.service.ErrorCode;
import io.gradus.service.Refusal;
import io.gradus.service.people.Person;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// For whom a console session calls the management API: for the person as they stand now, in the
/// tenant that the call names. Only a person of one tenant need not name it.
final class SignedInCallers implements SessionCallers {
  private final SignedIn signedIn;

  SignedInCallers(SignedIn signedIn) {
    this.signedIn = signedIn;
  }

  @Override
  public Optional<Caller> find(HttpServletRequest request) {
    String account = account(request);
    try {
      return Optional.of(
          account == null ? only(signedIn.person().callers()) : signedIn.in(account));
    } catch (NotSignedIn e) {
      return Optional.empty();
    } catch (NotAMember e) {
      throw new Refusal(ErrorCode.ACCESS_DENIED, "You are no member of the account you named");
    }
  }

  @Override
  public Optional<Person> person(HttpServletRequest request) {
    try {
      return Optional.of(signedIn.person());
    } catch (NotSignedIn e) {
      return Optional.empty();
    }
  }

  private static @Nullable String account(HttpServletRequest request) {
    String header = request.getHeader("X-Gradus-Account");
    return header == null ? request.getParameter("account") : header;
  }

  private static Caller only(List<Caller> callers) {
    return switch (callers.size()) {
      case 0 -> throw new Refusal(ErrorCode.ACCESS_DENIED, "You may act in no account");
      case 1 -> callers.getFirst();
      default ->
          throw new Refusal(
              ErrorCode.VALIDATION,
              "You belong to several accounts: name one with the header X-Gradus-Account or the"
                  + " parameter account");
    };
  }
}
