/// Tags on state machines and activities.
@NullMarked
package io.gradus.service.tag;

import org.jspecify.annotations.NullMarked;
