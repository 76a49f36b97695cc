/// Workloads that measure a running Gradus, and what its ground can do.
@NullMarked
package io.gradus.bench;

import org.jspecify.annotations.NullMarked;
