/// Statistics of executions: wired, and counted once a minute.
@NullMarked
package io.gradus.app.statistics;

import org.jspecify.annotations.NullMarked;
