/// Given results in place of calls.
@NullMarked
package io.gradus.integrations.mock;

import org.jspecify.annotations.NullMarked;
