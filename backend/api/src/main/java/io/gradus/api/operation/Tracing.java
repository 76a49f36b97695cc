package io.gradus.api.operation;

import org.jspecify.annotations.Nullable;

/// A tracing configuration as it is sent.
record Tracing(@Nullable Boolean enabled) {}
