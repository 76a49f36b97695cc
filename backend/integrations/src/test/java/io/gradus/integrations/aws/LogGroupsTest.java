package io.gradus.integrations.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.integrations.CallMeter;
import io.gradus.integrations.Invocations;
import io.gradus.integrations.egress.EgressClient;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
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

  /// AWS would refuse the keys of a stand-in, and with them every machine that is to be logged.
  @Test
  void aStandInForOtherServicesLeadsToNoLogGroup() {
    URI there = URI.create("http://127.0.0.1:1");
    assertThat(connected(null, Map.of())).as("AWS").isTrue();
    assertThat(connected(there, Map.of())).as("a stand-in for every service").isTrue();
    assertThat(connected(null, Map.of("cloudwatchlogs", there, "dynamodb", there))).isTrue();
    assertThat(connected(null, Map.of("dynamodb", there))).isFalse();
  }

  private static boolean connected(@Nullable URI endpoint, Map<String, URI> endpoints) {
    var connection = new AwsConnection("c", "us-east-1", endpoint, endpoints, null, null, true);
    AwsConnections one = tenant -> Optional.of(connection);
    try (EgressClient egress = EgressClient.ofOperator();
        AwsCalls calls =
            new AwsCalls(
                one, LogGroupsTest.class.getClassLoader(), egress, egress, CallMeter.NONE)) {
      return new LogGroups(one, calls).isConnected(Invocations.TENANT);
    }
  }

  private static int rejected(String info) {
    return LogGroups.rejected(JSON.readTree(info), 10);
  }
}
