package io.gradus.api.management;

import io.gradus.service.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/// Who is signed in to the console; implemented by the application.
@FunctionalInterface
public interface SessionCallers {
  /// The person whose session the request carries, in the tenant that it means; empty for none.
  ///
  /// @throws io.gradus.service.Refusal ValidationException if it does not say which of several,
  ///   AccessDeniedException if the person is no member of it
  Optional<Caller> find(HttpServletRequest request);
}
