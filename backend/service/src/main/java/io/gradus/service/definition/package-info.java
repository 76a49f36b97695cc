/// State machines: making, changing, finding and checking them.
@NullMarked
package io.gradus.service.definition;

import org.jspecify.annotations.NullMarked;
