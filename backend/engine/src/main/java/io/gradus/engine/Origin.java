package io.gradus.engine;

/// Where a payload stands in an execution's history: the event and its field. State refers to a
/// value by this instead of storing it again.
public record Origin(long eventId, String field) {}
