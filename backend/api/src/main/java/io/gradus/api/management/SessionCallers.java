package io.gradus.api.management;

import io.gradus.service.Caller;
import io.gradus.service.people.Person;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/// Who is signed in to the console; implemented by the application.
public interface SessionCallers {
  /// The person whose session the request carries, in the tenant that it means; empty for none.
  ///
  /// @throws io.gradus.service.Refusal ValidationException if it does not say which of several,
  ///   AccessDeniedException if the person is no member of it
  Optional<Caller> find(HttpServletRequest request);

  /// The person whose session the request carries, whatever tenants they belong to; empty for none.
  Optional<Person> person(HttpServletRequest request);
}
