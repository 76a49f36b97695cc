/// What a run recorded, and whether it proves the engine wrong. Reads files, starts nothing.
@NullMarked
package io.gradus.bench.chaos.check;

import org.jspecify.annotations.NullMarked;
