/// Who looks at a page, for which tenant, and where pages are.
@NullMarked
package io.gradus.console.session;

import org.jspecify.annotations.NullMarked;
