package io.gradus.service.people;

import io.gradus.service.ErrorCode;
import io.gradus.service.Refusal;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.Set;

/// Which passwords people may choose, and those that are made for them.
public final class PasswordRules {
  /// Of characters.
  public static final int MIN_LENGTH = 12;

  private static final int MAX_LENGTH = 256;
  private static final int MIN_DISTINCT = 5;
  private static final int GIVEN_PARTS = 4;
  private static final int GIVEN_PART_LENGTH = 5;

  /// Without letters and digits that look alike.
  private static final String GIVEN_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789";

  /// What long passwords that everyone thinks of are built from.
  private static final Set<String> COMMON =
      Set.of(
          "password",
          "passwort",
          "passw",
          "pass",
          "motdepasse",
          "contrasena",
          "kennwort",
          "geheim",
          "secret",
          "letmein",
          "welcome",
          "willkommen",
          "bienvenue",
          "admin",
          "administrator",
          "administrador",
          "root",
          "superuser",
          "changeme",
          "changeit",
          "default",
          "test",
          "guest",
          "iloveyou",
          "football",
          "baseball",
          "basketball",
          "superman",
          "batman",
          "princess",
          "sunshine",
          "monkey",
          "dragon",
          "master",
          "shadow",
          "michael",
          "jennifer",
          "starwars",
          "trustno",
          "whatever",
          "computer",
          "internet",
          "samsung",
          "google",
          "facebook",
          "qwerty",
          "qwertz",
          "azerty",
          "qwertyuiop",
          "qwertzuiop",
          "azertyuiop",
          "asdfghjkl",
          "zxcvbnm",
          "yxcvbnm",
          "abc",
          "abcd",
          "abcdef",
          "abcdefg",
          "abcdefgh",
          "abcdefghijkl",
          "qazwsx",
          "qazwsxedc",
          "correcthorsebatterystaple",
          "gradus");

  private static final SecureRandom RANDOM = new SecureRandom();

  private PasswordRules() {}

  /// Lets a password pass that its owner may have.
  ///
  /// @throws Refusal with what is wrong with it
  static void check(String login, String password) {
    if (password.codePointCount(0, password.length()) < MIN_LENGTH) {
      throw invalid("A password has at least " + MIN_LENGTH + " characters");
    }
    if (password.length() > MAX_LENGTH) {
      throw invalid("A password has at most " + MAX_LENGTH + " characters");
    }
    String lower = password.toLowerCase(Locale.ROOT);
    String without = lower.replace(login.toLowerCase(Locale.ROOT), "");
    if (without.length() < lower.length() && letters(without).length() < MIN_DISTINCT) {
      throw invalid("A password must not be made from the login");
    }
    if (password.codePoints().distinct().count() < MIN_DISTINCT
        || isRun(lower)
        || isCommon(lower)) {
      throw invalid("That password is among the first that are guessed: choose another");
    }
  }

  /// Whether it counts up or down, such as `123456789012`.
  private static boolean isRun(String lower) {
    int runs = 0;
    for (int i = 1; i < lower.length(); i++) {
      int step = lower.charAt(i) - lower.charAt(i - 1);
      boolean follows = step == 1 || step == -1 || step == -9 || step == 9 || step == 0;
      runs += follows ? 1 : 0;
    }
    return runs >= lower.length() - 2;
  }

  /// Whether what is left without digits and signs is one of those words, once or repeated.
  private static boolean isCommon(String lower) {
    String core = lower.replaceAll("^[^\\p{L}@$]+|[^\\p{L}@$]+$", "");
    String spelt =
        core.replace('0', 'o')
            .replace('1', 'i')
            .replace('3', 'e')
            .replace('4', 'a')
            .replace('5', 's')
            .replace('@', 'a')
            .replace('$', 's');
    return isMadeOf(letters(spelt)) || isMadeOf(letters(lower));
  }

  private static String letters(String text) {
    return text.replaceAll("[^\\p{L}]", "");
  }

  private static boolean isMadeOf(String letters) {
    if (letters.isEmpty()) {
      return false;
    }
    for (String word : COMMON) {
      if (letters.replace(word, "").isEmpty()) {
        return true;
      }
    }
    return false;
  }

  /// A password for someone else to sign in with once: some hundred bits of chance.
  static String given() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < GIVEN_PARTS * GIVEN_PART_LENGTH; i++) {
      if (i > 0 && i % GIVEN_PART_LENGTH == 0) {
        text.append('-');
      }
      text.append(GIVEN_ALPHABET.charAt(RANDOM.nextInt(GIVEN_ALPHABET.length())));
    }
    return text.toString();
  }

  private static Refusal invalid(String sentence) {
    return new Refusal(ErrorCode.VALIDATION, sentence);
  }
}
