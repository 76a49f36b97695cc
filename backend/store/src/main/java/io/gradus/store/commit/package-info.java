@NullMarked
package io.gradus.store.commit;

import org.jspecify.annotations.NullMarked;
