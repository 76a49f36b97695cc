/// The gallery of templates, and each of them from near.
@NullMarked
package io.gradus.console.templates;

import org.jspecify.annotations.NullMarked;
