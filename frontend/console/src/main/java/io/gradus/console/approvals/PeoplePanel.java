package io.gradus.console.approvals;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.OrderedList;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import io.gradus.console.part.Moments;
import io.gradus.console.part.Status;
import io.gradus.console.part.StatusMark;
import io.gradus.service.approval.Approval;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// Who has decided, who still can, and what happened.
final class PeoplePanel extends Section {
  private static final long serialVersionUID = 1L;
  private static final int MAX_CANDIDATES = 12;

  PeoplePanel() {
    addClassName("g-appr-people");
    getElement().setAttribute("aria-label", "People and history");
  }

  /// @param me the reader's login
  void show(Approval approval, String me, Moments moments) {
    removeAll();
    Instant now = Instant.now();
    boolean open = approval.summary().status() == Approval.Status.OPEN;
    if (open || !approval.votes().isEmpty()) {
      progress(approval);
    }
    approval.votes().forEach(vote -> add(voted(vote, me, moments, now)));
    if (open) {
      waiting(approval, me);
    }
    add(new H2("History"), history(approval, me, moments, now));
  }

  private void progress(Approval approval) {
    Approval.Summary summary = approval.summary();
    int quorum = summary.quorum();
    long approvals =
        approval.votes().stream().filter(v -> !v.outcome().equals(Approval.REJECTED)).count();
    var box = new Div();
    box.addClassName("g-appr-progress");
    box.add(
        new H2(
            quorum == 1
                ? summary.status() == Approval.Status.OPEN ? "One decision is needed" : "Decision"
                : approvals + " of " + quorum + " approvals"));
    if (quorum > 1) {
      var note = new Paragraph("One rejection ends the request.");
      note.addClassName("g-secondary");
      var bar = new Div();
      bar.addClassName("g-appr-bar");
      bar.getElement().setAttribute("aria-hidden", "true");
      for (int i = 0; i < Math.min(quorum, 12); i++) {
        var part = new Span();
        part.setClassName("g-appr-bar-done", i < approvals);
        bar.add(part);
      }
      box.add(note, bar);
    }
    add(box);
  }

  private static Component voted(Approval.Vote vote, String me, Moments moments, Instant now) {
    boolean rejected = vote.outcome().equals(Approval.REJECTED);
    var mark =
        new StatusMark(rejected ? Status.FAILED : Status.SUCCEEDED, Labels.word(vote.outcome()));
    var at = new Span(DueMark.day(vote.at(), moments.zone(), now));
    at.addClassName("g-tertiary");
    at.setTitle(moments.full(vote.at()));
    var line = new Div(mark, at);
    line.addClassName("g-appr-person-line");
    Div person = person(vote.login().equals(me) ? "You" : vote.displayName(), vote.displayName());
    Div words = (Div) person.getComponentAt(1);
    words.add(line);
    if (vote.comment() != null) {
      var said = new Paragraph("“" + vote.comment() + "”");
      said.addClassName("g-appr-said");
      words.add(said);
    }
    return person;
  }

  private void waiting(Approval approval, String me) {
    List<String> left =
        approval.candidates().stream()
            .filter(login -> approval.votes().stream().noneMatch(v -> v.login().equals(login)))
            .sorted((a, b) -> Boolean.compare(!a.equals(me), !b.equals(me)))
            .toList();
    Map<String, String> names = approval.names();
    for (String login : left.subList(0, Math.min(left.size(), MAX_CANDIDATES))) {
      boolean mine = login.equals(me);
      String name = names.getOrDefault(login, login);
      Div person = person(mine ? "You" : name, name);
      boolean claimed = login.equals(approval.summary().claimedBy());
      Status status = mine && approval.refusal() == null ? Status.PERSON : Status.NOT_REACHED;
      ((Div) person.getComponentAt(1))
          .add(
              new StatusMark(
                  status,
                  mine
                      ? claimed ? "You have taken this up" : "Waiting for you"
                      : claimed ? "Has taken this up" : "Can decide"));
      add(person);
    }
    if (left.size() > MAX_CANDIDATES) {
      var rest = new Paragraph("and " + (left.size() - MAX_CANDIDATES) + " more people");
      rest.addClassName("g-secondary");
      add(rest);
    }
    if (!approval.missing().isEmpty()) {
      var missing = new Paragraph("Not here: " + String.join(", ", approval.missing()));
      missing.addClassName("g-secondary");
      add(missing);
    }
  }

  private static Div person(String name, String initialsOf) {
    var letters = new Span(Labels.initials(initialsOf));
    letters.addClassName("g-appr-avatar");
    letters.getElement().setAttribute("aria-hidden", "true");
    var title = new Span(name);
    title.addClassName("g-appr-name");
    var words = new Div(title);
    words.addClassName("g-grow");
    var person = new Div(letters, words);
    person.addClassName("g-appr-person");
    return person;
  }

  private static OrderedList history(Approval approval, String me, Moments moments, Instant now) {
    var list = new OrderedList();
    list.addClassName("g-appr-history");
    for (Approval.Event event : approval.events()) {
      var at = new Span(moments.brief(event.at(), now));
      at.addClassName("g-appr-history-at");
      at.setTitle(moments.full(event.at()));
      var item = new ListItem(at, new Span(sentence(approval, event, me)));
      if (event.note() != null && event.kind() == Approval.EventKind.COMMENTED) {
        var said = new Paragraph("“" + event.note() + "”");
        said.addClassName("g-appr-said");
        item.add(said);
      }
      list.add(item);
    }
    return list;
  }

  private static String sentence(Approval approval, Approval.Event event, String me) {
    String login = event.who() == null ? "" : event.who();
    String who = login.equals(me) ? "you" : approval.names().getOrDefault(login, login);
    return switch (event.kind()) {
      case OPENED ->
          approval.summary().asker() == null ? "Asked" : "Asked by " + approval.summary().asker();
      case CLAIMED -> "Taken up by " + who;
      case UNCLAIMED -> "Given back by " + who;
      case COMMENTED -> "Comment by " + who;
      case VOTED, DECIDED -> outcome(approval, login) + " by " + who;
      case WITHDRAWN -> "Withdrawn. " + (event.note() == null ? "" : event.note());
      case OVERDUE -> "Overdue: nobody decided in time";
      case DELEGATED -> delegated(approval, event, who);
    };
  }

  private static String outcome(Approval approval, String login) {
    return approval.votes().stream()
        .filter(vote -> vote.login().equals(login))
        .findFirst()
        .map(vote -> Labels.word(vote.outcome()))
        .orElse("Decided");
  }

  private static String delegated(Approval approval, Approval.Event event, String who) {
    String[] lines = String.valueOf(event.note()).split("\n", 2);
    String to = approval.names().getOrDefault(lines[0], lines[0]);
    return "Delegated to " + to + " by " + who + (lines.length > 1 ? ": “" + lines[1] + "”" : "");
  }
}
