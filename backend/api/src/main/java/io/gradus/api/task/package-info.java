/// The Step Functions API as Tasks call it.
@NullMarked
package io.gradus.api.task;

import org.jspecify.annotations.NullMarked;
