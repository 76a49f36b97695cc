/// Executions: starting, stopping, finding them, and what happened in them.
@NullMarked
package io.gradus.service.execution;

import org.jspecify.annotations.NullMarked;
