/// Map Runs as people look at them: their children page by page, how fast they go, what failed.
@NullMarked
package io.gradus.service.maprun;

import org.jspecify.annotations.NullMarked;
