/// Secrets at rest.
@NullMarked
package io.gradus.service.secret;

import org.jspecify.annotations.NullMarked;
