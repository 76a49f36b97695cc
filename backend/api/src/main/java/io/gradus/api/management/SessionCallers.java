package io.gradus.api.management;

import io.gradus.service.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/// Who is signed in to the console; implemented by the application.
@FunctionalInterface
public interface SessionCallers {
  /// The person whose session the request carries, empty for none.
  Optional<Caller> find(HttpServletRequest request);
}
