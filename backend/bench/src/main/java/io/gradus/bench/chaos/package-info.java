/// Faults under load, and the check that nothing was lost and nothing happened twice.
@NullMarked
package io.gradus.bench.chaos;

import org.jspecify.annotations.NullMarked;
