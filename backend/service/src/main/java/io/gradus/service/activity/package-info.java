/// Activities, and the workers that poll for their tasks.
@NullMarked
package io.gradus.service.activity;

import org.jspecify.annotations.NullMarked;
