package io.gradus.app.security;

import java.io.Serializable;
import java.security.Principal;
import java.util.UUID;

/// What a session remembers of who signed in; what they may do is looked up anew.
///
/// @param id of the person
/// @param login shown in the console
record SignedInPerson(UUID id, String login) implements Principal, Serializable {
  @Override
  public String getName() {
    return login;
  }
}
