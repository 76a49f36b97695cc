package io.gradus.service.tag;

import io.gradus.service.ErrorCode;
import io.gradus.service.Refusal;
import java.util.Map;

/// What AWS demands of tags.
public final class TagRules {
  static final int MAX_TAGS = 50;

  private TagRules() {}

  /// Lets good tags pass.
  ///
  /// @param resource the ARN they are for
  /// @throws Refusal TooManyTags, or ValidationException for keys that AWS keeps to itself
  public static void check(String resource, Map<String, String> tags) {
    if (tags.size() > MAX_TAGS) {
      throw tooMany(resource);
    }
    tags.forEach(
        (key, value) -> {
          if (key.indexOf('\0') >= 0 || value.indexOf('\0') >= 0) {
            throw new Refusal(ErrorCode.VALIDATION, "A tag has a character that none may have");
          }
        });
    for (String key : tags.keySet()) {
      if (key.regionMatches(true, 0, "aws:", 0, 4)) {
        throw new Refusal(
            ErrorCode.VALIDATION,
            "System tags cannot be added/updated by requester: '" + key + "'");
      }
    }
  }

  static Refusal tooMany(String resource) {
    return new Refusal(ErrorCode.TOO_MANY_TAGS, "Too Many Tags: '" + resource + "'");
  }
}
