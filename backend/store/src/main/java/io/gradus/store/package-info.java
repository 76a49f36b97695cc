/// Reads and writes the database: repositories, commit groups, row-level security.
@NullMarked
package io.gradus.store;

import org.jspecify.annotations.NullMarked;
