/// The Amazon States Language: model, parser, validator, expressions, graph.
@NullMarked
package io.gradus.asl;

import org.jspecify.annotations.NullMarked;
