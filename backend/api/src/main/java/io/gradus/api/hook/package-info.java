/// Webhooks: requests of other programs that start executions.
@NullMarked
package io.gradus.api.hook;

import org.jspecify.annotations.NullMarked;
