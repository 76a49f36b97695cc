/// Whether AWS's limits hold, and for whom they do not.
@NullMarked
package io.gradus.service.limit;

import org.jspecify.annotations.NullMarked;
