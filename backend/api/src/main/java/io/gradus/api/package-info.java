/// The Step Functions API and the management API.
@NullMarked
package io.gradus.api;

import org.jspecify.annotations.NullMarked;
