@NullMarked
package io.gradus.asl.parse;

import org.jspecify.annotations.NullMarked;
