/// Executions: started, found, watched and looked into.
@NullMarked
package io.gradus.console.executions;

import org.jspecify.annotations.NullMarked;
