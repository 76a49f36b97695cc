/// Starts and owns a PostgreSQL server for one data directory: the database of a Gradus that was
/// given none.
@NullMarked
package io.gradus.postgres;

import org.jspecify.annotations.NullMarked;
