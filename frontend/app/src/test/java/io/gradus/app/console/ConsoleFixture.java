package io.gradus.app.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.FormData;
import com.microsoft.playwright.options.RequestOptions;
import io.gradus.app.RoundRobin;
import io.gradus.app.RunningGradus;
import io.gradus.app.start.FirstLogin;
import io.gradus.engine.TenantId;
import io.gradus.postgres.RunningPostgres;
import io.gradus.service.Caller;
import io.gradus.service.Role;
import io.gradus.service.people.SignIn;
import io.gradus.store.Tenants;
import io.gradus.store.Users;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.apache.catalina.Context;
import org.apache.catalina.Session;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.util.FileSystemUtils;

/// A running Gradus and a browser in front of it, shared by all tests of the console. A test that
/// must not see what others made works in a tenant of its own: see [#newTenant].
public final class ConsoleFixture implements AutoCloseable {
  private static final String PASSWORD = "a password of eighteen";
  private static final Path SCREENSHOTS = Path.of("target", "screenshots");

  /// This machine, by an address that tenants may call, which is not the one of everything else on
  /// it.
  private static final String CALLED = "127.0.0.2";

  private static final double PATIENCE_MILLIS = 20_000;

  /// How long a press or a fill may take.
  static final double ACTION_MILLIS = 40_000;

  private final Path data;
  private final RunningGradus gradus;
  private final RoundRobin called;
  private final Playwright playwright;
  private final Browser browser;
  private final Windows windows;
  private final String axe;
  private final String passwordHash;
  private final Map<Login, List<Cookie>> sessions = new ConcurrentHashMap<>();

  /// Somebody who can log in.
  public record Login(String login, String password) {
    /// The name it is audited under.
    public String principal() {
      return "user/" + login;
    }
  }

  private ConsoleFixture(Path data) {
    this.data = data;
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
    gradus = RunningGradus.start(data, "--gradus.egress.allow=" + CALLED + "/32");
    called = called();
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(chromium())
                    .setArgs(
                        List.of(
                            "--headless",
                            "--no-sandbox",
                            "--disable-gpu",
                            "--disable-quic",
                            "--no-first-run",
                            "--disable-background-networking",
                            "--disable-component-update",
                            "--disable-sync")));
    windows = new Windows(browser, address());
    axe = axeSource();
    passwordHash = part(PasswordEncoder.class).encode(PASSWORD);
  }

  /// The one without windows around its pages, where it is there: it is faster.
  private static Path chromium() {
    Path shell = Path.of("/usr/bin/chromium-headless-shell");
    return Files.isExecutable(shell) ? shell : Path.of("/usr/bin/chromium");
  }

  static ConsoleFixture start() {
    try {
      return new ConsoleFixture(Files.createTempDirectory("gradus-console"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Where the console is, such as `http://127.0.0.1:40123`.
  public String address() {
    return gradus.address();
  }

  /// Where the tenants' tasks and connections reach this server.
  public String calledAddress() {
    return called.address();
  }

  private RoundRobin called() {
    try {
      return new RoundRobin(
          List.of(URI.create(gradus.address()).getPort()), InetAddress.ofLiteral(CALLED));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The account of the first tenant.
  public String account() {
    return gradus.firstLogin().account();
  }

  /// What the first start made.
  FirstLogin firstLogin() {
    return gradus.firstLogin();
  }

  /// The first tenant's administrator, who is the platform operator too.
  public Login admin() {
    return new Login(gradus.firstLogin().login(), gradus.firstLogin().password());
  }

  /// One of the server's parts, such as a service.
  public <T> T part(Class<T> type) {
    return gradus.part(type);
  }

  /// Another node on the same database, in this process; whoever starts it closes it.
  RunningGradus anotherNode(Path ownData) {
    return RunningGradus.start(ownData, anotherNode("another"));
  }

  /// The arguments of another node on the same database.
  public String[] anotherNode(String name) {
    RunningPostgres postgres = part(RunningPostgres.class);
    try {
      return new String[] {
        "--gradus.node-name=" + name,
        "--gradus.master-key=" + Files.readString(data.resolve("master.key")).strip(),
        "--gradus.database.url=" + postgres.jdbcUrl(),
        "--gradus.database.username=" + postgres.superuser(),
        "--gradus.database.password=" + postgres.password()
      };
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Ends every session that the server has, as time would.
  void endSessions() {
    var server = (TomcatWebServer) gradus.webServer();
    for (var child : server.getTomcat().getHost().findChildren()) {
      for (Session session : ((Context) child).getManager().findSessions()) {
        session.expire();
      }
    }
    sessions.clear();
  }

  /// A new tenant that nobody else's test knows.
  ///
  /// @return its account
  public String newTenant(String name) {
    String account =
        String.format(
            "%012d", 100_000_000_000L + Math.floorMod(UUID.randomUUID().hashCode(), 1 << 30));
    var tenant =
        new Tenants.Tenant(
            new TenantId(UUID.randomUUID()), account, name, true, true, Instant.now());
    assertThat(part(Tenants.class).create(tenant)).as("a new account").isTrue();
    return account;
  }

  /// A new person with these roles in the first tenant.
  public Login as(Role... roles) {
    return as(account(), roles);
  }

  /// A new person with these roles in that tenant.
  public Login as(String account, Role... roles) {
    String name = "p-" + UUID.randomUUID().toString().substring(0, 8);
    return person(name, name, account, roles);
  }

  /// A new person of that login and name, with these roles in that tenant.
  public Login person(String login, String displayName, String account, Role... roles) {
    return person(login, displayName, false, account, roles);
  }

  /// A new person who runs the platform, too.
  public Login operator(String login, String displayName, String account, Role... roles) {
    return person(login, displayName, true, account, roles);
  }

  private Login person(
      String login, String displayName, boolean operator, String account, Role... roles) {
    var user =
        new Users.User(
            UUID.randomUUID(),
            login,
            displayName,
            login + "@example.org",
            passwordHash,
            operator,
            true,
            Instant.now());
    assertThat(part(Users.class).create(user)).as("a new login").isTrue();
    Login made = new Login(login, PASSWORD);
    setRoles(made, account, roles);
    return made;
  }

  /// Gives a person these roles in that tenant and no others; none at all ends the membership.
  public void setRoles(Login login, String account, Role... roles) {
    TenantId tenant = part(Tenants.class).findByAccount(account).orElseThrow().id();
    UUID user = part(Users.class).findByLogin(login.login()).orElseThrow().id();
    Set<String> names = Arrays.stream(roles).map(Role::wireName).collect(Collectors.toSet());
    part(Users.class).setRoles(tenant, user, names);
  }

  /// For whom that person speaks in that tenant, to prepare what a test looks at.
  public Caller caller(Login login, String account) {
    UUID id = part(Users.class).findByLogin(login.login()).orElseThrow().id();
    return part(SignIn.class).find(id).orElseThrow().callers().stream()
        .filter(caller -> caller.account().equals(account))
        .findFirst()
        .orElseThrow();
  }

  /// A page for somebody who is logged in, at the console's root.
  public Page page(Login login, int width, int height, boolean dark) {
    Page page = windows.open(new Windows.Look(width, height, dark));
    letIn(page, login);
    page.navigate(address() + "/");
    if (page.url().endsWith("/login")) { // the session was ended
      sessions.remove(login);
      letIn(page, login);
      page.navigate(address() + "/");
    }
    page.waitForURL(address() + "/t/**");
    // A key that is pressed before the page stands is nobody's.
    ready(page);
    return page;
  }

  /// A page in a browser that has nothing yet but that person's session, at no address.
  public Page emptyBrowser(Login login, int width, int height) {
    Page page = visitor(width, height, false);
    letIn(page, login);
    return page;
  }

  /// Gives the page's browser a session of that person's, without the form.
  private void letIn(Page page, Login login) {
    List<Cookie> session = sessions.get(login);
    if (session != null) {
      page.context().addCookies(session);
      return;
    }
    APIResponse answer =
        page.request()
            .post(
                address() + "/login",
                RequestOptions.create()
                    .setForm(
                        FormData.create()
                            .set("username", login.login())
                            .set("password", login.password()))
                    .setMaxRedirects(0));
    assertThat(answer.headers().get("location"))
        .as("where a login leads to")
        .doesNotContain("/login");
    sessions.put(login, page.context().cookies());
  }

  /// A page for nobody yet.
  public Page visitor(int width, int height, boolean dark) {
    return visitor(options(new Windows.Look(width, height, dark)));
  }

  /// A phone's page for nobody yet: it is touched, and has no mouse.
  public Page phone() {
    return visitor(options(new Windows.Look(390, 844, false)).setHasTouch(true).setIsMobile(true));
  }

  static Browser.NewContextOptions options(Windows.Look look) {
    return new Browser.NewContextOptions()
        .setViewportSize(look.width(), look.height())
        .setColorScheme(look.dark() ? ColorScheme.DARK : ColorScheme.LIGHT)
        .setTimezoneId("Europe/Helsinki")
        .setLocale("en-GB");
  }

  private Page visitor(Browser.NewContextOptions options) {
    BrowserContext context = browser.newContext(options);
    context.setDefaultTimeout(ACTION_MILLIS);
    Page page = context.newPage();
    page.onClose(_ -> context.close());
    return page;
  }

  /// Fills in and sends the login form that the page shows.
  public void logIn(Page page, Login login) {
    page.locator("input[name=username]").fill(login.login());
    page.locator("input[name=password]").fill(login.password());
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Log in")).click();
  }

  /// Asserts that axe-core finds nothing against the page as it stands.
  public void axe(Page page) {
    axe(page, "html");
  }

  /// Asserts that axe-core finds nothing against what a CSS selector names.
  public void axe(Page page, String part) {
    assertThat(findings(page, part)).as("axe on " + page.url()).isEmpty();
  }

  /// What axe-core finds against what a CSS selector names.
  public List<String> findings(Page page, String part) {
    return findings(page, part, Map.of());
  }

  /// What axe-core finds against the page's colours, which are all that a theme changes.
  public List<String> findingsOfColours(Page page, String part) {
    return findings(page, part, Map.of("runOnly", List.of("color-contrast")));
  }

  private List<String> findings(Page page, String part, Map<String, Object> options) {
    settle(page);
    if (page.evaluate("window.axe === undefined").equals(true)) {
      page.evaluate(axe);
    }
    @SuppressWarnings("unchecked")
    List<String> found =
        (List<String>)
            page.evaluate(
                """
                async ([part, options]) => (await axe.run(part, {resultTypes: ['violations'], ...options})).violations
                  .flatMap(v => v.nodes.map(n => `${location.pathname}${location.search} ${v.id} (${v.impact}): `
                    + `${n.target.flat().join(' ')} - ${n.failureSummary}`))
                """,
                List.of(part, options));
    return found;
  }

  /// Opens a page by its address within the console, and waits until the server has nothing to add.
  public void open(Page page, String address) {
    page.navigate(address() + address);
    ready(page);
  }

  /// Goes back as somebody does who sees the page: a page that was reached a moment ago is not
  /// wholly there before it is drawn, and until then its router takes the step for its own.
  void back(Page page) {
    ready(page);
    page.evaluate(
        "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
    page.goBack();
  }

  private static void ready(Page page) {
    PlaywrightAssertions.assertThat(page.locator("main").first()).isVisible();
    page.waitForFunction(
        "!window.Vaadin.Flow?.clients || Object.values(window.Vaadin.Flow.clients)"
            + ".every(client => !client.isActive || !client.isActive())");
  }

  /// Waits until it holds, for twenty seconds at most.
  public void await(BooleanSupplier condition, String what) {
    long until = System.nanoTime() + (long) (PATIENCE_MILLIS * 1_000_000);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > until) {
        throw new AssertionError("expected " + what + " within " + PATIENCE_MILLIS + " ms");
      }
      LockSupport.parkNanos(20_000_000);
    }
  }

  /// Waits until nothing on the page is on its way in or out: what is half faded in has neither its
  /// colours nor its place. What moves for good (the arc of a running state) is left to move.
  public void settle(Page page) {
    page.waitForFunction(
        """
        () => {
          const roots = [document];
          for (let i = 0; i < roots.length; i++) {
            for (const element of roots[i].querySelectorAll('*')) {
              if (element.shadowRoot) roots.push(element.shadowRoot);
            }
          }
          return roots.flatMap(root => root.getAnimations()).every(animation =>
            animation.playState !== 'running' || animation.effect.getComputedTiming().endTime === Infinity);
        }\
        """);
  }

  /// Keeps a picture of the page in `target/screenshots`.
  public void screenshot(Page page, String name) {
    settle(page);
    page.screenshot(new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve(name + ".png")));
  }

  /// The server comes first: its database outlives a process that ends before it was stopped, which
  /// a browser does not.
  @Override
  public void close() {
    gradus.close();
    try {
      called.close();
      FileSystemUtils.deleteRecursively(data);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    browser.close();
    playwright.close();
  }

  private static String axeSource() {
    try (InputStream script = ConsoleFixture.class.getResourceAsStream("/axe.min.js")) {
      return new String(script.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
