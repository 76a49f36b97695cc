/// What was logged of executions, and how sending it on goes.
@NullMarked
package io.gradus.console.logs;

import org.jspecify.annotations.NullMarked;
