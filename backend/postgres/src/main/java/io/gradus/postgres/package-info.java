/// Starts and owns a PostgreSQL server for one data directory.
@NullMarked
package io.gradus.postgres;

import org.jspecify.annotations.NullMarked;
