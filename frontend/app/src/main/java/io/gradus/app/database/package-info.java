/// The database behind this node: found or started, migrated, and pooled by role.
@NullMarked
package io.gradus.app.database;

import org.jspecify.annotations.NullMarked;
