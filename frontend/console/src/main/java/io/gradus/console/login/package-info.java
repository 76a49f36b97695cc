/// The door.
@NullMarked
package io.gradus.console.login;

import org.jspecify.annotations.NullMarked;
