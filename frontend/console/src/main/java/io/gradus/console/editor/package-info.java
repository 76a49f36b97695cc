/// Code and payloads in the browser: the editor, what differs between two texts, and JSON to read.
@NullMarked
package io.gradus.console.editor;

import org.jspecify.annotations.NullMarked;
