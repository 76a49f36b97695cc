package io.gradus.app.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.app.PersonsHttp;
import io.gradus.app.console.ConsoleFixture.Login;
import io.gradus.app.start.FirstLogin;
import io.gradus.service.Role;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import tools.jackson.databind.JsonNode;

/// What the console's pages of members, the audit log and tenants do, done by programs.
@ConsoleTest
class ManagementPeopleTest {
  private final ConsoleFixture console;

  ManagementPeopleTest(ConsoleFixture console) {
    this.console = console;
  }

  @Test
  void membersAreInvitedChangedAndRemovedAndTheLogTellsFromWhere() {
    String account = console.newTenant("Programs");
    Login admin = console.as(account, Role.ADMIN);
    String login = unique("api");
    try (PersonsHttp http = in(admin)) {
      var invited =
          http.call(
              "POST",
              "/members",
              """
              {"login": "%s", "displayName": "Api Person", "roles": ["viewer"], "groups": ["night shift"]}\
              """
                  .formatted(login));
      assertThat(invited.status()).as(invited.text()).isEqualTo(201);
      String password = invited.json().get("oneTimePassword").stringValue();
      assertThat(invited.json().get("validUntil").stringValue()).endsWith("Z");
      PersonsHttp.logIn(console.address(), login, password).close();

      var changed =
          http.call("PUT", "/members/" + login, "{\"roles\": [\"operator\", \"approver\"]}");
      assertThat(changed.status()).as(changed.text()).isEqualTo(200);
      assertThat(changed.json().get("roles").toString()).isEqualTo("[\"operator\",\"approver\"]");
      assertThat(changed.json().get("groups")).isEmpty();
      assertThat(http.call("GET", "/members", "").json().get("members")).hasSize(2);
      assertThat(http.call("GET", "/members/" + login, "").json().get("displayName").stringValue())
          .isEqualTo("Api Person");

      assertThat(http.call("POST", "/members/" + login + "/password", "").text())
          .contains("oneTimePassword")
          .doesNotContain(password);
      assertThat(http.call("DELETE", "/members/" + login, "").status()).isEqualTo(204);
      assertThat(http.call("GET", "/members/" + login, "").status()).isEqualTo(404);
      var last = http.call("DELETE", "/members/" + admin.login(), "");
      assertThat(last.status()).isEqualTo(409);
      assertThat(last.text()).contains("last administrator");

      JsonNode found =
          http.call("POST", "/audit/search", "{\"action\": \"UpdateMember\"}")
              .json()
              .get("entries");
      assertThat(found).hasSize(1);
      assertThat(found.get(0).get("who").stringValue()).isEqualTo(admin.principal());
      assertThat(found.get(0).get("source").stringValue()).isEqualTo("127.0.0.1");
      assertThat(found.get(0).get("after").get("roles").toString())
          .isEqualTo("[\"approver\",\"operator\"]");
    }
  }

  @Test
  void theAuditLogIsReadByPagesAndVerified() {
    String account = console.newTenant("Pages");
    Login admin = console.as(account, Role.ADMIN);
    try (PersonsHttp http = in(admin)) {
      for (int i = 0; i < 3; i++) {
        http.call("PUT", "/functions/f" + i, "{\"url\": \"http://127.0.0.1:9/\"}");
      }

      JsonNode first = http.call("POST", "/audit/search", "{\"maxResults\": 2}").json();
      assertThat(first.get("entries")).hasSize(2);
      assertThat(first.get("entries").get(0).get("target").stringValue()).isEqualTo("f2");
      JsonNode second =
          http.call(
                  "POST",
                  "/audit/search",
                  "{\"maxResults\": 3, \"nextToken\": \""
                      + first.get("nextToken").stringValue()
                      + "\"}")
              .json();
      assertThat(second.get("entries")).hasSize(2);
      assertThat(second.has("nextToken")).isFalse();

      JsonNode verified = http.call("POST", "/audit/verify", "").json();
      assertThat(verified.get("sound").booleanValue()).isTrue();
      assertThat(verified.get("entries").stringValue()).isEqualTo("4");
      assertThat(verified.get("head").stringValue())
          .isEqualTo(first.get("entries").get(0).get("hash").stringValue());
      assertThat(http.call("POST", "/audit/search", "{\"from\": \"yesterday\"}").status())
          .isEqualTo(400);
    }
  }

  @Test
  void tenantsTakeThePlatformsOperatorAndNobodyElse() {
    String account = console.newTenant("Own");
    Login operator = console.operator(unique("op"), "Operator", account, Role.VIEWER);
    String name = unique("Api tenant ");
    try (PersonsHttp http = in(operator)) {
      var made =
          http.call(
              "POST",
              "/tenants",
              "{\"name\": \"%s\", \"administrator\": \"%s\", \"displayName\": \"First\"}"
                  .formatted(name, unique("first")));
      assertThat(made.status()).as(made.text()).isEqualTo(201);
      assertThat(made.json().get("oneTimePassword").stringValue()).isNotEmpty();
      String fresh = made.json().get("tenant").get("account").stringValue();

      assertThat(http.call("POST", "/tenants/" + fresh + "/suspend", "").status()).isEqualTo(204);
      assertThat(tenant(http, fresh).get("suspended").booleanValue()).isTrue();
      assertThat(http.call("POST", "/tenants/" + fresh + "/resume", "").status()).isEqualTo(204);
      assertThat(http.call("PUT", "/tenants/" + fresh, "{\"name\": \"Renamed\"}").status())
          .isEqualTo(204);
      assertThat(tenant(http, fresh).get("name").stringValue()).isEqualTo("Renamed");
      assertThat(http.call("POST", "/tenants/000000000001/suspend", "").status()).isEqualTo(404);
    }
    try (PersonsHttp http = in(console.as(account, Role.ADMIN))) {
      assertThat(http.call("GET", "/tenants", "").status()).isEqualTo(403);
      assertThat(http.call("POST", "/tenants/" + account + "/suspend", "").status()).isEqualTo(403);
    }
  }

  @Test
  void aKeyReachesItsTenantsPeopleAndNothingAbove() throws Exception {
    assertThat(signed("/members").statusCode()).isEqualTo(200);
    assertThat(signed("/audit").statusCode()).isEqualTo(200);

    HttpResponse<String> tenants = signed("/tenants");
    assertThat(tenants.statusCode()).isEqualTo(403);
    assertThat(tenants.body()).contains("the session of a platform operator");
  }

  /// A GET with the first tenant's key.
  private HttpResponse<String> signed(String path) throws Exception {
    FirstLogin key = console.firstLogin();
    SdkHttpRequest wanted =
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.GET)
            .uri(URI.create(console.address() + "/api/v1" + path))
            .build();
    SdkHttpRequest signed =
        AwsV4HttpSigner.create()
            .sign(
                r ->
                    r.identity(
                            AwsCredentialsIdentity.create(key.accessKeyId(), key.secretAccessKey()))
                        .request(wanted)
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "states")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, "us-east-1"))
            .request();
    HttpRequest.Builder request = HttpRequest.newBuilder(wanted.getUri());
    signed
        .headers()
        .forEach(
            (name, values) -> {
              if (!name.equalsIgnoreCase("host")) {
                request.header(name, values.getFirst());
              }
            });
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request.build(), BodyHandlers.ofString());
    }
  }

  @Test
  void whatOnlyAdministratorsDoIsRefusedToAllOthers() {
    String account = console.newTenant("Refused");
    for (Role role : new Role[] {Role.VIEWER, Role.OPERATOR, Role.AUTHOR, Role.APPROVER}) {
      try (PersonsHttp http = in(console.as(account, role))) {
        assertThat(http.call("GET", "/members", "").status()).isEqualTo(403);
        assertThat(http.call("PUT", "/members/x", "{\"roles\": [\"admin\"]}").status())
            .isEqualTo(403);
        assertThat(http.call("GET", "/audit", "").status()).isEqualTo(403);
        assertThat(http.call("POST", "/audit/verify", "").status()).isEqualTo(403);
      }
    }
  }

  private PersonsHttp in(Login login) {
    return PersonsHttp.logIn(console.address(), login.login(), login.password());
  }

  private static JsonNode tenant(PersonsHttp http, String account) {
    for (JsonNode tenant : http.call("GET", "/tenants", "").json().get("tenants")) {
      if (tenant.get("account").stringValue().equals(account)) {
        return tenant;
      }
    }
    throw new AssertionError("expected the tenant " + account);
  }

  private static String unique(String begin) {
    return begin + UUID.randomUUID().toString().substring(0, 8);
  }
}
