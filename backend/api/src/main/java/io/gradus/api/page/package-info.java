/// Page tokens that nobody but us can make.
@NullMarked
package io.gradus.api.page;

import org.jspecify.annotations.NullMarked;
