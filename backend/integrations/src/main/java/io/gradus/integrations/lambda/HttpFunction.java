package io.gradus.integrations.lambda;

import java.net.URI;

/// A function that a tenant registered as an HTTP endpoint: it gets the Lambda Invoke body as a
/// POST.
///
/// @param uri as [io.gradus.integrations.egress.EgressUri] accepts it
public record HttpFunction(URI uri) {}
