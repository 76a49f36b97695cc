package io.gradus.integrations.email;

import io.gradus.integrations.Arguments;
import io.gradus.integrations.InvalidArguments;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A mail as a task describes it, checked.
///
/// @param connection null for the default
/// @param subject one line
/// @param text null where there is only HTML
/// @param html null where there is only text
record Email(
    @Nullable String connection,
    List<InternetAddress> to,
    List<InternetAddress> cc,
    List<InternetAddress> bcc,
    List<InternetAddress> replyTo,
    String subject,
    @Nullable String text,
    @Nullable String html) {
  /// As Amazon SES has it.
  static final int MAX_RECIPIENTS = 50;

  private static final int MAX_SUBJECT = 500;
  private static final Set<String> NAMES =
      new LinkedHashSet<>(
          List.of(Arguments.CONNECTION, "To", "Cc", "Bcc", "ReplyTo", "Subject", "Text", "Html"));

  static Email parse(JsonNode json) throws InvalidArguments {
    Arguments arguments = Arguments.of(json, NAMES);
    Email email =
        new Email(
            arguments.text(Arguments.CONNECTION),
            addresses(arguments, "To"),
            addresses(arguments, "Cc"),
            addresses(arguments, "Bcc"),
            addresses(arguments, "ReplyTo"),
            subject(arguments.required("Subject")),
            arguments.text("Text"),
            arguments.text("Html"));
    int recipients = email.to.size() + email.cc.size() + email.bcc.size();
    if (recipients == 0) {
      throw new InvalidArguments("The field 'To' is required but was missing");
    }
    if (recipients > MAX_RECIPIENTS) {
      throw new InvalidArguments("A mail has at most " + MAX_RECIPIENTS + " recipients");
    }
    if (email.text == null && email.html == null) {
      throw new InvalidArguments("One of the fields 'Text' and 'Html' is required");
    }
    return email;
  }

  private static List<InternetAddress> addresses(Arguments arguments, String name)
      throws InvalidArguments {
    List<InternetAddress> addresses = new ArrayList<>();
    for (String text : arguments.texts(name)) {
      try {
        // Strictly: what is no address is none, whatever lines it may have.
        InternetAddress[] parsed = InternetAddress.parse(text, true);
        if (parsed.length != 1 || parsed[0].getAddress().indexOf('@') < 1) {
          throw new AddressException("expected one address with its domain");
        }
        addresses.add(parsed[0]);
      } catch (AddressException _) {
        throw new InvalidArguments(
            "The value '" + text + "' for the field '" + name + "' is not one mail address");
      }
    }
    return addresses;
  }

  /// One line, whatever it was: no text of a task's becomes a header of its own.
  private static String subject(String text) {
    String flat = text.replaceAll("\\p{Cntrl}+", " ").strip();
    return flat.length() > MAX_SUBJECT ? flat.substring(0, MAX_SUBJECT) : flat;
  }
}
