package io.gradus.api.operation;

import io.gradus.service.Caller;

/// One operation of the Step Functions API.
///
/// The name on the wire is the class's own. The request's constraints are on its record's
/// components and hold when [#answer] is called.
///
/// @param <I> the request
/// @param <O> the answer
public interface Operation<I extends Record, O extends Record> {
  /// The request's record.
  Class<I> request();

  /// Does what is asked.
  ///
  /// @throws io.gradus.service.Refusal with AWS's name and sentence where it must not or cannot
  O answer(Caller caller, I request);

  /// The name in `X-Amz-Target`, after the dot.
  default String name() {
    return getClass().getSimpleName();
  }

  /// An answer that says nothing.
  record Nothing() {}
}
