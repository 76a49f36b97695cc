package io.gradus.console.approvals;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Footer;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Nav;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.dom.Element;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.RouteParam;
import com.vaadin.flow.router.RouteParameters;
import com.vaadin.flow.router.RouterLink;
import io.gradus.console.part.Moments;
import io.gradus.service.approval.Approval;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The list of what waits, in its parts.
final class Inbox extends Section {
  private static final long serialVersionUID = 1L;

  private final Nav tabs = new Nav();
  private final Div rows = new Div();
  private final Button more = new Button("Show more");
  private transient List<Approval.Summary> shown = new ArrayList<>();

  /// What the inbox shows.
  ///
  /// @param more whether there are more than these
  /// @param me the reader's login
  record Content(
      String account,
      Tab tab,
      Approval.Counts counts,
      List<Approval.Summary> items,
      boolean more,
      String me,
      Map<String, String> names) {}

  /// @param showMore asked for when the reader wants more than there is
  Inbox(Runnable showMore) {
    addClassName("g-appr-inbox");
    getElement().setAttribute("aria-label", "Inbox");
    tabs.addClassName("g-appr-tabs");
    tabs.getElement().setAttribute("aria-label", "Parts of the inbox");
    rows.addClassName("g-appr-rows");
    more.addThemeVariants(ButtonVariant.LUMO_TERTIARY);
    more.addClickListener(_ -> showMore.run());
    add(new H1("Approvals"), tabs, rows, keys());
  }

  void show(Content content, @Nullable String selected, Moments moments) {
    shown = content.items();
    tabs.removeAll();
    for (Tab tab : Tab.values()) {
      tabs.add(link(content, tab));
    }
    rows.removeAll();
    for (Approval.Summary item : content.items()) {
      var row =
          new ApprovalRow(
              item, content.account(), content.tab(), content.me(), content.names(), moments);
      if (item.id().equals(selected)) {
        row.getElement().setAttribute("aria-current", "true");
      }
      rows.add(row);
    }
    if (content.items().isEmpty()) {
      rows.add(empty(content.tab()));
    }
    if (content.more()) {
      rows.add(more);
    }
  }

  /// The approval `by` places further on than the selected one, or the first.
  Optional<Approval.Summary> next(@Nullable String selected, int by) {
    int at = place(selected);
    int to = at < 0 ? 0 : at + by;
    return to >= 0 && to < shown.size() ? Optional.of(shown.get(to)) : Optional.empty();
  }

  /// "2 of 6", empty where the approval is not in the list.
  String position(@Nullable String selected) {
    int at = place(selected);
    return at < 0 ? "" : at + 1 + " of " + shown.size();
  }

  private int place(@Nullable String id) {
    for (int i = 0; i < shown.size(); i++) {
      if (shown.get(i).id().equals(id)) {
        return i;
      }
    }
    return -1;
  }

  private static RouterLink link(Content content, Tab tab) {
    var link = new RouterLink();
    link.setRoute(
        ApprovalsView.class, new RouteParameters(new RouteParam("account", content.account())));
    link.setQueryParameters(
        tab == Tab.MINE ? QueryParameters.empty() : QueryParameters.of("tab", tab.key()));
    link.add(new Span(tab.text()));
    String count = tab.count(content.counts());
    if (!count.isEmpty()) {
      var number = new Span(count);
      number.addClassName("g-appr-number");
      link.add(number);
    }
    if (tab == content.tab()) {
      link.getElement().setAttribute("aria-current", "page");
    }
    return link;
  }

  private static Div empty(Tab tab) {
    var title =
        new Span(
            switch (tab) {
              case MINE -> "Nothing waits for you";
              case GROUPS -> "Nothing waits for your groups";
              case ALL -> "Nothing waits for anyone";
              case DONE -> "Nothing was decided yet";
            });
    title.addClassName("g-appr-row-title");
    var empty =
        new Div(
            title,
            new Paragraph(
                switch (tab) {
                  case MINE ->
                      "When an execution asks you or one of your groups, the question appears here by"
                          + " itself.";
                  case GROUPS -> "An administrator puts people into groups, under Members.";
                  case ALL ->
                      "State machines ask people with a Task of the resource approval:request.";
                  case DONE -> "What was approved, rejected or withdrawn is kept here.";
                }));
    empty.addClassName("g-appr-nothing");
    return empty;
  }

  private static Footer keys() {
    var footer = new Footer(hint("next", "J", "K"), hint("approve", "A"), hint("reject", "R"));
    footer.addClassName("g-appr-keys");
    return footer;
  }

  private static Span hint(String what, String... keys) {
    var hint = new Span();
    for (String key : keys) {
      Element kbd = new Element("kbd");
      kbd.setText(key);
      hint.getElement().appendChild(kbd);
      hint.getElement().appendChild(Element.createText(" "));
    }
    hint.getElement().appendChild(Element.createText(what));
    return hint;
  }
}
