package io.gradus.api.json;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// What AWS's service model demands of a member of a request, checked before an operation runs.
///
/// Lengths are in characters for text and in elements for lists; for numbers they are the range. On
/// a list of text they hold for each element, unless the list says otherwise.
@Documented
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
public @interface Member {
  /// Whether the member must be there; `null` counts as not there.
  boolean required() default false;

  /// The least length or value.
  long min() default 0;

  /// The greatest length or value.
  long max() default Long.MAX_VALUE;

  /// What text must match as a whole; empty for anything.
  String pattern() default "";

  /// Whether it is a payload: where AWS's limits do not hold, it may be longer than `max`.
  boolean payload() default false;

  /// Whether the value must not be repeated in an error's message.
  boolean sensitive() default false;
}
