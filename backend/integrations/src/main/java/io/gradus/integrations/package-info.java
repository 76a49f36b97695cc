/// What a Task can call, a package for each kind of resource.
@NullMarked
package io.gradus.integrations;

import org.jspecify.annotations.NullMarked;
