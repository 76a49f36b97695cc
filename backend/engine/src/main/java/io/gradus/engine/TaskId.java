package io.gradus.engine;

/// One attempt of one task.
///
/// @param attempt the id of its scheduled event, unique in the execution
public record TaskId(FrameId frame, long attempt) {}
