package io.gradus.app.start;

import io.gradus.app.settings.BootstrapSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The first person's and the first program's way in.
///
/// @param account the tenant's 12 digits
/// @param login of the first person
public record FirstLogin(
    String account, String login, String password, String accessKeyId, String secretAccessKey) {
  private static final String LOGIN = "admin";
  private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static final String MIXED = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789";
  private static final SecureRandom RANDOM = new SecureRandom();

  /// What the settings say, and made up where they say nothing.
  static FirstLogin from(BootstrapSettings settings) {
    String id = settings.accessKeyId();
    String secret = settings.secretAccessKey();
    String password = settings.adminPassword();
    return new FirstLogin(
        settings.account(),
        LOGIN,
        password == null ? random(MIXED, 20) : password,
        id == null ? "AKIA" + random(LETTERS, 16) : id,
        secret == null ? random(MIXED, 40) : secret);
  }

  /// The login in a file that an earlier start wrote; empty when there is none.
  public static Optional<FirstLogin> read(Path file) throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    Map<String, String> values = new HashMap<>();
    for (String line : Files.readAllLines(file)) {
      int equals = line.indexOf('=');
      if (equals > 0 && !line.startsWith("#")) {
        values.put(line.substring(0, equals).strip(), line.substring(equals + 1).strip());
      }
    }
    return Optional.of(
        new FirstLogin(
            needed(values, "gradus_account", file),
            needed(values, "gradus_login", file),
            needed(values, "gradus_password", file),
            needed(values, "aws_access_key_id", file),
            needed(values, "aws_secret_access_key", file)));
  }

  private static String needed(Map<String, String> values, String name, Path file)
      throws IOException {
    String value = values.get(name);
    if (value == null) {
      throw new IOException("expected %s in %s, found no such line".formatted(name, file));
    }
    return value;
  }

  /// Writes the login where only the owner can read it. The file is also one that the AWS tools
  /// take as `AWS_SHARED_CREDENTIALS_FILE`.
  void write(Path file, String region) throws IOException {
    OwnerOnlyFile.write(
        file,
        """
        # Made on the first start of Gradus; only the owner of this file can read it.
        # The AWS CLI and SDKs take it as AWS_SHARED_CREDENTIALS_FILE.
        [default]
        aws_access_key_id = %s
        aws_secret_access_key = %s
        region = %s
        gradus_account = %s
        gradus_login = %s
        gradus_password = %s
        """
            .formatted(accessKeyId, secretAccessKey, region, account, login, password));
  }

  private static String random(String alphabet, int length) {
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append(alphabet.charAt(RANDOM.nextInt(alphabet.length())));
    }
    return text.toString();
  }

  /// Says no secret.
  @Override
  public String toString() {
    return "FirstLogin[account=%s, login=%s, accessKeyId=%s]"
        .formatted(account, login, accessKeyId);
  }
}
