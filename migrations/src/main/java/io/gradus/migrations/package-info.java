/// The schema of the database, and the jOOQ classes generated from it.
@NullMarked
package io.gradus.migrations;

import org.jspecify.annotations.NullMarked;
