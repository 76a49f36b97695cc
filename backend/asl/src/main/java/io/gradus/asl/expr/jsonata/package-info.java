@NullMarked
package io.gradus.asl.expr.jsonata;

import org.jspecify.annotations.NullMarked;
