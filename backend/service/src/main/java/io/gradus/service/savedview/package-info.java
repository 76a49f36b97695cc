/// Lists of executions that people gave a name to, for themselves or for everyone in the tenant.
@NullMarked
package io.gradus.service.savedview;

import org.jspecify.annotations.NullMarked;
