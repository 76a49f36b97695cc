/// Tasks that a polling worker does.
@NullMarked
package io.gradus.integrations.activity;

import org.jspecify.annotations.NullMarked;
