/// What an installation needs before anyone can use it.
@NullMarked
package io.gradus.service.setup;

import org.jspecify.annotations.NullMarked;
