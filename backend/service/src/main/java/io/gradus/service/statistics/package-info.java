/// How a tenant's executions went over a time, in figures.
@NullMarked
package io.gradus.service.statistics;

import org.jspecify.annotations.NullMarked;
