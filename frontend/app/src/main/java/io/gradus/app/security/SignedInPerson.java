package io.gradus.app.security;

import java.io.Serializable;
import java.security.Principal;
import java.util.UUID;

/// What a session remembers of who signed in; what they may do is looked up anew.
///
/// @param id of the person
/// @param login shown in the console
/// @param passwordVersion which password it was; under another the session is over
record SignedInPerson(UUID id, String login, int passwordVersion)
    implements Principal, Serializable {
  @Override
  public String getName() {
    return login;
  }
}
