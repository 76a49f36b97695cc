/// The operations of the Step Functions API: one class each, with its request and its answer.
@NullMarked
package io.gradus.api.operation;

import org.jspecify.annotations.NullMarked;
