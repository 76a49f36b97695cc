/// A running node: it loads, decides, commits, acts; holds its lease and takes over from the dead.
@NullMarked
package io.gradus.runtime.node;

import org.jspecify.annotations.NullMarked;
