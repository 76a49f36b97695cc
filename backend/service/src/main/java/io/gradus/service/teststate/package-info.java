/// One state tried on its own, with its services or with given results.
@NullMarked
package io.gradus.service.teststate;

import org.jspecify.annotations.NullMarked;
