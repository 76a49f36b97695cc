/// Tries the chart without a cluster.
@NullMarked
package io.gradus.helm;

import org.jspecify.annotations.NullMarked;
