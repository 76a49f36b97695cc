/// What happens once when a node starts: the first tenant, its first login, and the word that it is
/// up.
@NullMarked
package io.gradus.app.start;

import org.jspecify.annotations.NullMarked;
