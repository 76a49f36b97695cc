/// Definitions and payloads as text for people: JSON laid out, and YAML as another way to write it.
@NullMarked
package io.gradus.asl.text;

import org.jspecify.annotations.NullMarked;
