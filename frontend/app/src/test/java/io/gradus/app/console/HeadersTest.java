package io.gradus.app.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.gradus.service.Role;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What answers tell a browser not to do.
@ConsoleTest
class HeadersTest {
  private static final Pattern NONCE = Pattern.compile("'nonce-([A-Za-z0-9+/=]{24})'");

  private final HttpClient client = HttpClient.newHttpClient();
  private final ConsoleFixture console;

  HeadersTest(ConsoleFixture console) {
    this.console = console;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/login",
        "/gradus.css",
        "/gradus-theme.js",
        "/",
        "/api/v1/x",
        "/hooks/x/y",
        "/nowhere"
      })
  void everyAnswerForbidsFramesSniffingAndForeignBases(String path) throws Exception {
    HttpResponse<String> answer = get(path);

    assertThat(header(answer, "Content-Security-Policy"))
        .contains("frame-ancestors 'none'", "object-src 'none'", "base-uri '", "form-action 'self'")
        .startsWith("default-src 'self'");
    assertThat(header(answer, "X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(header(answer, "X-Frame-Options")).isEqualTo("DENY");
    assertThat(header(answer, "Referrer-Policy")).isEqualTo("same-origin");
    assertThat(header(answer, "Permissions-Policy")).contains("camera=()", "geolocation=()");
    assertThat(answer.headers().allValues("Content-Security-Policy")).hasSize(1);
    assertThat(answer.headers().firstValue("Strict-Transport-Security"))
        .as("only under TLS")
        .isEmpty();
  }

  @Test
  void aPageRunsNoInlineScriptButItsOwnByANonceThatIsNeverTheSame() throws Exception {
    Set<String> nonces = new HashSet<>();
    for (int time = 0; time < 3; time++) {
      HttpResponse<String> answer = get("/login");
      String scripts =
          header(answer, "Content-Security-Policy").replaceAll(".*script-src ([^;]*);.*", "$1");
      assertThat(scripts).doesNotContain("unsafe-inline", "http:", "https:", "*", "data:");
      Matcher nonce = NONCE.matcher(scripts);
      assertThat(nonce.find()).isTrue();
      nonces.add(nonce.group(1));
      Matcher inline = Pattern.compile("<script(?![^>]*nonce=)[^>]*>").matcher(answer.body());
      assertThat(inline.find()).as("a script without the nonce").isFalse();
    }
    assertThat(nonces).hasSize(3);
  }

  @Test
  void theSessionsCookieIsOutOfReachOfScriptsAndOtherSites() throws Exception {
    assertThat(header(get("/login"), "Set-Cookie"))
        .startsWith("GRADUSSESSION=")
        .contains("HttpOnly", "SameSite=Lax");
  }

  @ParameterizedTest
  @CsvSource({
    "Sec-Fetch-Site, cross-site",
    "Sec-Fetch-Site, same-site",
    "Origin, https://evil.example"
  })
  void anotherSiteCannotLogABrowserIn(String header, String value) throws Exception {
    var login = console.as(Role.VIEWER);
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(console.address() + "/login"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header(header, value)
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "username=" + login.login() + "&password=" + login.password()))
            .build();

    HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(403);
  }

  @Test
  void aSessionsCallOfTheApiNamesItsTenantWhereThePersonHasSeveral() throws Exception {
    var person = console.as(Role.VIEWER);
    assertThat(call(person, "/api/v1/nothing").body()).contains("ResourceNotFound");

    String second = console.newTenant("Second");
    String others = console.newTenant("Others'");
    console.setRoles(person, second, Role.VIEWER);

    assertThat(call(person, "/api/v1/nothing").statusCode()).isEqualTo(400);
    assertThat(call(person, "/api/v1/nothing?account=" + second).body())
        .contains("ResourceNotFound");
    assertThat(call(person, "/api/v1/nothing?account=" + others).statusCode()).isEqualTo(403);
    assertThat(call(person, "/api/v1/nothing?account=nonsense").statusCode()).isEqualTo(403);
  }

  @Test
  void thePageOfAnErrorIsNobodysToAskFor() throws Exception {
    assertThat(call(console.as(Role.VIEWER), "/error").statusCode()).isEqualTo(403);
  }

  private HttpResponse<String> call(ConsoleFixture.Login person, String path) throws Exception {
    try (Page page = console.page(person, 800, 600, false)) {
      String cookie =
          page.context().cookies().stream()
              .filter(each -> each.name.equals("GRADUSSESSION"))
              .map(each -> each.name + "=" + each.value)
              .findFirst()
              .orElseThrow();
      return client.send(
          HttpRequest.newBuilder(URI.create(console.address() + path))
              .header("Cookie", cookie)
              .build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create(console.address() + path)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static String header(HttpResponse<String> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }
}
