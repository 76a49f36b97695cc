/// Machines to begin with: definitions of our own that run at once on mocks.
@NullMarked
package io.gradus.service.template;

import org.jspecify.annotations.NullMarked;
