/// Generated expressions, evaluated by Gradus and by JSONata's reference implementation.
@NullMarked
package io.gradus.asl.expr.differential;

import org.jspecify.annotations.NullMarked;
