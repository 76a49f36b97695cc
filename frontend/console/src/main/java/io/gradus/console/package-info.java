/// The console: what people see and do in the browser.
@NullMarked
package io.gradus.console;

import org.jspecify.annotations.NullMarked;
