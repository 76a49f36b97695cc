package io.gradus.api.http;

import io.gradus.api.json.BadRequest;
import io.gradus.api.json.JsonBody;
import io.gradus.api.json.RequestReader;
import io.gradus.api.json.ResponseWriter;
import io.gradus.api.operation.Operation;
import io.gradus.api.operation.Operations;
import io.gradus.api.operation.Sizing;
import io.gradus.api.sigv4.SignatureVerifier;
import io.gradus.api.sigv4.SignedRequest;
import io.gradus.api.sigv4.Verification.Accepted;
import io.gradus.api.sigv4.Verification.Refused;
import io.gradus.service.Caller;
import io.gradus.service.ErrorCode;
import io.gradus.service.Refusal;
import io.gradus.service.limit.Rates;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/// The Step Functions API over AWS JSON 1.0: verifies the signature, finds the operation, reads the
/// request, and puts what comes of it into AWS's words. Knows nothing of servlets.
public final class StepFunctionsEndpoint {
  static final String CONTENT_TYPE = "application/x-amz-json-1.0";

  private static final Logger LOG = LoggerFactory.getLogger(StepFunctionsEndpoint.class);
  private static final String TARGET_PREFIX = "AWSStepFunctions.";
  private static final String MODEL = "com.amazonaws.swf.service.v2.model#";
  private static final String CORAL_SERVICE = "com.amazon.coral.service#";
  private static final String CORAL_VALIDATE = "com.amazon.coral.validate#";
  private static final String CORAL_AVAILABILITY = "com.amazon.coral.availability#";
  private static final int OK = 200;
  private static final int BAD_REQUEST = 400;
  private static final int UNAVAILABLE = 503;

  private final SignatureVerifier verifier;
  private final Operations operations;
  private final Sizing sizing;
  private final Rates rates;

  /// Offers these operations to whoever this verifier lets in.
  public StepFunctionsEndpoint(
      SignatureVerifier verifier, Operations operations, Sizing sizing, Rates rates) {
    this.verifier = verifier;
    this.operations = operations;
    this.sizing = sizing;
    this.rates = rates;
  }

  /// Answers a request; whatever it says, the answer is AWS's and never a fault of ours.
  ///
  /// @param source the address it came from, for the audit log
  public HttpAnswer answer(SignedRequest request, String source) {
    String target = String.valueOf(request.headers().only("x-amz-target"));
    try {
      return switch (verifier.verify(request)) {
        case Refused refused ->
            error(BAD_REQUEST, CORAL_SERVICE + refused.reason().wireName(), refused.message());
        case Accepted accepted -> answer(request, target, accepted.key().caller().from(source));
      };
    } catch (RuntimeException | Error e) {
      // As when the database cannot be asked whose key it is.
      LOG.atError()
          .addKeyValue("target", target)
          .setCause(e)
          .log("A signature could not be verified; the caller was told to try again");
      return unavailable();
    }
  }

  private HttpAnswer answer(SignedRequest request, String target, Caller caller) {
    try {
      Operation<?, ?> operation =
          target.startsWith(TARGET_PREFIX)
              ? operations.find(target.substring(TARGET_PREFIX.length())).orElse(null)
              : null;
      if (operation == null) {
        throw new BadRequest(BadRequest.Kind.UNKNOWN_OPERATION, "");
      }
      return new HttpAnswer(
          OK, CONTENT_TYPE, ResponseWriter.write(run(operation, caller, request)));
    } catch (BadRequest e) {
      return refused(e);
    } catch (Refusal e) {
      return refused(e);
    } catch (RuntimeException | Error e) {
      // The caller may try again; whoever runs this must look at it.
      LOG.atError()
          .addKeyValue("tenant", caller.tenant().value())
          .addKeyValue("target", target)
          .setCause(e)
          .log("An operation failed by a fault of ours; the caller was told to try again");
      return unavailable();
    }
  }

  private static HttpAnswer unavailable() {
    return error(
        UNAVAILABLE,
        CORAL_AVAILABILITY + ErrorCode.SERVICE_UNAVAILABLE.wireName(),
        "The service is temporarily unavailable. Please try again.");
  }

  private <I extends Record> Record run(
      Operation<I, ?> operation, Caller caller, SignedRequest request) {
    JsonNode body = admitted(operation.name(), caller, request.body());
    int maxPayload = sizing.maxPayload(caller, request.body().length, body);
    return operation.answer(caller, RequestReader.read(body, operation.request(), maxPayload));
  }

  /// The body of a request that its bucket had a token for. It is not read before, save where what
  /// stands in it says which bucket that is.
  private JsonNode admitted(String operation, Caller caller, byte[] bytes) {
    if (!operation.equals("StartExecution")) {
      rates.take(caller.tenant(), operation);
      return JsonBody.read(bytes);
    }
    JsonNode body = JsonBody.read(bytes);
    rates.takeStart(caller.tenant(), () -> sizing.startsExpress(caller, body));
    return body;
  }

  /// The answer to a request that the protocol refuses.
  static HttpAnswer refused(BadRequest e) {
    String namespace =
        switch (e.kind()) {
          case VALIDATION -> CORAL_VALIDATE;
          case THROTTLING -> CORAL_AVAILABILITY;
          case SERIALIZATION, UNKNOWN_OPERATION, TOO_LARGE, TOO_SLOW -> CORAL_SERVICE;
        };
    return error(e.kind().status(), namespace + e.kind().wireName(), e.message());
  }

  private static HttpAnswer refused(Refusal e) {
    String namespace =
        switch (e.code()) {
          case ACCESS_DENIED -> CORAL_SERVICE;
          case THROTTLING, SERVICE_UNAVAILABLE -> CORAL_AVAILABILITY;
          case ACTIVITY_ALREADY_EXISTS,
              ACTIVITY_DOES_NOT_EXIST,
              ACTIVITY_LIMIT_EXCEEDED,
              ACTIVITY_WORKER_LIMIT_EXCEEDED,
              CONFLICT,
              EXECUTION_ALREADY_EXISTS,
              EXECUTION_DOES_NOT_EXIST,
              EXECUTION_LIMIT_EXCEEDED,
              EXECUTION_NOT_REDRIVABLE,
              INVALID_ARN,
              INVALID_DEFINITION,
              INVALID_ENCRYPTION_CONFIGURATION,
              INVALID_EXECUTION_INPUT,
              INVALID_LOGGING_CONFIGURATION,
              INVALID_NAME,
              INVALID_OUTPUT,
              INVALID_TOKEN,
              INVALID_TRACING_CONFIGURATION,
              MISSING_REQUIRED_PARAMETER,
              RESOURCE_NOT_FOUND,
              SERVICE_QUOTA_EXCEEDED,
              STATE_MACHINE_ALREADY_EXISTS,
              STATE_MACHINE_DELETING,
              STATE_MACHINE_DOES_NOT_EXIST,
              STATE_MACHINE_LIMIT_EXCEEDED,
              STATE_MACHINE_TYPE_NOT_SUPPORTED,
              TASK_DOES_NOT_EXIST,
              TASK_TIMED_OUT,
              TOO_MANY_TAGS,
              VALIDATION ->
              MODEL;
        };
    int status = e.code() == ErrorCode.SERVICE_UNAVAILABLE ? UNAVAILABLE : BAD_REQUEST;
    return error(status, namespace + e.code().wireName(), e.message());
  }

  private static HttpAnswer error(int status, String type, String message) {
    return new HttpAnswer(status, CONTENT_TYPE, ResponseWriter.error(type, message));
  }
}
