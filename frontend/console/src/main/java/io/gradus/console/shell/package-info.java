/// What every page of the console stands in.
@NullMarked
package io.gradus.console.shell;

import org.jspecify.annotations.NullMarked;
