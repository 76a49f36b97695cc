@NullMarked
package io.gradus.asl.validate;

import org.jspecify.annotations.NullMarked;
