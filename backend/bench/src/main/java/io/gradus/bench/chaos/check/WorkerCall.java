package io.gradus.bench.chaos.check;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A call that reached a worker, as the worker wrote it down before it answered.
///
/// @param call its number, which its answer carries
/// @param attempt names the attempt that it was made for
/// @param token the task token that came with it
/// @param lease until when its node held its lease, where that is known
public record WorkerCall(
    long call, String attempt, @Nullable String token, Instant at, @Nullable Instant lease) {}
