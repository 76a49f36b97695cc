/// The dashboard: how executions went over a time, in figures, of a tenant or one state machine.
@NullMarked
package io.gradus.console.dashboard;

import org.jspecify.annotations.NullMarked;
