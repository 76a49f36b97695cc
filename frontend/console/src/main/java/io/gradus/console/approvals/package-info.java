/// What waits for a person: the inbox, the question, and the answer.
@NullMarked
package io.gradus.console.approvals;

import org.jspecify.annotations.NullMarked;
