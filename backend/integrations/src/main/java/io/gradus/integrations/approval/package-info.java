/// Tasks that a person decides.
@NullMarked
package io.gradus.integrations.approval;

import org.jspecify.annotations.NullMarked;
