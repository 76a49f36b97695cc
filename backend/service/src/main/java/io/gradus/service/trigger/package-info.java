/// What starts executions by itself: schedules, webhooks and queues.
@NullMarked
package io.gradus.service.trigger;

import org.jspecify.annotations.NullMarked;
