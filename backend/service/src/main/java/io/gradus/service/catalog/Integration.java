package io.gradus.service.catalog;

import io.gradus.asl.model.Resource.Pattern;
import io.gradus.service.connection.ConnectionKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One call that a Task can make.
///
/// @param service whose it is, as in the address of its page
/// @param action its name, as in the ARN (`putItem`)
/// @param resource its ARN without a pattern; `arn:aws:states:::aws-sdk:` is AWS's every action
/// @param patterns what its ARN may end with
/// @param callable whether this server can make the call
/// @param optimised whether it is one of those that AWS made simple, or of our own
public record Integration(
    String service,
    String action,
    String resource,
    List<Pattern> patterns,
    boolean callable,
    boolean optimised) {
  public Integration {
    patterns = List.copyOf(patterns);
  }

  /// Some calls that belong together.
  ///
  /// @param id in the address of its page
  /// @param about a sentence, empty where the name says it
  /// @param needs the kind of connection that its calls go by; null for none
  /// @param connected whether the tenant has that connection, or none is needed
  public record Service(
      String id,
      String name,
      String about,
      @Nullable ConnectionKind needs,
      boolean connected,
      List<Integration> integrations) {
    public Service {
      integrations = List.copyOf(integrations);
    }
  }

  /// What a call wants and gives.
  ///
  /// @param about a sentence, empty for none
  /// @param errors as a `Catch` names them
  /// @param example a whole state, as JSON on several lines
  public record Detail(
      String about,
      List<Field> arguments,
      List<Field> result,
      List<String> errors,
      String example) {
    public Detail {
      arguments = List.copyOf(arguments);
      result = List.copyOf(result);
      errors = List.copyOf(errors);
    }
  }

  /// A member of arguments or result.
  ///
  /// @param about a sentence, empty for none
  public record Field(String name, String type, boolean required, String about) {}
}
