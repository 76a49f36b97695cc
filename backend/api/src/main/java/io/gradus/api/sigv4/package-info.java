/// Verifies AWS Signature Version 4 on requests that reach Gradus.
@NullMarked
package io.gradus.api.sigv4;

import org.jspecify.annotations.NullMarked;
