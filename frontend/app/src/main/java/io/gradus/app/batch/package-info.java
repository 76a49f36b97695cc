/// Batches of executions: wired, and worked on where executions are moved.
@NullMarked
package io.gradus.app.batch;

import org.jspecify.annotations.NullMarked;
