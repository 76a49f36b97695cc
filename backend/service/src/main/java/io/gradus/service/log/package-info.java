/// Logs of executions: written into the tenant's own log, sent to log groups of CloudWatch Logs,
/// and read.
@NullMarked
package io.gradus.service.log;

import org.jspecify.annotations.NullMarked;
