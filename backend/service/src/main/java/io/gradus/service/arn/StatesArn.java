package io.gradus.service.arn;

import org.jspecify.annotations.Nullable;

/// The name of something in Step Functions, taken apart.
public sealed interface StatesArn {
  /// The region it names; not necessarily ours.
  String region();

  /// The account it names; not necessarily the caller's.
  String account();

  /// The ARN's text.
  String text();

  /// A Map Run of an execution.
  ///
  /// @param label of the Map state
  record MapRun(String region, String account, String stateMachine, String label, String id)
      implements StatesArn {
    @Override
    public String text() {
      return prefix(region, account) + "mapRun:" + stateMachine + "/" + label + ":" + id;
    }
  }

  /// A state machine, or one of its versions or aliases.
  ///
  /// @param qualifier the version's number or the alias's name, null for the machine itself
  record StateMachine(String region, String account, String name, @Nullable String qualifier)
      implements StatesArn {
    @Override
    public String text() {
      String plain = prefix(region, account) + "stateMachine:" + name;
      return qualifier == null ? plain : plain + ":" + qualifier;
    }

    /// The state machine itself.
    public StateMachine unqualified() {
      return new StateMachine(region, account, name, null);
    }

    /// One of its versions or aliases.
    public StateMachine qualified(String by) {
      return new StateMachine(region, account, name, by);
    }
  }

  /// An execution of a Standard state machine.
  record Execution(String region, String account, String stateMachine, String name)
      implements StatesArn {
    @Override
    public String text() {
      return prefix(region, account) + "execution:" + stateMachine + ":" + name;
    }
  }

  /// An execution of an Express state machine.
  ///
  /// @param id tells runs of one name apart
  record ExpressExecution(
      String region, String account, String stateMachine, String name, String id)
      implements StatesArn {
    @Override
    public String text() {
      return prefix(region, account) + "express:" + stateMachine + ":" + name + ":" + id;
    }
  }

  /// An activity.
  record Activity(String region, String account, String name) implements StatesArn {
    @Override
    public String text() {
      return prefix(region, account) + "activity:" + name;
    }
  }

  private static String prefix(String region, String account) {
    return "arn:aws:states:" + region + ":" + account + ":";
  }
}
