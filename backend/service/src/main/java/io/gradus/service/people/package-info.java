/// Who signs in, and for whom they then speak.
@NullMarked
package io.gradus.service.people;

import org.jspecify.annotations.NullMarked;
