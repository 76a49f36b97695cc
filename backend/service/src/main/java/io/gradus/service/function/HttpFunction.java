package io.gradus.service.function;

import java.net.URI;
import java.time.Instant;

/// A function of the tenant's that is an HTTP endpoint.
///
/// @param name what definitions call it by
/// @param url where it is posted to
/// @param timeoutSeconds how long a call may take
public record HttpFunction(
    String name, URI url, int timeoutSeconds, Instant createdAt, Instant updatedAt) {}
