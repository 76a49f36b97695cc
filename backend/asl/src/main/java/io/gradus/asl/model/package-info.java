@NullMarked
package io.gradus.asl.model;

import org.jspecify.annotations.NullMarked;
