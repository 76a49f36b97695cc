/// State machines that are taken over from AWS.
@NullMarked
package io.gradus.service.pull;

import org.jspecify.annotations.NullMarked;
