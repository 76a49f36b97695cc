@NullMarked
package io.gradus.asl.graph;

import org.jspecify.annotations.NullMarked;
