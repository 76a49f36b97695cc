package io.gradus.integrations.aws;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;

/// One operation of a service's client, by reflection on the SDK's own types.
///
/// @param method of the client's interface
/// @param request the type of what it is given
/// @param streamsIn whether it takes a body beside its request
/// @param streamsOut whether it gives a body beside its answer
record AwsOperation(Method method, Class<?> request, boolean streamsIn, boolean streamsOut) {
  /// The member that a body is told by, in both directions.
  static final String BODY = "Body";

  /// What came back.
  ///
  /// @param body null where the operation streams nothing back
  record Answer(SdkResponse response, @Nullable SdkBytes body) {}

  /// The operation of that name (`getItem`).
  static Optional<AwsOperation> find(Class<?> client, String action) {
    return Stream.of(client.getMethods())
        .filter(method -> method.getName().equals(action))
        .map(AwsOperation::of)
        .flatMap(Optional::stream)
        .findFirst();
  }

  static Optional<AwsOperation> of(Method method) {
    Class<?>[] types = method.getParameterTypes();
    if (types.length == 0
        || !SdkRequest.class.isAssignableFrom(types[0])
        || Modifier.isAbstract(types[0].getModifiers())) {
      return Optional.empty();
    }
    boolean in = types.length > 1 && types[1].equals(RequestBody.class);
    boolean out = types[types.length - 1].equals(ResponseTransformer.class);
    int expected = 1 + (in ? 1 : 0) + (out ? 1 : 0);
    boolean streams = ResponseInputStream.class.isAssignableFrom(method.getReturnType());
    boolean answers = SdkResponse.class.isAssignableFrom(method.getReturnType());
    return types.length == expected && !streams && (answers || out)
        ? Optional.of(new AwsOperation(method, types[0], in, out))
        : Optional.empty();
  }

  /// An empty request's builder, to be filled.
  SdkPojo builder() {
    try {
      return (SdkPojo) request.getMethod("builder").invoke(null);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("expected a builder of " + request.getName(), e);
    }
  }

  /// The fields of what comes back.
  List<SdkField<?>> answers() {
    try {
      Class<?> answer =
          Class.forName(
              request.getName().replaceFirst("Request$", "Response"),
              true,
              request.getClassLoader());
      return ((SdkPojo) answer.getMethod("builder").invoke(null)).sdkFields();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("expected the answer of " + request.getName(), e);
    }
  }

  /// What the service may refuse it with, by the names of the SDK's exceptions.
  List<String> errors() {
    return Stream.of(method.getExceptionTypes())
        .filter(AwsServiceException.class::isAssignableFrom)
        .filter(type -> type.getSuperclass() != AwsServiceException.class)
        .filter(type -> type != AwsServiceException.class)
        .map(Class::getSimpleName)
        .sorted()
        .toList();
  }

  /// Makes the call.
  ///
  /// @param body what it takes beside the request; ignored where it takes nothing
  /// @throws RuntimeException as the SDK throws it
  Answer call(SdkClient client, Object request, SdkBytes body) {
    Object[] arguments = new Object[method.getParameterCount()];
    arguments[0] = request;
    if (streamsIn) {
      arguments[1] = RequestBody.fromBytes(body.asByteArray());
    }
    if (streamsOut) {
      arguments[arguments.length - 1] = ResponseTransformer.toBytes();
    }
    try {
      Object answer = method.invoke(client, arguments);
      return answer instanceof ResponseBytes<?> bytes
          ? new Answer(
              (SdkResponse) bytes.response(),
              SdkBytes.fromByteArrayUnsafe(bytes.asByteArrayUnsafe()))
          : new Answer((SdkResponse) answer, null);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException thrown) {
        throw thrown;
      }
      throw new IllegalStateException("expected the SDK's own exception", e.getCause());
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("expected " + method + " to be public", e);
    }
  }
}
