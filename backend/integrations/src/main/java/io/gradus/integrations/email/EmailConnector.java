package io.gradus.integrations.email;

import io.gradus.asl.model.ErrorName;
import io.gradus.asl.model.Resource;
import io.gradus.engine.Payload;
import io.gradus.engine.PayloadJson;
import io.gradus.engine.port.Connector;
import io.gradus.engine.port.TaskInvocation;
import io.gradus.engine.port.TaskOutcome;
import io.gradus.integrations.Failures;
import io.gradus.integrations.InvalidArguments;
import io.gradus.integrations.Patience;
import io.gradus.integrations.egress.EgressFailure;
import io.gradus.integrations.egress.EgressSockets;
import io.gradus.integrations.egress.OpenCalls;
import io.gradus.integrations.egress.TlsProblem;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.jspecify.annotations.Nullable;

/// `email:send`, with or without a task token. Its result is `{"MessageId"}`.
///
/// | error | when |
/// |---|---|
/// | `Email.MessageRejectedException` | the server refuses the mail, its sender or a recipient for good |
/// | `Email.TemporaryFailureException` | it refuses them for now |
/// | `Email.AuthenticationFailedException` | it does not take the user name and password |
/// | `Email.ConnectionFailedException` | it is not reached, or the conversation breaks |
public final class EmailConnector implements Connector {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final int PERMANENT = 500;
  private static final int REFUSED = 400;

  private final MailServers servers;
  private final Smtp smtp;
  private final OpenCalls calls = new OpenCalls();

  /// @param sockets held to the policy for what tenants configure
  public EmailConnector(MailServers servers, EgressSockets sockets) {
    this.servers = servers;
    this.smtp = new Smtp(sockets);
  }

  @Override
  public boolean handles(Resource resource) {
    return resource.resourceType().equals("email");
  }

  @Override
  public CompletionStage<TaskOutcome> invoke(TaskInvocation invocation) {
    return calls.run(invocation, _ -> call(invocation));
  }

  @Override
  public void cancel(TaskInvocation invocation) {
    // Whether the server has taken the mail is not to be known once it is under way.
    calls.cancel(invocation);
  }

  /// Signs in at a server.
  ///
  /// @return what is wrong, null for nothing
  public @Nullable String trial(MailServer server) {
    TaskOutcome.Failed failed = attempt(server, () -> smtp.greet(server, LIMIT));
    return failed == null ? null : String.valueOf(failed.cause());
  }

  private TaskOutcome call(TaskInvocation invocation) {
    Email email;
    try {
      email = Email.parse(invocation.arguments().json());
    } catch (InvalidArguments invalid) {
      return invalid.outcome();
    }
    Optional<MailServer> server = servers.find(invocation.execution().tenant(), email.connection());
    if (server.isEmpty()) {
      return Failures.failed(
          ErrorName.PERMISSIONS,
          email.connection() == null
              ? "This tenant has no mail connection to send by"
              : "This tenant has no mail connection '" + email.connection() + "'");
    }
    String id = "<" + invocation.idempotencyKey() + "@gradus>";
    Duration timeout = Patience.of(invocation, LIMIT);
    TaskOutcome.Failed failed =
        attempt(server.get(), () -> smtp.send(server.get(), email, id, timeout));
    return failed != null
        ? failed
        : new TaskOutcome.Succeeded(
            Payload.of(PayloadJson.MAPPER.createObjectNode().put("MessageId", id)));
  }

  private interface Attempt {
    void run() throws MessagingException, EgressFailure;
  }

  private static TaskOutcome.@Nullable Failed attempt(MailServer server, Attempt attempt) {
    try {
      attempt.run();
      return null;
    } catch (EgressFailure failure) {
      return failure.kind() == EgressFailure.Kind.REFUSED
          ? Failures.failed(ErrorName.PERMISSIONS, failure.problem())
          : Failures.failed("Email.ConnectionFailedException", failure.problem());
    } catch (AuthenticationFailedException e) {
      return Failures.failed("Email.AuthenticationFailedException", told(e));
    } catch (MessagingException e) {
      String tls = TlsProblem.of(e, server.host() + ":" + server.port());
      return tls == null ? failed(e) : Failures.failed("Email.ConnectionFailedException", tls);
    }
  }

  private static TaskOutcome.Failed failed(MessagingException e) {
    int code = 0;
    String said = told(e);
    for (Throwable cause = e; cause != null; cause = next(cause)) {
      if (cause instanceof EgressSockets.Refused refused) {
        return Failures.failed(ErrorName.PERMISSIONS, refused.getMessage());
      }
      int found =
          switch (cause) {
            case SMTPAddressFailedException address -> address.getReturnCode();
            case SMTPSenderFailedException sender -> sender.getReturnCode();
            case SMTPSendFailedException send -> send.getReturnCode();
            default -> 0;
          };
      if (found >= REFUSED && found > code) {
        code = found;
        said = told(cause);
      }
    }
    return Failures.failed(
        code >= PERMANENT
            ? "Email.MessageRejectedException"
            : code >= REFUSED
                ? "Email.TemporaryFailureException"
                : "Email.ConnectionFailedException",
        said);
  }

  private static @Nullable Throwable next(Throwable of) {
    return of instanceof MessagingException mail && mail.getNextException() != null
        ? mail.getNextException()
        : of.getCause();
  }

  private static String told(Throwable e) {
    String message = e.getMessage();
    return message == null || message.isBlank()
        ? "The mail server broke off"
        : message.replaceAll("\\s+", " ").strip();
  }
}
