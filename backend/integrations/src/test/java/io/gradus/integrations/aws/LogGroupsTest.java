package io.gradus.integrations.aws;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class LogGroupsTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @Test
  void rejectedEventsAreCountedAtBothEnds() {
    assertThat(rejected("{}")).isZero();
    assertThat(rejected("{\"TooOldLogEventEndIndex\":3}")).isEqualTo(3);
    assertThat(rejected("{\"TooOldLogEventEndIndex\":2,\"ExpiredLogEventEndIndex\":3}"))
        .isEqualTo(3);
    assertThat(rejected("{\"TooNewLogEventStartIndex\":8}")).isEqualTo(2);
    assertThat(rejected("{\"ExpiredLogEventEndIndex\":1,\"TooNewLogEventStartIndex\":8}"))
        .isEqualTo(3);
    assertThat(rejected("{\"TooNewLogEventStartIndex\":0}")).isEqualTo(10);
  }

  private static int rejected(String info) {
    return LogGroups.rejected(JSON.readTree(info), 10);
  }
}
