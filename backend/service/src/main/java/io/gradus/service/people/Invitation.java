package io.gradus.service.people;

import java.time.Instant;

/// What lets a person in for the first time. It is shown once: to whoever asked for it, and never
/// again.
///
/// @param password holds for one sign-in, and opens nothing but its own change
/// @param until when it is over
public record Invitation(String login, String password, Instant until) {
  @Override
  public String toString() {
    return "Invitation[login=" + login + ", until=" + until + "]";
  }
}
