/// Task tokens, answered by workers from outside.
@NullMarked
package io.gradus.service.task;

import org.jspecify.annotations.NullMarked;
