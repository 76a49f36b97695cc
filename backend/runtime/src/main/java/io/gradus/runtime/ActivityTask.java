package io.gradus.runtime;

import io.gradus.engine.Payload;

/// A task of an activity, given to the worker that polled for it.
public record ActivityTask(String taskToken, Payload input) {}
