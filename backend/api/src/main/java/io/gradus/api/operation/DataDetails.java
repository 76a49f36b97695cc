package io.gradus.api.operation;

/// What is said beside a payload of an execution.
record DataDetails(Boolean included) {}
