package io.gradus.console.approvals;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.RouteParam;
import com.vaadin.flow.router.RouteParameters;
import com.vaadin.flow.router.RouterLink;
import io.gradus.console.part.Moments;
import io.gradus.service.approval.Approval;
import java.time.Instant;
import java.util.Map;

/// An approval in the inbox.
final class ApprovalRow extends RouterLink {
  private static final long serialVersionUID = 1L;

  ApprovalRow(
      Approval.Summary approval,
      String account,
      Tab tab,
      String me,
      Map<String, String> names,
      Moments moments) {
    Instant now = Instant.now();
    addClassName("g-appr-row");
    setRoute(
        ApprovalsView.class,
        new RouteParameters(
            new RouteParam("account", account), new RouteParam("id", approval.id())));
    setQueryParameters(
        tab == Tab.MINE ? QueryParameters.empty() : QueryParameters.of("tab", tab.key()));
    var title = new Span(approval.title());
    title.addClassName("g-appr-row-title");
    var from =
        new Span(
            approval.asker() == null
                ? approval.stateMachineName()
                : approval.asker() + " · " + approval.stateMachineName());
    from.addClassNames("g-appr-row-from", "g-ellipsis");
    var foot = new Div(new DueMark(approval, moments, now, false));
    foot.addClassName("g-appr-row-foot");
    foot.add(new Span(progress(approval, me, names)));
    add(title, from, foot);
  }

  private static String progress(Approval.Summary approval, String me, Map<String, String> names) {
    if (approval.status() != Approval.Status.OPEN) {
      return "";
    }
    String claimed = approval.claimedBy();
    if (claimed != null) {
      return claimed.equals(me)
          ? "Taken up by you"
          : "Taken up by " + names.getOrDefault(claimed, claimed);
    }
    return approval.quorum() > 1 ? approval.votes() + " of " + approval.quorum() + " decided" : "";
  }
}
