package io.gradus.api.sigv4;

import io.gradus.service.access.AccessKey;
import java.util.Optional;

/// Where access keys are looked up, before any tenant is known.
///
/// Called once per request, so an implementation answers from memory.
@FunctionalInterface
public interface AccessKeys {
  /// The key of that id, or empty where there is none. The id comes from the request unchecked.
  Optional<AccessKey> find(String accessKeyId);
}
