package io.gradus.console.approvals;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Header;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.router.RouteParam;
import com.vaadin.flow.router.RouteParameters;
import com.vaadin.flow.router.RouterLink;
import io.gradus.console.part.EmptyState;
import io.gradus.console.part.Glyph;
import io.gradus.console.part.Moments;
import io.gradus.console.part.Notice;
import io.gradus.console.session.Crumb;
import io.gradus.console.session.KeyHint;
import io.gradus.console.session.Links;
import io.gradus.console.session.NothingThere;
import io.gradus.console.session.SignedIn;
import io.gradus.console.session.TenantPage;
import io.gradus.service.Caller;
import io.gradus.service.Page;
import io.gradus.service.Refusal;
import io.gradus.service.Role.Permission;
import io.gradus.service.approval.Approval;
import io.gradus.service.approval.ApprovalPlaces;
import io.gradus.service.approval.ApprovalService;
import io.gradus.service.approval.ApprovalWatch;
import jakarta.annotation.security.PermitAll;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The inbox of what waits for a person, and what was chosen from it.
@Route("t/:account([0-9]{12})/approvals/:id?")
@StyleSheet("gradus-approvals.css")
@PermitAll
public final class ApprovalsView extends TenantPage {
  private static final long serialVersionUID = 1L;
  private static final int PAGE = 50;

  private final transient ApprovalService approvals;
  private final transient ApprovalPlaces places;
  private final transient ApprovalWatch watch;
  private final Inbox inbox = new Inbox(this::showMore);
  private final ApprovalDetail detail = new ApprovalDetail(new Doing());
  private final Div nothing = new Div();
  private final Header phone = new Header();
  private final AtomicBoolean refreshing = new AtomicBoolean();
  private transient @Nullable AutoCloseable watching;
  private transient @Nullable Approval shown;
  private Tab tab = Tab.MINE;
  private @Nullable String id;
  private int limit = PAGE;

  /// Composes the page.
  public ApprovalsView(
      SignedIn signedIn, ApprovalService approvals, ApprovalPlaces places, ApprovalWatch watch) {
    super(signedIn);
    this.places = places;
    this.approvals = approvals;
    this.watch = watch;
    addClassNames("g-page-fixed", "g-appr");
    phone.addClassName("g-appr-phone");
    nothing.addClassName("g-appr-none");
    nothing.add(
        new EmptyState(
            "No approval is open here",
            "Choose one from the list. What is new appears in it by itself."));
    var right = new Div(phone, detail, nothing);
    right.addClassName("g-appr-right");
    add(inbox, right, new Letters("jkard", this::letter));
  }

  @Override
  protected void enter(Caller caller, BeforeEnterEvent event) {
    id = event.getRouteParameters().get("id").orElse(null);
    tab = Tab.of(event.getLocation().getQueryParameters().getSingleParameter("tab").orElse(""));
    setClassName("g-appr-chosen", id != null);
    Approval chosen = id == null ? null : find(caller, id).orElse(null);
    if (id != null && chosen == null) {
      throw new NothingThere(
          "There is no such approval",
          "No approval of this tenant has this address.",
          new Crumb("Approvals", Links.approvals(account())));
    }
    refresh(caller, chosen);
  }

  @Override
  public List<Crumb> crumbs() {
    Approval one = shown;
    return id == null || one == null
        ? List.of(new Crumb("Approvals"))
        : List.of(
            new Crumb("Approvals", Links.approvals(account())), new Crumb(one.summary().title()));
  }

  @Override
  public List<KeyHint> keys() {
    return List.of(
        new KeyHint("J K", "next and previous approval"),
        new KeyHint("A", "approve"),
        new KeyHint("R", "reject"),
        new KeyHint("D", "delegate"),
        new KeyHint("Ctrl Enter", "confirm"));
  }

  @Override
  protected void onAttach(AttachEvent event) {
    super.onAttach(event);
    UI ui = event.getUI();
    watching =
        watch.watch(
            caller(),
            () -> {
              // One refresh at a time is enough, however much happens.
              if (refreshing.compareAndSet(false, true)) {
                var _ = ui.access(this::refreshAnew);
              }
            });
  }

  @Override
  protected void onDetach(DetachEvent event) {
    super.onDetach(event);
    AutoCloseable open = watching;
    watching = null;
    if (open != null) {
      try {
        open.close();
      } catch (Exception e) {
        throw new IllegalStateException("expected to stop watching", e);
      }
    }
  }

  private void refreshAnew() {
    refreshing.set(false);
    Caller caller = caller();
    Approval before = shown;
    Approval now = before == null ? null : find(caller, before.summary().id()).orElse(null);
    if (before != null
        && now != null
        && before.refusal() == null
        && now.summary().status() != Approval.Status.OPEN) {
      Notice.info(now.refusal() + ".");
    }
    refresh(caller, now);
  }

  /// @param chosen what the page shows; null shows the first of the list
  private void refresh(Caller caller, @Nullable Approval chosen) {
    Page<Approval.Summary> page =
        approvals.list(caller, tab.which(), new Page.Request(limit, null));
    Approval one = chosen;
    if (one == null && id == null && !page.items().isEmpty()) {
      one = find(caller, page.items().getFirst().id()).orElse(null);
    }
    shown = one;
    String selected = one == null ? null : one.summary().id();
    Moments moments = Moments.here();
    inbox.show(
        new Inbox.Content(
            account(),
            tab,
            approvals.counts(caller),
            page.items(),
            page.next() != null,
            me(caller),
            approvals.names(caller)),
        selected,
        moments);
    detail.setVisible(one != null);
    nothing.setVisible(one == null);
    if (one != null) {
      detail.show(
          one,
          places.of(caller, one.summary()),
          new ApprovalDetail.Reader(
              account(),
              me(caller),
              caller.allows(Permission.APPROVE),
              caller.allows(Permission.ADMINISTER),
              moments));
    }
    phone(selected);
  }

  private void phone(@Nullable String selected) {
    phone.removeAll();
    var back = new RouterLink();
    back.setRoute(ApprovalsView.class, new RouteParameters("account", account()));
    back.setQueryParameters(query());
    back.add(Glyph.Name.LEFT.glyph(), new Span("Approvals"));
    back.addClassName("g-appr-back");
    phone.add(
        back,
        new Span(inbox.position(selected)),
        step("Previous", Glyph.Name.UP, -1),
        step("Next", Glyph.Name.DOWN, 1));
  }

  private Button step(String label, Glyph.Name glyph, int by) {
    var button = new Button(glyph.glyph(), _ -> go(by));
    button.setAriaLabel(label);
    button.addThemeVariants(ButtonVariant.LUMO_TERTIARY, ButtonVariant.LUMO_ICON);
    button.setEnabled(inbox.next(selected(), by).isPresent());
    return button;
  }

  private void letter(String letter) {
    Approval one = shown;
    switch (letter) {
      case "j" -> go(1);
      case "k" -> go(-1);
      case "a" -> decide(one, Approval.APPROVED);
      case "r" -> decide(one, Approval.REJECTED);
      case "d" -> {
        if (one != null && detail.isAnswerable()) {
          new Doing().delegate();
        }
      }
      default -> throw new IllegalStateException("expected a letter of ours, found " + letter);
    }
  }

  private void decide(@Nullable Approval one, String outcome) {
    if (one != null) {
      detail.decide(one, outcome, true);
    }
  }

  private void go(int by) {
    inbox
        .next(selected(), by)
        .ifPresent(
            next ->
                getUI()
                    .ifPresent(
                        ui ->
                            ui.navigate(
                                ApprovalsView.class,
                                new RouteParameters(
                                    new RouteParam("account", account()),
                                    new RouteParam("id", next.id())),
                                query())));
  }

  private QueryParameters query() {
    return tab == Tab.MINE ? QueryParameters.empty() : QueryParameters.of("tab", tab.key());
  }

  private @Nullable String selected() {
    Approval one = shown;
    return one == null ? null : one.summary().id();
  }

  private void showMore() {
    limit += PAGE;
    refreshAnew();
  }

  private Optional<Approval> find(Caller caller, String wanted) {
    try {
      return Optional.of(approvals.find(caller, wanted));
    } catch (Refusal gone) {
      return Optional.empty();
    }
  }

  private static String me(Caller caller) {
    return caller.principal().startsWith("user/") ? caller.principal().substring(5) : "";
  }

  /// What the reader does about the approval that is shown.
  private final class Doing implements ApprovalDetail.Acts {
    @Override
    public void decide(String outcome, String comment, @Nullable JsonNode form) {
      act(
          (caller, one) -> {
            Approval now =
                approvals.decide(caller, one, new Approval.Answer(outcome, comment, form));
            shown = now;
            Notice.info(Labels.word(outcome) + ": " + now.summary().title());
          });
    }

    @Override
    public void comment(String text) {
      act((caller, one) -> approvals.comment(caller, one, text));
    }

    @Override
    public void claim(boolean take) {
      act(
          (caller, one) -> {
            if (take) {
              approvals.claim(caller, one);
            } else {
              approvals.unclaim(caller, one);
            }
          });
    }

    @Override
    public void delegate() {
      String one = selected();
      if (one != null) {
        Map<String, String> people = approvals.delegates(caller(), one);
        new DelegateDialog(
                people,
                (to, note) -> act((caller, wanted) -> approvals.delegate(caller, wanted, to, note)))
            .open();
      }
    }

    @Override
    public Map<String, String> faults(JsonNode form) {
      String one = selected();
      return one == null ? Map.of() : approvals.faults(caller(), one, form);
    }

    private void act(Act act) {
      String one = selected();
      if (one == null) {
        return;
      }
      Caller caller = caller();
      try {
        act.on(caller, one);
      } catch (Refusal refusal) {
        Notice.error(refusal.forPeople() + ".");
      }
      refresh(caller, find(caller, one).orElse(null));
    }
  }

  private interface Act {
    void on(Caller caller, String approval);
  }
}
