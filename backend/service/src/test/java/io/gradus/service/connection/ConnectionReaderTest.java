package io.gradus.service.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.service.connection.ConnectionVault.Opened;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ConnectionReaderTest {
  private static @Nullable String authorities(ConnectionKind kind, Map<String, String> given) {
    Map<String, String> values = new TreeMap<>(given);
    values.putAll(
        Map.of("url", "https://hooks.example.org/x", "host", "a.example.org", "from", "a@b.org"));
    values.putAll(Map.of("driver", "postgresql", "port", "5432", "database", "d"));
    values.put("security", kind == ConnectionKind.SQL ? "VERIFY" : "STARTTLS");
    values.put("username", "ann");
    Opened opened = new Opened("tenant/1/1", "c", kind, values);
    return switch (kind) {
      case HTTP -> ConnectionReader.http(opened).authorities();
      case SLACK -> ConnectionReader.slack(opened).authorities();
      case EMAIL -> ConnectionReader.mail(opened).authorities();
      case SQL -> ConnectionReader.sql(opened).authorities();
      case AWS -> throw new IllegalArgumentException("AWS has none");
    };
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "AWS")
  void theAuthoritiesOfAConnectionReachWhoCallsByIt(ConnectionKind kind) {
    assertThat(authorities(kind, Map.of("authorities", "in PEM"))).isEqualTo("in PEM");
    assertThat(authorities(kind, Map.of())).isNull();
  }

  /// Who may choose the authorities could pose as the server: the secrets are asked for anew.
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "AWS")
  void otherAuthoritiesLeadElsewhere(ConnectionKind kind) {
    assertThat(FieldCheck.moves(kind, Map.of(), Map.of("authorities", "in PEM"))).isTrue();
  }
}
