package io.gradus.integrations.approval;

import io.gradus.engine.Payload;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Reads what a task was given, and refuses what nobody could answer.
final class ApprovalArguments {
  private static final Set<String> FIELDS =
      Set.of(
          "Title",
          "Description",
          "Context",
          "Approvers",
          "Quorum",
          "AllowStarter",
          "DueSeconds",
          "Form",
          "Outcomes",
          "FailOnReject");
  private static final int MAX_TITLE = 200;
  private static final int MAX_DESCRIPTION = 4_000;
  private static final int MAX_CONTEXT_BYTES = 65_536;
  private static final int MAX_USERS = 200;
  private static final int MAX_GROUPS = 50;
  private static final int MAX_NAME = 254;
  private static final int MAX_QUORUM = 100;
  private static final int MAX_OUTCOMES = 6;
  private static final int MAX_SECONDS = 99_999_999;

  private static final Pattern OUTCOME = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N} _-]{0,39}");

  private final JsonNode given;

  private ApprovalArguments(JsonNode given) {
    this.given = given;
  }

  static ApprovalRequest read(JsonNode given) throws InvalidRequest {
    if (!given.isObject()) {
      throw new InvalidRequest("Arguments", "must be an object");
    }
    return new ApprovalArguments(given).read();
  }

  private ApprovalRequest read() throws InvalidRequest {
    for (String name : given.propertyNames()) {
      if (!FIELDS.contains(name)) {
        throw new InvalidRequest(name, "is not supported by approvals");
      }
    }
    String title = text("Title", MAX_TITLE);
    if (title == null || title.isBlank()) {
      throw new InvalidRequest("Title", "is required: the question, in a line");
    }
    if (title.chars().anyMatch(Character::isISOControl)) {
      throw new InvalidRequest("Title", "must be one line without control characters");
    }
    JsonNode approvers = field("Approvers");
    if (approvers == null || !approvers.isObject()) {
      throw new InvalidRequest("Approvers", "is required: an object with Users, Groups or both");
    }
    for (String name : approvers.propertyNames()) {
      if (!name.equals("Users") && !name.equals("Groups")) {
        throw new InvalidRequest("Approvers." + name, "is not supported by approvals");
      }
    }
    List<String> users = names(approvers.get("Users"), "Approvers.Users", MAX_USERS);
    List<String> groups = names(approvers.get("Groups"), "Approvers.Groups", MAX_GROUPS);
    if (users.isEmpty() && groups.isEmpty()) {
      throw new InvalidRequest("Approvers", "must name a user or a group at least");
    }
    Integer quorum = whole("Quorum", MAX_QUORUM);
    if (quorum != null && groups.isEmpty() && quorum > users.size()) {
      throw new InvalidRequest(
          "Quorum", "must not be more than the " + users.size() + " users that are named");
    }
    whole("DueSeconds", MAX_SECONDS - 1);
    return new ApprovalRequest(
        title,
        text("Description", MAX_DESCRIPTION),
        context(),
        users,
        groups,
        quorum == null ? 1 : quorum,
        flag("AllowStarter"),
        outcomes(),
        field("Form"),
        flag("FailOnReject"));
  }

  /// A null is as good as nothing: expressions make them.
  private @Nullable JsonNode field(String name) {
    JsonNode value = given.get(name);
    return value == null || value.isNull() ? null : value;
  }

  private @Nullable String text(String name, int max) throws InvalidRequest {
    JsonNode value = field(name);
    if (value == null) {
      return null;
    }
    if (!value.isString() || value.stringValue().length() > max || unfit(value.stringValue())) {
      throw new InvalidRequest(name, "must be text of at most " + max + " characters");
    }
    return value.stringValue();
  }

  /// What the database cannot hold as text.
  private static boolean unfit(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean paired =
          Character.isHighSurrogate(c)
              ? i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))
              : i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
      if (c == 0 || (Character.isSurrogate(c) && !paired)) {
        return true;
      }
    }
    return false;
  }

  private boolean flag(String name) throws InvalidRequest {
    JsonNode value = field(name);
    if (value == null) {
      return false;
    }
    if (!value.isBoolean()) {
      throw new InvalidRequest(name, "must be true or false");
    }
    return value.booleanValue();
  }

  private @Nullable Integer whole(String name, int max) throws InvalidRequest {
    JsonNode value = field(name);
    if (value == null) {
      return null;
    }
    if (!value.isIntegralNumber()
        || !value.canConvertToInt()
        || value.intValue() < 1
        || value.intValue() > max) {
      throw new InvalidRequest(name, "must be a whole number from 1 to " + max);
    }
    return value.intValue();
  }

  private @Nullable JsonNode context() throws InvalidRequest {
    JsonNode context = field("Context");
    if (context != null && Payload.of(context).size() > MAX_CONTEXT_BYTES) {
      throw new InvalidRequest(
          "Context", "must not be larger than " + MAX_CONTEXT_BYTES + " bytes");
    }
    return context;
  }

  private static List<String> names(@Nullable JsonNode given, String place, int max)
      throws InvalidRequest {
    if (given == null || given.isNull()) {
      return List.of();
    }
    if (!given.isArray() || given.size() > max) {
      throw new InvalidRequest(place, "must be a list of at most " + max + " names");
    }
    Set<String> names = new LinkedHashSet<>();
    for (int i = 0; i < given.size(); i++) {
      JsonNode one = given.get(i);
      if (!one.isString()
          || one.stringValue().isBlank()
          || one.stringValue().length() > MAX_NAME
          || unfit(one.stringValue())) {
        throw new InvalidRequest(
            place + "[" + i + "]", "must be a name of 1 to " + MAX_NAME + " characters");
      }
      names.add(one.stringValue());
    }
    return List.copyOf(names);
  }

  private List<String> outcomes() throws InvalidRequest {
    JsonNode given = field("Outcomes");
    if (given == null) {
      return List.of();
    }
    if (!given.isArray() || given.size() > MAX_OUTCOMES) {
      throw new InvalidRequest("Outcomes", "must be a list of at most " + MAX_OUTCOMES + " names");
    }
    List<String> outcomes = new ArrayList<>();
    for (int i = 0; i < given.size(); i++) {
      String place = "Outcomes[" + i + "]";
      JsonNode one = given.get(i);
      if (!one.isString() || !OUTCOME.matcher(one.stringValue()).matches()) {
        throw new InvalidRequest(
            place, "must be 1 to 40 letters, digits, spaces, dashes or underscores");
      }
      String name = one.stringValue();
      if (name.equals(ApprovalRequest.APPROVED)
          || name.equals(ApprovalRequest.REJECTED)
          || outcomes.contains(name)) {
        throw new InvalidRequest(place, "names an outcome that there is already");
      }
      outcomes.add(name);
    }
    return outcomes;
  }
}
