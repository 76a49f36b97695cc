/// The names of things, as AWS spells them.
@NullMarked
package io.gradus.service.arn;

import org.jspecify.annotations.NullMarked;
