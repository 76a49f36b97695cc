/// What a history says, folded into what people look at: visits of states, attempts, waits. Pure.
@NullMarked
package io.gradus.service.execution.view;

import org.jspecify.annotations.NullMarked;
