@NullMarked
package io.gradus.asl.expr;

import org.jspecify.annotations.NullMarked;
