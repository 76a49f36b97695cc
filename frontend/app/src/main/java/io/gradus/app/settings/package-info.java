/// What an operator can set: `GRADUS_*` in the environment, `gradus.*` as properties.
/// docs/settings.md lists them.
@NullMarked
package io.gradus.app.settings;

import org.jspecify.annotations.NullMarked;
