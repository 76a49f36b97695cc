package io.gradus.runtime;

import io.gradus.engine.port.ItemReader;
import io.gradus.engine.port.ResultWriter;
import org.jspecify.annotations.Nullable;

/// Where distributed Maps read items from and write results to.
///
/// @param reader null where nothing is to be read: a Map that wants to then fails
/// @param writer null where nothing is to be written: likewise
public record MapPorts(@Nullable ItemReader reader, @Nullable ResultWriter writer) {
  public static final MapPorts NONE = new MapPorts(null, null);
}
