/// The connections by which tasks reach other systems.
@NullMarked
package io.gradus.console.connections;

import org.jspecify.annotations.NullMarked;
