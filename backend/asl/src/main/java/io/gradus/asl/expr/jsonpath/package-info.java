@NullMarked
package io.gradus.asl.expr.jsonpath;

import org.jspecify.annotations.NullMarked;
