/// A worker that reads images: metadata, tags and thumbnails over HTTP.
@NullMarked
package io.gradus.examples.image;

import org.jspecify.annotations.NullMarked;
