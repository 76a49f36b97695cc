/// The pure engine in a simulated world: nodes, clients, workers and a database that is a model,
/// under one seed. Nothing here waits, and every run can be had again.
@NullMarked
package io.gradus.bench.chaos.simulation;

import org.jspecify.annotations.NullMarked;
