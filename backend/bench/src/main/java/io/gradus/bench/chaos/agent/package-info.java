/// What is put before a node's classes in a chaos run, and only there: a wall clock that can be
/// set, and faults for the checker to see. No node has it that was not started with `-javaagent`
/// and a jar that the chaos run makes for itself.
@NullMarked
package io.gradus.bench.chaos.agent;

import org.jspecify.annotations.NullMarked;
