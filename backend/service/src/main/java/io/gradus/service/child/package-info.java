/// Executions that tasks of other executions start.
@NullMarked
package io.gradus.service.child;

import org.jspecify.annotations.NullMarked;
