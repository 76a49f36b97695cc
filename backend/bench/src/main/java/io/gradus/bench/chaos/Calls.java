package io.gradus.bench.chaos;

import io.gradus.bench.Client;
import io.gradus.bench.chaos.check.Note;
import io.gradus.bench.chaos.check.Note.Outcome;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Makes the clients' calls, at any node, and notes each with what came of it.
final class Calls {
  /// Refused for want of a database, of room, or of a clock that agrees: nothing was decided.
  private static final Set<String> UNDECIDED =
      Set.of(
          "",
          "ServiceUnavailableException",
          "InternalServerError",
          "InternalFailure",
          "ThrottlingException",
          "ExecutionLimitExceeded",
          "InvalidSignatureException");

  private final List<ChaosNode> nodes;
  private final Notes notes;

  Calls(List<ChaosNode> nodes, Notes notes) {
    this.nodes = nodes;
    this.notes = notes;
  }

  /// A call and its answer.
  ///
  /// @param value the answer of an OK, the error's name of a FAIL
  record Made(Outcome type, String value) {
    /// Whether its effect is as unknown as before.
    boolean isUnknown() {
      return type == Outcome.INFO;
    }
  }

  /// The number of the next call, for requests that carry it.
  long next() {
    return notes.next();
  }

  /// @param about the execution's name, or the token
  /// @param value what is to be known of the request
  Made make(
      long call,
      Tenant tenant,
      String operation,
      String about,
      @Nullable String value,
      ObjectNode request,
      int at) {
    notes.write(call, Outcome.INVOKE, tenant.account(), operation, about, value);
    String name = operation.replace(Note.TRESPASS, "");
    Made made;
    try (Client client = tenant.client(nodes.get(at % nodes.size()).port())) {
      made = new Made(Outcome.OK, client.call(name, request.toString()));
    } catch (Client.Refused refused) {
      String error = refused.type();
      made = new Made(UNDECIDED.contains(error) ? Outcome.INFO : Outcome.FAIL, error);
    } catch (IOException | RuntimeException e) {
      made = new Made(Outcome.INFO, e.toString());
    }
    notes.write(call, made.type(), tenant.account(), operation, about, made.value());
    return made;
  }
}
