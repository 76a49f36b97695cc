package io.gradus.api.operation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The operations that are offered, by name.
public final class Operations {
  private final Map<String, Operation<?, ?>> byName;

  /// Offers these operations.
  public Operations(List<Operation<?, ?>> offered) {
    Map<String, Operation<?, ?>> names = new LinkedHashMap<>();
    for (Operation<?, ?> operation : offered) {
      if (names.put(operation.name(), operation) != null) {
        throw new IllegalArgumentException("expected one operation named " + operation.name());
      }
    }
    this.byName = Map.copyOf(names);
  }

  /// The operation of that name.
  public Optional<Operation<?, ?>> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /// Every name that is offered.
  public Set<String> names() {
    return byName.keySet();
  }
}
