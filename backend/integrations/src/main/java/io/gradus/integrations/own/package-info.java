/// What the integrations of our own have in common: how their arguments are read.
@NullMarked
package io.gradus.integrations.own;

import org.jspecify.annotations.NullMarked;
