package io.gradus.integrations.aws.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.asl.model.Resource;
import io.gradus.asl.validate.KnownResources;
import io.gradus.engine.PayloadJson;
import io.gradus.integrations.aws.job.JobKind.Standing;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class JobKindsTest {
  /// What a job is begun with and answered by, how it is looked at, and how it is stopped.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          batch:submitJob | {"JobName":"n"} | {"JobId":"j","JobName":"n"} | describeJobs {"Jobs":["j"]} \
              | terminateJob {"JobId":"j","Reason":"The task that waited for it is over"}
          glue:startJobRun | {"JobName":"n"} | {"JobRunId":"r"} | getJobRun {"JobName":"n","RunId":"r"} \
              | batchStopJobRun {"JobName":"n","JobRunIds":["r"]}
          databrew:startJobRun | {"Name":"n"} | {"RunId":"r"} | describeJobRun {"Name":"n","RunId":"r"} \
              | stopJobRun {"Name":"n","RunId":"r"}
          athena:startQueryExecution | {} | {"QueryExecutionId":"q"} | getQueryExecution {"QueryExecutionId":"q"} \
              | stopQueryExecution {"QueryExecutionId":"q"}
          mediaconvert:createJob | {} | {"Job":{"Id":"m"}} | getJob {"Id":"m"} | cancelJob {"Id":"m"}
          codebuild:startBuild | {} | {"Build":{"Id":"b"}} | batchGetBuilds {"Ids":["b"]} | stopBuild {"Id":"b"}
          codebuild:startBuildBatch | {} | {"BuildBatch":{"Id":"b"}} | batchGetBuildBatches {"Ids":["b"]} \
              | stopBuildBatch {"Id":"b"}
          sagemaker:createTrainingJob | {"TrainingJobName":"t"} | {"TrainingJobArn":"a"} \
              | describeTrainingJob {"TrainingJobName":"t"} | stopTrainingJob {"TrainingJobName":"t"}
          sagemaker:createTransformJob | {"TransformJobName":"t"} | {} \
              | describeTransformJob {"TransformJobName":"t"} | stopTransformJob {"TransformJobName":"t"}
          ecs:runTask | {"Cluster":"c"} | {"Tasks":[{"TaskArn":"t"}]} \
              | describeTasks {"Cluster":"c","Tasks":["t"]} \
              | stopTask {"Cluster":"c","Task":"t","Reason":"The task that waited for it is over"}
          ecs:runTask | {} | {"Tasks":[{"TaskArn":"t","ClusterArn":"k"}]} \
              | describeTasks {"Cluster":"k","Tasks":["t"]} \
              | stopTask {"Cluster":"k","Task":"t","Reason":"The task that waited for it is over"}
          elasticmapreduce:createCluster | {} | {"ClusterId":"c"} | describeCluster {"ClusterId":"c"} \
              | terminateJobFlows {"JobFlowIds":["c"]}
          elasticmapreduce:addStep | {"ClusterId":"c"} | {"StepId":"s"} | describeStep {"ClusterId":"c","StepId":"s"} \
              | cancelSteps {"ClusterId":"c","StepIds":["s"]}
          emr-serverless:startJobRun | {"ApplicationId":"a"} | {"JobRunId":"r"} \
              | getJobRun {"ApplicationId":"a","JobRunId":"r"} | cancelJobRun {"ApplicationId":"a","JobRunId":"r"}
          emr-containers:startJobRun | {"VirtualClusterId":"v"} | {"Id":"r"} \
              | describeJobRun {"Id":"r","VirtualClusterId":"v"} | cancelJobRun {"Id":"r","VirtualClusterId":"v"}
          bedrock:createModelCustomizationJob | {} | {"JobArn":"a"} | getModelCustomizationJob {"JobIdentifier":"a"} \
              | stopModelCustomizationJob {"JobIdentifier":"a"}
          """)
  void findsAndStopsWhatItBegan(
      String call, String request, String answer, String look, String stop) {
    // given
    JobKind kind = JobKinds.find(call).orElseThrow();

    // when
    ObjectNode handle = kind.handle(json(request), json(answer)).orElseThrow();

    // then
    assertCall(kind.look(handle), look);
    assertCall(kind.stop(handle).orElseThrow(), stop);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          batch:submitJob | {"Jobs":[{"JobId":"j","Status":"RUNNABLE"}]} | goes on
          batch:submitJob | {"Jobs":[{"JobId":"j","Status":"SUCCEEDED"}]} | {"JobId":"j","Status":"SUCCEEDED"}
          batch:submitJob | {"Jobs":[{"JobId":"j","Status":"FAILED"}]} | failed {"JobId":"j","Status":"FAILED"}
          batch:submitJob | {"Jobs":[]} | goes on
          glue:startJobRun | {"JobRun":{"JobRunState":"WAITING"}} | goes on
          glue:startJobRun | {"JobRun":{"JobRunState":"SUCCEEDED"}} | {"JobRunState":"SUCCEEDED"}
          glue:startJobRun | {"JobRun":{"JobRunState":"TIMEOUT"}} | failed {"JobRunState":"TIMEOUT"}
          databrew:startJobRun | {"State":"STOPPED"} | failed {"State":"STOPPED"}
          athena:startQueryExecution | {"QueryExecution":{"Status":{"State":"QUEUED"}}} | goes on
          athena:startQueryExecution | {"QueryExecution":{"Status":{"State":"SUCCEEDED"}}} \
              | {"QueryExecution":{"Status":{"State":"SUCCEEDED"}}}
          athena:startQueryExecution | {"QueryExecution":{"Status":{"State":"CANCELLED"}}} \
              | failed {"QueryExecution":{"Status":{"State":"CANCELLED"}}}
          mediaconvert:createJob | {"Job":{"Status":"PROGRESSING"}} | goes on
          mediaconvert:createJob | {"Job":{"Status":"COMPLETE"}} | {"Job":{"Status":"COMPLETE"}}
          mediaconvert:createJob | {"Job":{"Status":"ERROR"}} | failed {"Job":{"Status":"ERROR"}}
          codebuild:startBuild | {"Builds":[{"BuildStatus":"IN_PROGRESS"}]} | goes on
          codebuild:startBuild | {"Builds":[{"BuildStatus":"SUCCEEDED"}]} | {"Build":{"BuildStatus":"SUCCEEDED"}}
          codebuild:startBuildBatch | {"BuildBatches":[{"BuildBatchStatus":"FAULT"}]} \
              | failed {"BuildBatch":{"BuildBatchStatus":"FAULT"}}
          sagemaker:createTrainingJob | {"TrainingJobStatus":"InProgress"} | goes on
          sagemaker:createTrainingJob | {"TrainingJobStatus":"Completed"} | {"TrainingJobStatus":"Completed"}
          sagemaker:createTrainingJob | {"TrainingJobStatus":"Stopped"} | failed {"TrainingJobStatus":"Stopped"}
          ecs:runTask | {"Tasks":[{"LastStatus":"RUNNING"}]} | goes on
          ecs:runTask | {"Tasks":[{"LastStatus":"STOPPED","Containers":[{"ExitCode":0}]}]} \
              | {"LastStatus":"STOPPED","Containers":[{"ExitCode":0}]}
          ecs:runTask | {"Tasks":[{"LastStatus":"STOPPED","Containers":[{"ExitCode":0},{"ExitCode":1}]}]} \
              | failed {"LastStatus":"STOPPED","Containers":[{"ExitCode":0},{"ExitCode":1}]}
          ecs:runTask | {"Tasks":[{"LastStatus":"STOPPED","StopCode":"TaskFailedToStart"}]} \
              | failed {"LastStatus":"STOPPED","StopCode":"TaskFailedToStart"}
          elasticmapreduce:createCluster | {"Cluster":{"Status":{"State":"BOOTSTRAPPING"}}} | goes on
          elasticmapreduce:createCluster | {"Cluster":{"Status":{"State":"WAITING"}}} | {"Status":{"State":"WAITING"}}
          elasticmapreduce:createCluster | {"Cluster":{"Status":{"State":"TERMINATED_WITH_ERRORS"}}} \
              | failed {"Status":{"State":"TERMINATED_WITH_ERRORS"}}
          elasticmapreduce:terminateCluster | {"Cluster":{"Status":{"State":"TERMINATED"}}} | {"Status":{"State":"TERMINATED"}}
          elasticmapreduce:addStep | {"Step":{"Status":{"State":"FAILED"}}} | failed {"Status":{"State":"FAILED"}}
          emr-serverless:createApplication | {"Application":{"State":"CREATING"}} | goes on
          emr-serverless:startApplication | {"Application":{"State":"STARTED"}} | {"State":"STARTED"}
          emr-serverless:cancelJobRun | {"JobRun":{"State":"CANCELLED"}} | {"State":"CANCELLED"}
          eks:createCluster | {"Cluster":{"Status":"CREATING"}} | goes on
          eks:createCluster | {"Cluster":{"Status":"ACTIVE"}} | {"Cluster":{"Status":"ACTIVE"}}
          eks:createNodegroup | {"Nodegroup":{"Status":"CREATE_FAILED"}} | failed {"Nodegroup":{"Status":"CREATE_FAILED"}}
          bedrock:createModelCustomizationJob | {"Status":"InProgress"} | goes on
          ecs:runTask | {"Tasks":[],"Failures":[{"Reason":"MISSING"}]} \
              | failed {"Tasks":[],"Failures":[{"Reason":"MISSING"}]}
          """)
  void knowsHowAJobStands(String call, String answer, String expected) {
    // when
    Standing standing = JobKinds.find(call).orElseThrow().standing(json(answer));

    // then
    String said =
        switch (standing) {
          case Standing.Running _ -> "goes on";
          case Standing.Succeeded succeeded -> succeeded.output().toString();
          case Standing.Failed failed -> "failed " + failed.description();
        };
    assertThat(said).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ecs:runTask | {"Tasks":[],"Failures":[{"Reason":"RESOURCE:CPU"}]}
          batch:submitJob | {}
          mediaconvert:createJob | {"Job":{}}
          """)
  void knowsThatNothingWasBegun(String call, String answer) {
    assertThat(JobKinds.find(call).orElseThrow().handle(json("{}"), json(answer))).isEmpty();
  }

  @Test
  void everyJobIsAnIntegrationThatAwsKnows() {
    List<String> optimised = KnownResources.optimised();
    assertThat(JobKinds.calls())
        .allSatisfy(call -> assertThat(optimised).contains("arn:aws:states:::" + call + ".sync"));
  }

  @Test
  void whatIsDeletedIsDoneWhenItIsGone() {
    List<String> deleting =
        JobKinds.calls().stream()
            .filter(call -> JobKinds.find(call).orElseThrow().endsWhenGone())
            .sorted()
            .toList();
    assertThat(deleting)
        .containsExactly(
            "eks:deleteCluster",
            "eks:deleteFargateProfile",
            "eks:deleteNodegroup",
            "emr-serverless:deleteApplication");
  }

  @Test
  void theCallIsTheResourceWithoutItsPattern() {
    assertThat(JobDesk.call(new Resource("arn:aws:states:::ecs:runTask.sync")))
        .isEqualTo("ecs:runTask");
    assertThat(JobDesk.call(new Resource("arn:aws:states:::ecs:runTask"))).isEqualTo("ecs:runTask");
  }

  private static void assertCall(JobKind.Call call, String expected) {
    int blank = expected.indexOf(' ');
    assertThat(call.operation()).isEqualTo(expected.substring(0, blank));
    assertThat(call.request()).isEqualTo(json(expected.substring(blank + 1)));
  }

  private static JsonNode json(String text) {
    return PayloadJson.MAPPER.readTree(text);
  }
}
