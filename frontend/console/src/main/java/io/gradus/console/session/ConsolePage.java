package io.gradus.console.session;

import java.util.List;

/// What the frame asks of a page.
public interface ConsolePage {
  /// The way to this page, itself last; read after each navigation.
  List<Crumb> crumbs();

  /// The keys that the page listens to besides those of the whole console.
  default List<KeyHint> keys() {
    return List.of();
  }

  /// Whether the navigation stands aside as a narrow rail, because the page needs the room.
  default boolean usesRail() {
    return false;
  }

  /// The title of the browser's tab.
  default String title() {
    StringBuilder title = new StringBuilder();
    crumbs().reversed().forEach(crumb -> title.append(crumb.text()).append(" · "));
    return title.append("Gradus").toString();
  }
}
