package io.gradus.service.definition;

import io.gradus.service.ErrorCode;
import io.gradus.service.Names;
import io.gradus.service.Refusal;
import org.jspecify.annotations.Nullable;

/// Whether a state machine that is made or changed is published as a version at once.
///
/// @param description of the version, null for none
public record Publication(boolean publish, @Nullable String description) {
  /// Nothing is published.
  public static final Publication NONE = new Publication(false, null);

  /// Refuses to describe what is not made.
  public Publication {
    Names.checkText("version description", description);
    if (!publish && description != null) {
      throw new Refusal(
          ErrorCode.VALIDATION, "Version description can only be set when publish is true");
    }
  }
}
