/// Access keys.
@NullMarked
package io.gradus.service.access;

import org.jspecify.annotations.NullMarked;
