/// Decides what an execution does next: state, commands, events, effects.
@NullMarked
package io.gradus.engine;

import org.jspecify.annotations.NullMarked;
