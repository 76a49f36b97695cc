/// A running node: load, decide, commit, act; timers, leases, recovery, fairness.
@NullMarked
package io.gradus.runtime;

import org.jspecify.annotations.NullMarked;
