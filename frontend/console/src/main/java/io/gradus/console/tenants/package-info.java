/// The tenants, for who runs the platform.
@NullMarked
package io.gradus.console.tenants;

import org.jspecify.annotations.NullMarked;
