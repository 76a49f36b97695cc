package io.gradus.app.usecases;

import io.gradus.service.arn.Arns;
import io.gradus.service.definition.StateMachineService;
import io.gradus.service.execution.ExecutionService;
import io.gradus.service.tag.TagService;
import io.gradus.service.template.TemplateLibrary;
import io.gradus.service.template.TemplateService;
import io.gradus.service.testcase.TestCaseService;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The templates.
@Configuration(proxyBeanMethods = false)
class TemplateConfiguration {
  @Bean
  TemplateService templates(
      StateMachineService stateMachines,
      ExecutionService executions,
      TagService tags,
      TestCaseService testCases,
      Arns arns) {
    return new TemplateService(
        new TemplateLibrary(), stateMachines, executions, tags, testCases, arns);
  }
}
