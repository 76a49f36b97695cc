/// Video on demand on this machine: what encodes, what stands in for AWS, and what sets it all up.
@NullMarked
package io.gradus.example.vod;

import org.jspecify.annotations.NullMarked;
