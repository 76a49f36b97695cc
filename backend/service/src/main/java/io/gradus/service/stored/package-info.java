/// The records that use cases work on, kept in the store.
@NullMarked
package io.gradus.service.stored;

import org.jspecify.annotations.NullMarked;
