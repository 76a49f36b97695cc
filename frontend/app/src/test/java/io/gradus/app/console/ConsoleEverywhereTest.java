package io.gradus.app.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.vaadin.flow.router.RouteData;
import com.vaadin.flow.server.VaadinServletContext;
import com.vaadin.flow.server.startup.ApplicationRouteRegistry;
import io.gradus.service.approval.Approval;
import jakarta.servlet.ServletContext;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// What must hold on every page that there is: axe finds nothing against it, light or dark, wide or
/// narrow; and what a person wrote is text, whatever it looks like.
@ConsoleTest
class ConsoleEverywhereTest {
  /// Each would set `fired`, or leave an element with `data-evil` behind, where it is taken for
  /// markup or for a script. A state's name has 80 characters at most.
  private static final List<String> EVIL =
      List.of(
          "<img src=x data-evil onerror=\"window.fired=1\">",
          "\"><svg data-evil onload=\"window.fired=1\">",
          "'><script data-evil>window.fired=1</script>",
          "</script><script data-evil>window.fired=1</script>",
          "</textarea><img src=x data-evil onerror=window.fired=1>",
          "</title><img src=x data-evil onerror=window.fired=1>",
          "--><img src=x data-evil onerror=window.fired=1>",
          "]]><img src=x data-evil onerror=window.fired=1>",
          "<iframe data-evil srcdoc='<script>parent.fired=1</script>'>",
          "<details data-evil open ontoggle=window.fired=1>",
          "<input data-evil autofocus onfocus=window.fired=1>",
          "<a data-evil href='javascript:window.fired=1'>x</a>",
          "<svg><animate data-evil onbegin=window.fired=1 attributeName=x dur=1s>",
          "<svg><a data-evil xlink:href='javascript:window.fired=1'><text>x</text></a>",
          "<svg><style data-evil>*{background:url(x)}</style></svg>",
          "<object data-evil data='javascript:window.fired=1'>",
          "<math><mi data-evil xlink:href='javascript:window.fired=1'>x</mi></math>",
          "<noscript><p title='</noscript><img src=x data-evil onerror=window.fired=1>'>",
          "<template shadowrootmode=open><img src=x data-evil onerror=window.fired=1>",
          "<vaadin-button data-evil onclick=window.fired=1 autofocus>x</vaadin-button>",
          "&lt;img src=x data-evil onerror=window.fired=1&gt;",
          "&#60;img src=x data-evil onerror=window.fired=1&#62;",
          "\\u003cimg src=x data-evil onerror=window.fired=1\\u003e",
          "javascript:window.fired=1",
          "data:text/html,<script>window.fired=1</script>",
          "${window.fired=1}",
          "{{constructor.constructor('window.fired=1')()}}",
          "[[window.fired=1]]",
          "';window.fired=1;//");

  private static final String EVERYWHERE =
      """
      () => {
        const roots = [document];
        const found = [];
        for (let i = 0; i < roots.length; i++) {
          for (const element of roots[i].querySelectorAll('*')) {
            if (element.shadowRoot) roots.push(element.shadowRoot);
            const leads = ['href', 'xlink:href', 'src', 'action'].map(name => element.getAttribute(name) ?? '');
            if (element.hasAttribute('data-evil') || leads.some(to => /^\\s*(javascript|data:text)/i.test(to))) {
              found.push(element.outerHTML.slice(0, 200));
            }
          }
        }
        return found;
      }\
      """;

  /// Instead of a button: the first row of a list.
  private static final String PICK = "";

  private static final int[] WIDTHS = {1440, 390};

  /// What was found against what one test looked at.
  private static final List<String> AGAINST = new ArrayList<>();

  /// The page that all addresses are opened in, one after another: each loads a document anew.
  private static @Nullable Page browser;

  private static @Nullable FullTenant made;

  private final ConsoleFixture console;

  ConsoleEverywhereTest(ConsoleFixture console) {
    this.console = console;
  }

  /// A page for each route of the application, and for each thing that one shows: a route that is
  /// not known here fails.
  @TestFactory
  Stream<DynamicTest> everyPage() {
    FullTenant tenant = tenant();
    Map<String, List<String>> known = addresses(tenant);
    return routes().stream()
        .map(
            route ->
                DynamicTest.dynamicTest(
                    route.isEmpty() ? "the root" : route,
                    () -> {
                      assertThat(known).as("where the route's pages are").containsKey(route);
                      look(tenant, known.getOrDefault(route, List.of()));
                    }));
  }

  private void look(FullTenant tenant, List<String> addresses) {
    Page page = page(tenant);
    for (String address : addresses) {
      console.open(page, address);
      nothingFired(page, address);
      // Another tab of the inspector changes nothing around it.
      hear(page, address.contains("&tab=") ? ".g-inspector" : "html");
      if (address.equals(addresses.getFirst())) {
        hearOtherColours(page);
      }
      nothingFired(page, address);
    }
    assertThat(AGAINST).isEmpty();
  }

  /// Each dialog, with what a person presses to get to it.
  @TestFactory
  Stream<DynamicTest> everyDialog() {
    FullTenant tenant = tenant();
    String in = "/t/" + tenant.account();
    String machine = in + "/state-machines/" + FullTenant.MACHINE;
    String run = in + "/executions/" + FullTenant.MACHINE + "/" + FullTenant.RUN;
    String approval = in + "/approvals/" + tenant.open().getFirst().id();
    String ofFirst = in + "/executions?name=" + encoded(EVIL.getFirst());
    return Stream.of(
        dialog(tenant, "keys", in, "Keys"),
        dialog(tenant, "palette", in, "Search or go to, Ctrl K"),
        dialog(tenant, "add member", in + "/members", "Add member…"),
        dialog(tenant, "edit member", in + "/members", "Edit p0-" + tenant.account()),
        dialog(tenant, "new password", in + "/members", "New password p0-" + tenant.account()),
        dialog(tenant, "remove member", in + "/members", "Remove p0-" + tenant.account()),
        dialog(
            tenant,
            "test of a state",
            machine + "?view=graph&state=" + encoded(EVIL.getFirst()),
            "Test state…"),
        dialog(tenant, "publish version", machine + "/versions", "Publish version…"),
        dialog(tenant, "create alias", machine + "/versions", "Create alias…"),
        dialog(tenant, "definition of a version", machine + "/versions", "Definition version 1"),
        dialog(tenant, "create key", in + "/access-keys", "Create access key…"),
        dialog(tenant, "register function", in + "/functions", "Register function…"),
        dialog(tenant, "test function", in + "/functions", "Test f-0"),
        dialog(tenant, "delete function", in + "/functions", "Delete f-0"),
        dialog(tenant, "new connection", in + "/connections", "New connection…"),
        dialog(tenant, "edit connection", in + "/connections", "Edit c-0"),
        dialog(tenant, "delete connection", in + "/connections", "Delete c-0"),
        dialog(tenant, "create trigger", in + "/triggers", "Create trigger…"),
        dialog(tenant, "edit trigger", in + "/triggers", "Edit hook"),
        dialog(tenant, "delete trigger", in + "/triggers", "Delete hook"),
        dialog(tenant, "renew secret", in + "/triggers/hook", "Renew secret…"),
        dialog(tenant, "create tenant", "/tenants", "Create tenant…"),
        dialog(tenant, "suspend tenant", "/tenants", "Suspend " + tenant.account()),
        dialog(tenant, "start from the list", in + "/executions", "Start execution…"),
        dialog(tenant, "save view", in + "/executions?name=any", "Save view…"),
        dialog(tenant, "rename view", ofFirst, "Change view ", "Rename…"),
        dialog(tenant, "delete view", ofFirst, "Change view ", "Delete…"),
        dialog(tenant, "stop many", in + "/executions?machine=asks", PICK, "Stop…"),
        dialog(tenant, "again", run, "New with this input"),
        dialog(tenant, "compare", run, "Compare with…"),
        dialog(tenant, "redrive", run, "Redrive…"),
        dialog(tenant, "limits of a Map Run", tenant.mapRunAddress(FullTenant.RUN), "Edit limits…"),
        dialog(tenant, "redrive a Map Run", tenant.mapRunAddress("broken"), "Redrive…"),
        dialog(tenant, "fork", run + "?state=" + encoded(EVIL.getFirst()), "Fork from here…"),
        dialog(tenant, "stop", in + "/executions/asks/ask-1", "Stop…"),
        dialog(tenant, "start from the studio", machine, "Run…"),
        dialog(tenant, "settings", machine, "More", "Settings…"),
        dialog(tenant, "import", in + "/state-machines", "Import…"),
        dialog(tenant, "new test case", machine + "/test-cases", "New test case…"),
        dialog(tenant, "edit test case", machine + "/test-cases", "Edit…"),
        dialog(tenant, "delete test case", machine + "/test-cases", "Delete…"),
        dialog(tenant, "import test cases", machine + "/test-cases", "Import…"),
        dialog(
            tenant,
            "test case of an execution",
            machine + "/test-cases?execution=" + FullTenant.RUN),
        dialog(tenant, "revoke key", in + "/access-keys", "Revoke "),
        dialog(tenant, "reject", approval, "Reject…"),
        dialog(tenant, "delegate", approval, "More", "Delegate…"));
  }

  private DynamicTest dialog(FullTenant tenant, String name, String address, String... presses) {
    return DynamicTest.dynamicTest(
        name,
        () -> {
          Page page = page(tenant);
          console.open(page, address);
          for (String press : presses) {
            if (press.equals(PICK)) {
              page.getByRole(AriaRole.CHECKBOX).first().check();
              continue;
            }
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(press))
                .or(page.getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName(press)))
                .first()
                .click();
          }
          // The dialog itself is a frame without a size of its own.
          assertThat(
                  page.locator("vaadin-dialog[opened] :is(vaadin-button, input):visible").first())
              .isVisible();
          // What is under it is looked at as a page.
          hear(page, "vaadin-dialog[opened]");
          nothingFired(page, address);
          assertThat(AGAINST).isEmpty();
        });
  }

  private Page page(FullTenant tenant) {
    Page page = browser;
    if (page == null) {
      page = console.page(tenant.admin(), WIDTHS[0], 900, false);
      browser = page;
      page.onDialog(
          dialog -> {
            AGAINST.add("a dialog on " + dialog.page().url());
            dialog.dismiss();
          });
    }
    AGAINST.clear();
    return page;
  }

  @AfterAll
  static void close() {
    if (browser != null) {
      browser.close();
      browser = null;
    }
  }

  /// What axe has against a part of the page as it stands, wide and light, and narrow and dark.
  private void hear(Page page, String part) {
    for (int width : WIDTHS) {
      ColorScheme scheme = width == WIDTHS[0] ? ColorScheme.LIGHT : ColorScheme.DARK;
      show(page, width, scheme);
      console
          .findings(page, part)
          .forEach(found -> AGAINST.add(width + " " + scheme + ": " + found));
    }
    show(page, WIDTHS[0], ColorScheme.LIGHT);
  }

  /// What axe has against the page's colours where it is wide and dark, and narrow and light.
  private void hearOtherColours(Page page) {
    for (int width : WIDTHS) {
      ColorScheme scheme = width == WIDTHS[0] ? ColorScheme.DARK : ColorScheme.LIGHT;
      show(page, width, scheme);
      console
          .findingsOfColours(page, "html")
          .forEach(found -> AGAINST.add(width + " " + scheme + ": " + found));
    }
    show(page, WIDTHS[0], ColorScheme.LIGHT);
  }

  private static void show(Page page, int width, ColorScheme scheme) {
    page.setViewportSize(width, 900);
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
    assertThat(page.locator("html[theme=dark]")).hasCount(scheme == ColorScheme.DARK ? 1 : 0);
  }

  private void nothingFired(Page page, String address) {
    if (page.evaluate("window.fired") != null) {
      AGAINST.add("fired on " + address);
    }
    @SuppressWarnings("unchecked")
    List<String> markup = (List<String>) page.evaluate(EVERYWHERE);
    markup.forEach(element -> AGAINST.add("markup on " + address + ": " + element));
  }

  private FullTenant tenant() {
    FullTenant known = made;
    if (known == null) {
      known = FullTenant.of(console, EVIL);
      made = known;
    }
    return known;
  }

  @Test
  void noPageIsMissed() {
    assertThat(routes()).contains("", "login", "/state-machines/:name", "/approvals/:id?");
  }

  /// The templates of the application's routes; those of a tenant without its part of them.
  private List<String> routes() {
    var context = new VaadinServletContext(console.part(ServletContext.class));
    return ApplicationRouteRegistry.getInstance(context).getRegisteredRoutes().stream()
        .map(RouteData::getTemplate)
        .map(template -> template.replace("t/:account([0-9]{12})", ""))
        .distinct()
        .sorted()
        .toList();
  }

  private Map<String, List<String>> addresses(FullTenant tenant) {
    String in = "/t/" + tenant.account();
    String machine = in + "/state-machines/" + FullTenant.MACHINE;
    String run = in + "/executions/" + FullTenant.MACHINE + "/" + FullTenant.RUN;
    List<String> approvals = new ArrayList<>(List.of(in + "/approvals", in + "/approvals?tab=all"));
    List<Approval.Summary> open = tenant.open();
    approvals.add(in + "/approvals/" + open.getFirst().id());
    approvals.add(in + "/approvals?tab=done");
    List<String> execution = new ArrayList<>(List.of(run));
    for (String tab : List.of("input", "output", "error", "definition", "attempts", "events")) {
      execution.add(run + "?state=" + encoded(EVIL.getFirst()) + "&tab=" + tab);
    }
    execution.add(run + "?state=The%20end&tab=error");
    execution.add(run + "?pane=events&event=4");
    execution.add(in + "/executions/asks/ask-1");
    execution.add(run + "?at=3");
    String maps = in + "/executions/" + FullTenant.MAPS + "/" + FullTenant.RUN;
    execution.add(maps + "?pane=map-runs");
    execution.add(maps + "?state=" + encoded(EVIL.getFirst()) + "&tab=children");
    execution.add(in + "/executions/asks/no-such");
    return Map.ofEntries(
        Map.entry("", List.of("/", in, in + "/nowhere", "/nowhere")),
        Map.entry("login", List.of("/login")),
        Map.entry("profile", List.of("/profile")),
        Map.entry("tenants", List.of("/tenants")),
        Map.entry("/state-machines", List.of(in + "/state-machines")),
        Map.entry("/state-machines/:name", List.of(machine, in + "/state-machines/asks")),
        Map.entry("/state-machines/:name/revisions", List.of(machine + "/revisions")),
        Map.entry(
            "/state-machines/:name/versions",
            List.of(machine + "/versions", in + "/state-machines/asks/versions")),
        Map.entry(
            "/state-machines/:name/test-cases",
            List.of(
                machine + "/test-cases",
                in + "/state-machines/echo/test-cases",
                in + "/state-machines/asks/test-cases")),
        Map.entry("/create", List.of(in + "/create", in + "/create?template=order-saga")),
        Map.entry(
            "/executions",
            List.of(
                in + "/executions",
                in + "/executions?name=" + encoded(EVIL.getFirst()),
                in + "/executions?error=" + encoded(EVIL.getFirst() + EVIL.get(1)))),
        Map.entry(
            "/dashboard",
            List.of(
                in + "/dashboard?range=1h",
                in + "/dashboard?range=1h&machine=" + FullTenant.MACHINE,
                in + "/dashboard?machine=" + encoded(EVIL.getFirst()))),
        Map.entry("/batches", List.of(in + "/batches")),
        Map.entry(
            "/batches/:batch",
            List.of(
                tenant.batchAddress(),
                tenant.batchAddress() + "?outcome=done",
                in + "/batches/none")),
        Map.entry("/executions/:machine/:name", execution),
        Map.entry(
            "/executions/:machine/:name/map-runs/:run",
            List.of(
                tenant.mapRunAddress(FullTenant.RUN),
                tenant.mapRunAddress(FullTenant.RUN) + "?q=nothing",
                in + "/executions/" + FullTenant.MAPS + "/broken/map-runs/none")),
        Map.entry(
            "/executions/:machine/:name/compare/:otherMachine/:otherName",
            List.of(
                run + "/compare/asks/ask-1",
                run + "/compare/" + FullTenant.MAPS + "/broken?state=" + encoded(EVIL.getFirst()),
                run + "/compare/asks/none")),
        Map.entry("/approvals/:id?", approvals),
        Map.entry("/templates", List.of(in + "/templates")),
        Map.entry("/templates/:template", List.of(in + "/templates/eight-states")),
        Map.entry("/functions", List.of(in + "/functions")),
        Map.entry("/integrations", List.of(in + "/integrations", in + "/integrations?q=none")),
        Map.entry(
            "/integrations/:service",
            List.of(in + "/integrations/dynamodb?action=putItem", in + "/integrations/sql")),
        Map.entry("/connections", List.of(in + "/connections")),
        Map.entry("/triggers", List.of(in + "/triggers")),
        Map.entry(
            "/triggers/:name",
            List.of(
                in + "/triggers/hook",
                in + "/triggers/schedule",
                in + "/triggers/queue",
                in + "/triggers/none")),
        Map.entry("/access-keys", List.of(in + "/access-keys")),
        Map.entry("/members", List.of(in + "/members")),
        Map.entry("/limits", List.of(in + "/limits")),
        Map.entry("/logs", List.of(in + "/logs", in + "/logs?text=" + encoded(EVIL.getFirst()))),
        Map.entry("/audit", List.of(in + "/audit", in + "/audit?who=" + encoded(EVIL.getFirst()))));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
