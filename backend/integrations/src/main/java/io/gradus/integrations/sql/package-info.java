/// `sql:query`: statements on a tenant's databases, their values never part of their text.
@NullMarked
package io.gradus.integrations.sql;

import org.jspecify.annotations.NullMarked;
