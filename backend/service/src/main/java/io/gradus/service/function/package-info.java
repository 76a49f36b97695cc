/// The tenant's registered functions.
@NullMarked
package io.gradus.service.function;

import org.jspecify.annotations.NullMarked;
