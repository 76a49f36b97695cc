/// Who did what, and whether the log is as it was written.
@NullMarked
package io.gradus.console.audit;

import org.jspecify.annotations.NullMarked;
