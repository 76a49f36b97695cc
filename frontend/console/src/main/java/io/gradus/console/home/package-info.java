/// The first page after the door.
@NullMarked
package io.gradus.console.home;

import org.jspecify.annotations.NullMarked;
