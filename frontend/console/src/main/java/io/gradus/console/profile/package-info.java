/// What people change about themselves.
@NullMarked
package io.gradus.console.profile;

import org.jspecify.annotations.NullMarked;
