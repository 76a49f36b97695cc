/// The use cases over the store and the engine.
@NullMarked
package io.gradus.app.usecases;

import org.jspecify.annotations.NullMarked;
