package io.gradus.console.session;

import io.gradus.service.Caller;
import io.gradus.service.people.Person;

/// The person whose session it is, looked up anew at each call: a session outlives a change of
/// roles and must not outlive what was taken.
public interface SignedIn {
  /// The person as they stand now.
  ///
  /// @throws NotSignedIn if nobody is signed in, or the person may no longer sign in
  Person person();

  /// For whom the person speaks in a tenant.
  ///
  /// @param account 12 digits
  /// @throws NotAMember if they are no member of it, it is suspended, or there is no such tenant
  /// @throws NotSignedIn as [#person]
  Caller in(String account);

  /// Lets this session outlive the new password that the person just chose; all others are over.
  ///
  /// @throws NotSignedIn as [#person]
  void passwordChanged();
}
