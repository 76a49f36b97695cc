/// The named connections by which a tenant's tasks reach other systems, with their secrets.
@NullMarked
package io.gradus.service.connection;

import org.jspecify.annotations.NullMarked;
