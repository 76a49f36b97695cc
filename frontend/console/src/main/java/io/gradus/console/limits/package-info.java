/// The page on which a tenant's limits are switched.
@NullMarked
package io.gradus.console.limits;

import org.jspecify.annotations.NullMarked;
