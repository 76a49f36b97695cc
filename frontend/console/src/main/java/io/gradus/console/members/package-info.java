/// The people of a tenant, their roles and groups.
@NullMarked
package io.gradus.console.members;

import org.jspecify.annotations.NullMarked;
