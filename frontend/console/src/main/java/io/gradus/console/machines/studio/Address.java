package io.gradus.console.machines.studio;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.router.Location;
import com.vaadin.flow.router.QueryParameters;
import java.io.Serializable;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The address in the browser, which says what is selected: reloading or sharing it shows the same.
/// Changing it is no navigation, and no step back.
public final class Address implements Serializable {
  private static final long serialVersionUID = 1L;

  private final TreeMap<String, String> query = new TreeMap<>();
  private @Nullable String path;

  /// The page is entered at this path; until then nothing is written.
  public void begin(String entered) {
    path = entered;
  }

  /// Says it there; null says it no more.
  public void put(Component page, String key, @Nullable String value) {
    String before = value == null ? query.remove(key) : query.put(key, value);
    String here = path;
    boolean same = value == null ? before == null : value.equals(before);
    if (here != null && !same) {
      page.getUI().ifPresent(this::write);
    }
  }

  /// Says there what was put, and nothing else that it was entered with.
  void write(UI ui) {
    ui.getPage()
        .getHistory()
        .replaceState(
            null, new Location(Objects.requireNonNull(path), QueryParameters.simple(query)));
  }
}
