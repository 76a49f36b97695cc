package io.gradus.console.approvals;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.contextmenu.MenuItem;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Footer;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Header;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.menubar.MenuBar;
import com.vaadin.flow.component.menubar.MenuBarVariant;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.data.value.ValueChangeMode;
import io.gradus.console.part.Copy;
import io.gradus.console.part.Glyph;
import io.gradus.console.part.Moments;
import io.gradus.console.part.Notice;
import io.gradus.console.session.Links;
import io.gradus.service.approval.Approval;
import io.gradus.service.approval.ApprovalPlace;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// One approval: the question, what it is about, and the answer.
final class ApprovalDetail extends Section {
  private static final long serialVersionUID = 1L;

  private final transient Acts acts;
  private final Header head = new Header();
  private final Div state = new Div();
  private final Div body = new Div();
  private final PeoplePanel people = new PeoplePanel();
  private final PlaceStrip place = new PlaceStrip();
  private final Footer actions = new Footer();
  private final TextArea comment = new TextArea("Comment (required to reject)");
  private @Nullable AnswerForm form;
  private @Nullable String shownId;
  private boolean answerable;

  /// What can be done about an approval.
  interface Acts {
    void decide(String outcome, String comment, @Nullable JsonNode form);

    void comment(String text);

    void claim(boolean take);

    void delegate();

    /// What is wrong with a form, by field.
    Map<String, String> faults(JsonNode form);
  }

  /// Who looks.
  ///
  /// @param me their login
  /// @param approves whether they have the permission to approve
  /// @param administers whether they may put before others what they could not decide
  record Reader(
      String account, String me, boolean approves, boolean administers, Moments moments) {}

  ApprovalDetail(Acts acts) {
    this.acts = acts;
    addClassName("g-appr-detail");
    getElement().setAttribute("aria-label", "Approval");
    head.addClassName("g-appr-head");
    state.addClassName("g-appr-state");
    state.getElement().setAttribute("role", "status");
    body.addClassName("g-appr-body");
    actions.addClassName("g-appr-actions");
    comment.addClassName("g-appr-comment");
    comment.setMinRows(2);
    comment.setMaxLength(DecideDialog.MAX_COMMENT);
    comment.setManualValidation(true);
    comment.setValueChangeMode(ValueChangeMode.ON_BLUR);
    var columns = new Div(body, people);
    columns.addClassName("g-appr-columns");
    var scroll = new Div(head, state, columns, place);
    scroll.addClassName("g-appr-scroll");
    add(scroll, actions);
  }

  /// Shows an approval; what was filled in stays where it is the same one.
  void show(Approval approval, ApprovalPlace where, Reader reader) {
    boolean same = approval.summary().id().equals(shownId);
    boolean canAnswer = approval.refusal() == null;
    head(approval, reader);
    state(approval);
    people.show(approval, reader.me(), reader.moments());
    place.show(approval, where, reader.account());
    if (!same || canAnswer != answerable) {
      shownId = approval.summary().id();
      answerable = canAnswer;
      if (!same) {
        comment.clear();
      }
      comment.setInvalid(false);
      body(approval, canAnswer, reader);
    }
    actions(approval, canAnswer, reader);
  }

  /// Whether the reader can decide what is shown.
  boolean isAnswerable() {
    return answerable;
  }

  /// Decides, after one more question where `ask` says so or a comment is missing.
  void decide(Approval approval, String outcome, boolean ask) {
    if (!answerable) {
      return;
    }
    boolean rejects = outcome.equals(Approval.REJECTED);
    AnswerForm filled = form;
    JsonNode answer = filled == null || rejects ? null : filled.value();
    if (filled != null && answer != null) {
      Map<String, String> faults = acts.faults(answer);
      Optional<String> other = filled.show(faults);
      if (!faults.isEmpty()) {
        other.ifPresent(Notice::error);
        return;
      }
    }
    if (ask || rejects) {
      new DecideDialog(
              approval.summary().title(),
              outcome,
              comment.getValue(),
              said -> acts.decide(outcome, said, answer))
          .open();
    } else {
      acts.decide(outcome, comment.getValue(), answer);
    }
  }

  private void head(Approval approval, Reader reader) {
    Approval.Summary summary = approval.summary();
    Instant now = Instant.now();
    var line = new Div(new DueMark(summary, reader.moments(), now, true));
    line.addClassName("g-appr-head-line");
    if (summary.claimedBy() != null && summary.status() == Approval.Status.OPEN) {
      String login = summary.claimedBy();
      var claimed =
          new Span(
              "Taken up by "
                  + (login.equals(reader.me())
                      ? "you"
                      : approval.names().getOrDefault(login, login)));
      claimed.addClassName("g-appr-chip");
      line.add(claimed);
    }
    var link = Copy.link(Links.approval(reader.account(), summary.id()), "link");
    link.addClassName("g-appr-link");
    line.add(link);
    var title = new H1(summary.title());
    var meta = new Paragraph();
    meta.addClassName("g-appr-meta");
    if (summary.asker() != null) {
      var asker = new Span(summary.asker());
      asker.addClassName("g-appr-asker");
      meta.add(new Span("Asked by "), asker, new Span(" "));
    } else {
      meta.add(new Span("Asked "));
    }
    meta.add(
        new Span(DueMark.day(summary.openedAt(), reader.moments().zone(), now) + ", in "),
        anchor(
            summary.stateMachineName(),
            Links.stateMachine(reader.account(), summary.stateMachineName())),
        new Span(", execution "),
        anchor(
            summary.executionName(),
            Links.execution(
                reader.account(), summary.stateMachineName(), summary.executionName())));
    head.removeAll();
    head.add(line, title, meta);
  }

  private static Anchor anchor(String text, String href) {
    var anchor = new Anchor(href, text);
    anchor.getElement().setAttribute("router-link", true);
    return anchor;
  }

  private void state(Approval approval) {
    state.removeAll();
    boolean open = approval.summary().status() == Approval.Status.OPEN;
    String refusal = approval.refusal();
    if (refusal != null) {
      var sentence = new Paragraph(refusal + ".");
      sentence.addClassName(open ? "g-appr-note" : "g-appr-over");
      state.add(sentence);
    }
    if (approval.stuck() != null) {
      var sentence =
          new Paragraph(approval.stuck() + ". An administrator can delegate it to somebody else.");
      sentence.addClassName("g-appr-stuck");
      state.add(sentence);
    }
  }

  private void body(Approval approval, boolean canAnswer, Reader reader) {
    body.removeAll();
    if (approval.description() != null) {
      var text = new Paragraph(approval.description());
      text.addClassName("g-appr-description");
      body.add(text);
    }
    if (approval.context() != null) {
      body.add(new H2("What you decide on"), new ContextList(approval.context()));
    }
    form = null;
    boolean open = approval.summary().status() == Approval.Status.OPEN;
    if (canAnswer) {
      body.add(new H2("Your answer"));
      if (!approval.form().isEmpty()) {
        form = new AnswerForm(approval.form());
        body.add(form);
      }
      comment.setLabel("Comment (required to reject)");
      body.add(comment);
    } else if (open && reader.approves()) {
      comment.setLabel("Comment");
      body.add(comment);
    }
  }

  private void actions(Approval approval, boolean canAnswer, Reader reader) {
    actions.removeAll();
    boolean open = approval.summary().status() == Approval.Status.OPEN;
    actions.setVisible(open && (reader.approves() || reader.administers()));
    if (!actions.isVisible()) {
      return;
    }
    if (canAnswer) {
      actions.add(button(approval, Approval.APPROVED, Glyph.Name.CHECK, true));
      for (String outcome : approval.outcomes()) {
        actions.add(button(approval, outcome, null, false));
      }
      Button reject = button(approval, Approval.REJECTED, Glyph.Name.CLOSE, false);
      reject.setText("Reject…");
      reject.addClassName("g-appr-reject");
      actions.add(reject);
    } else if (reader.approves()) {
      actions.add(new Button("Add comment", _ -> say()));
    }
    MenuBar more = more(approval, canAnswer, reader);
    if (more.getItems().stream().anyMatch(item -> !item.getSubMenu().getItems().isEmpty())) {
      actions.add(more);
    }
    var note = new Span("Recorded with your name in the audit log");
    note.addClassName("g-appr-recorded");
    actions.add(note);
  }

  private Button button(
      Approval approval, String outcome, Glyph.@Nullable Name glyph, boolean primary) {
    var button = new Button(Labels.verb(outcome), _ -> decide(approval, outcome, false));
    if (glyph != null) {
      button.setIcon(glyph.glyph());
    }
    if (primary) {
      button.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    }
    button.addClassName("g-appr-decide");
    button.setDisableOnClick(false);
    return button;
  }

  private MenuBar more(Approval approval, boolean canAnswer, Reader reader) {
    var menu = new MenuBar();
    menu.addThemeVariants(MenuBarVariant.LUMO_ICON, MenuBarVariant.LUMO_TERTIARY);
    menu.addClassName("g-appr-more");
    MenuItem items = menu.addItem(Glyph.Name.MORE.glyph());
    items.setAriaLabel("More");
    var sub = items.getSubMenu();
    if (canAnswer) {
      sub.addItem("Comment without deciding", _ -> say());
    }
    String claimed = approval.summary().claimedBy();
    if (canAnswer && claimed == null) {
      sub.addItem("Take it up", _ -> acts.claim(true));
    }
    if (claimed != null && (claimed.equals(reader.me()) || reader.administers())) {
      sub.addItem("Give it back", _ -> acts.claim(false));
    }
    if (canAnswer || reader.administers()) {
      sub.addItem("Delegate…", _ -> acts.delegate());
    }
    return menu;
  }

  private void say() {
    String text = comment.getValue();
    if (text.isBlank()) {
      comment.setErrorMessage("Write the comment here first");
      comment.setInvalid(true);
      comment.focus();
      return;
    }
    comment.setInvalid(false);
    comment.clear();
    acts.comment(text);
  }
}
