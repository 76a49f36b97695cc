/// Database time on this node, and the two Quartz schedulers that fire every timer.
@NullMarked
package io.gradus.runtime.time;

import org.jspecify.annotations.NullMarked;
