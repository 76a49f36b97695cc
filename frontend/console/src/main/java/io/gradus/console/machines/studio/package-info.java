/// The place where a definition is written: code, graph and faults, which are one thing.
@NullMarked
package io.gradus.console.machines.studio;

import org.jspecify.annotations.NullMarked;
