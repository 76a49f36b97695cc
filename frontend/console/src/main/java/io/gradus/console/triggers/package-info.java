/// What starts executions by itself: schedules, webhooks, queues.
@NullMarked
package io.gradus.console.triggers;

import org.jspecify.annotations.NullMarked;
