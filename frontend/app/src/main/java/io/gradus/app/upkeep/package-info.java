/// What has to be done now and then.
@NullMarked
package io.gradus.app.upkeep;

import org.jspecify.annotations.NullMarked;
