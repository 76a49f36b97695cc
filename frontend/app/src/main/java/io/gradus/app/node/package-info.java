/// The running node and what its tasks can call.
@NullMarked
package io.gradus.app.node;

import org.jspecify.annotations.NullMarked;
