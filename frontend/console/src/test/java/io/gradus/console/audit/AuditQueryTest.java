package io.gradus.console.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.router.QueryParameters;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AuditQueryTest {
  private static final ZoneId HELSINKI = ZoneId.of("Europe/Helsinki");
  private static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");

  @Test
  void anAddressSaysTheSameMomentToEveryone() {
    // given
    var inHelsinki =
        new AuditQuery(
            "user/ann", "StopExecution", "", "10.0.0", LocalDateTime.of(2026, 7, 1, 9, 0), null);

    // when
    QueryParameters address = inHelsinki.parameters(HELSINKI);
    AuditQuery inTokyo = AuditQuery.of(address, TOKYO);

    // then
    assertThat(address.getParameters().keySet())
        .containsExactlyInAnyOrder("who", "action", "source", "from");
    assertThat(address.getSingleParameter("from")).contains("2026-07-01T06:00:00Z");
    assertThat(inTokyo.from()).isEqualTo(LocalDateTime.of(2026, 7, 1, 15, 0));
    assertThat(inTokyo.query(TOKYO)).isEqualTo(inHelsinki.query(HELSINKI));
    assertThat(AuditQuery.of(address, HELSINKI)).isEqualTo(inHelsinki);
  }

  @Test
  void whatAnAddressSaysWronglyFiltersNothing() {
    AuditQuery query =
        AuditQuery.of(
            QueryParameters.simple(Map.of("from", "yesterday", "who", "  ", "colour", "red")),
            HELSINKI);

    assertThat(query.filtersNothing()).isTrue();
    assertThat(query.query(HELSINKI).who()).isNull();
  }
}
