/// What people and keys changed, for the audit log.
@NullMarked
package io.gradus.service.audit;

import org.jspecify.annotations.NullMarked;
