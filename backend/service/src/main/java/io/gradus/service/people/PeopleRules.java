package io.gradus.service.people;

import io.gradus.asl.text.Disguises;
import io.gradus.service.ErrorCode;
import io.gradus.service.Refusal;
import io.gradus.service.Role;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What people, their groups and their tenants may be called. Each check gives back what is to be
/// stored, or refuses with a sentence for whoever typed it.
public final class PeopleRules {
  /// How many groups a member may be in.
  public static final int MAX_GROUPS = 50;

  private static final int MAX_NAME = 80;
  private static final int MAX_EMAIL = 254;

  /// Lower case only, so that no two people are told apart by a letter's case.
  private static final Pattern LOGIN = Pattern.compile("[a-z0-9][a-z0-9._@+-]{0,63}");

  private static final Pattern GROUP = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N} ._/+-]{0,63}");

  /// No more than keeps an address one address: what is right the mail server knows.
  private static final Pattern EMAIL =
      Pattern.compile("[^\\s@<>,;:\"()\\p{C}]{1,64}@[^\\s@<>,;:\"()\\p{C}]{1,189}");

  private static final Pattern ACCOUNT = Pattern.compile("[0-9]{12}");

  private PeopleRules() {}

  /// What a new person signs in with.
  public static String login(String login) {
    String text = login.strip();
    if (!LOGIN.matcher(text).matches()) {
      throw invalid(
          "A login has 1 to 64 lower-case letters, digits and . _ @ + -, and begins with a letter"
              + " or digit");
    }
    return text;
  }

  /// What a person or a tenant is shown as.
  ///
  /// @param what the field as the refusal names it, such as `A name`
  public static String name(String what, String name) {
    String text = name.strip();
    boolean misleads = text.codePoints().anyMatch(Disguises::isOne); // a name is no place for them
    if (text.isEmpty() || text.codePointCount(0, text.length()) > MAX_NAME || misleads) {
      throw invalid(what + " has 1 to " + MAX_NAME + " characters that can be seen");
    }
    return text;
  }

  /// Where mail reaches a person; null for nothing.
  public static @Nullable String email(@Nullable String email) {
    String text = email == null ? "" : email.strip();
    if (text.isEmpty()) {
      return null;
    }
    if (text.length() > MAX_EMAIL || !EMAIL.matcher(text).matches()) {
      throw invalid("An e-mail address looks like ann@example.org");
    }
    return text;
  }

  /// A member's groups.
  public static Set<String> groups(Set<String> groups) {
    Set<String> kept = new TreeSet<>();
    for (String group : groups) {
      String text = group.strip();
      if (!GROUP.matcher(text).matches()) {
        throw invalid(
            "A group's name has 1 to 64 letters, digits, spaces and . _ / + -, and begins with a"
                + " letter or digit");
      }
      kept.add(text);
    }
    if (kept.size() > MAX_GROUPS) {
      throw invalid("A member is in at most " + MAX_GROUPS + " groups");
    }
    return kept;
  }

  /// A member's roles.
  public static Set<Role> roles(Set<Role> roles) {
    if (roles.isEmpty()) {
      throw invalid("A member has at least one role");
    }
    return Set.copyOf(roles);
  }

  /// A tenant's account number.
  public static String account(String account) {
    String text = account.strip();
    if (!ACCOUNT.matcher(text).matches()) {
      throw invalid("An account has exactly 12 digits");
    }
    return text;
  }

  private static Refusal invalid(String sentence) {
    return new Refusal(ErrorCode.VALIDATION, sentence);
  }
}
