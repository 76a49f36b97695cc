/// Small pieces that pages are composed of.
@NullMarked
package io.gradus.console.part;

import org.jspecify.annotations.NullMarked;
