/// Many executions that are stopped or redriven by one request: asked for, worked on beside the
/// engine, and looked at.
@NullMarked
package io.gradus.service.batch;

import org.jspecify.annotations.NullMarked;
