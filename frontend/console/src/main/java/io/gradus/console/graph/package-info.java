/// A state machine as a picture: live, walked by mouse and keyboard, and small on cards.
@NullMarked
package io.gradus.console.graph;

import org.jspecify.annotations.NullMarked;
