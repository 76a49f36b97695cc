/// Programs of others that speak AWS's APIs, each in a process of its own that does not outlive
/// this one.
@NullMarked
package io.gradus.peers;

import org.jspecify.annotations.NullMarked;
