/// Jobs of AWS services: what a `.sync` task begins, looks at until it has ended, and stops when
/// the task is over without it.
@NullMarked
package io.gradus.integrations.aws.job;

import org.jspecify.annotations.NullMarked;
