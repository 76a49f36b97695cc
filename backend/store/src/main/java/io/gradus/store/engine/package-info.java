/// What a running node reads and claims for many tenants at once, in constant SQL over the engine's
/// connections. The commits themselves are in [io.gradus.store.commit].
@NullMarked
package io.gradus.store.engine;

import org.jspecify.annotations.NullMarked;
