/// Access keys: made, rotated and revoked.
@NullMarked
package io.gradus.console.access;

import org.jspecify.annotations.NullMarked;
