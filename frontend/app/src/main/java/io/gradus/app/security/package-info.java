/// Who may open which door of the one port.
@NullMarked
package io.gradus.app.security;

import org.jspecify.annotations.NullMarked;
