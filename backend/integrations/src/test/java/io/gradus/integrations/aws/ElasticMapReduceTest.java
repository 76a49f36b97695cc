package io.gradus.integrations.aws;

import static io.gradus.integrations.Invocations.failed;
import static io.gradus.integrations.Invocations.output;
import static io.gradus.integrations.aws.AwsTasks.json;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

@Timeout(60)
class ElasticMapReduceTest {
  private final AwsPeer peer = new AwsPeer();
  private final AwsTasks tasks = new AwsTasks(peer.uri());

  @AfterEach
  void close() {
    tasks.close();
    peer.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          createCluster | {"Name":"n","Instances":{"KeepJobFlowAliveWhenNoSteps":true}} | RunJobFlow | {"Name":"n","Instances":{"KeepJobFlowAliveWhenNoSteps":true}} | {"JobFlowId":"j","ClusterArn":"a"} | {"ClusterId":"j","ClusterArn":"a"}
          terminateCluster | {"ClusterId":"j"} | TerminateJobFlows | {"JobFlowIds":["j"]} | {} | {}
          setClusterTerminationProtection | {"ClusterId":"j","TerminationProtected":false} | SetTerminationProtection | {"JobFlowIds":["j"],"TerminationProtected":false} | {} | {}
          addStep | {"ClusterId":"j","Step":{"Name":"s"}} | AddJobFlowSteps | {"JobFlowId":"j","Steps":[{"Name":"s"}]} | {"StepIds":["s1"]} | {"StepId":"s1"}
          cancelStep | {"ClusterId":"j","StepId":"s1"} | CancelSteps | {"ClusterId":"j","StepIds":["s1"]} | {"CancelStepsInfoList":[{"StepId":"s1","Status":"SUBMITTED"}]} | {"CancelStepsInfo":{"StepId":"s1","Status":"SUBMITTED"}}
          """)
  void anActionIsAnOperationOfEmr(
      String action, String arguments, String operation, String sent, String given, String told) {
    // given
    peer.reply(operation, 200, given);

    // when
    JsonNode output = output(tasks.call("elasticmapreduce:" + action, arguments));

    // then
    assertThat(peer.bodies(operation)).containsExactly(json(sent));
    assertThat(plain(output)).isEqualTo(json(told));
  }

  @Test
  void aFleetIsFoundByItsNameOnAnyPage() {
    // given
    peer.reply(
            "ListInstanceFleets",
            200,
            "{\"InstanceFleets\":[{\"Id\":\"f1\",\"Name\":\"other\"}],\"Marker\":\"m\"}")
        .reply(
            "ListInstanceFleets", 200, "{\"InstanceFleets\":[{\"Id\":\"f2\",\"Name\":\"mine\"}]}")
        .reply("ModifyInstanceFleet", 200, "{}");

    // when
    JsonNode output =
        output(
            tasks.call(
                "elasticmapreduce:modifyInstanceFleetByName",
                "{\"ClusterId\":\"j\",\"InstanceFleetName\":\"mine\",\"InstanceFleet\":{\"TargetSpotCapacity\":3}}"));

    // then
    assertThat(plain(output)).isEqualTo(json("{}"));
    assertThat(peer.bodies("ListInstanceFleets").getLast().path("Marker").asString())
        .isEqualTo("m");
    assertThat(peer.bodies("ModifyInstanceFleet"))
        .containsExactly(
            json(
                "{\"ClusterId\":\"j\",\"InstanceFleet\":{\"InstanceFleetId\":\"f2\",\"TargetSpotCapacity\":3}}"));
  }

  @Test
  void aGroupIsFoundByItsName() {
    // given
    peer.reply("ListInstanceGroups", 200, "{\"InstanceGroups\":[{\"Id\":\"g\",\"Name\":\"mine\"}]}")
        .reply("ModifyInstanceGroups", 200, "{}");

    // when
    output(
        tasks.call(
            "elasticmapreduce:modifyInstanceGroupByName",
            "{\"ClusterId\":\"j\",\"InstanceGroupName\":\"mine\",\"InstanceGroup\":{\"InstanceCount\":2}}"));

    // then
    assertThat(peer.bodies("ModifyInstanceGroups"))
        .containsExactly(
            json(
                "{\"ClusterId\":\"j\",\"InstanceGroups\":[{\"InstanceGroupId\":\"g\",\"InstanceCount\":2}]}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          createCluster | {"Name":"n"} | The field 'Instances.KeepJobFlowAliveWhenNoSteps' must be true
          createCluster | {"Steps":[]} | The field 'Steps' is not supported by Step Functions
          terminateCluster | {} | The field 'ClusterId' is required but was missing
          addStep | {"ClusterId":"j","Steps":[]} | The field 'Steps' is not supported by Step Functions
          modifyInstanceFleetByName | {"ClusterId":"j","InstanceFleetName":"n","InstanceFleet":5} | The value for the field 'InstanceFleet' must be an OBJECT
          """)
  void whatIsNoActionIsNotSent(String action, String arguments, String cause) {
    var failed = failed(tasks.call("elasticmapreduce:" + action, arguments));

    assertThat(failed.error().value()).isEqualTo("States.Runtime");
    assertThat(failed.cause()).isEqualTo(cause);
    assertThat(peer.requests()).isEmpty();
  }

  @Test
  void aNameThatNobodyHasIsSaid() {
    peer.reply("ListInstanceFleets", 200, "{\"InstanceFleets\":[],\"Marker\":\"again\"}");

    var failed =
        failed(
            tasks.call(
                "elasticmapreduce:modifyInstanceFleetByName",
                "{\"ClusterId\":\"j\",\"InstanceFleetName\":\"mine\",\"InstanceFleet\":{}}"));

    assertThat(failed.cause()).isEqualTo("The cluster has no InstanceFleet named 'mine'");
    assertThat(peer.requests()).hasSize(20);
  }

  private static JsonNode plain(JsonNode output) {
    ObjectNode plain = (ObjectNode) output.deepCopy();
    plain.remove("SdkHttpMetadata");
    plain.remove("SdkResponseMetadata");
    return plain;
  }
}
