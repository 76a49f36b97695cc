/// Jobs of other services that tasks wait for: kept, looked at from time to time, and stopped when
/// their task is over without them.
@NullMarked
package io.gradus.service.job;

import org.jspecify.annotations.NullMarked;
