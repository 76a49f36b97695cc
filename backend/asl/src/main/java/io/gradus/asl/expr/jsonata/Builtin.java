package io.gradus.asl.expr.jsonata;

import com.dashjoin.jsonata.Functions;
import com.dashjoin.jsonata.Jsonata.JFunction;
import com.dashjoin.jsonata.Jsonata.JFunctionCallable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A built-in function whose arguments are checked as JSONata checks them.
final class Builtin extends JFunction {
  private final String name;
  private final Signature signature;
  private final int arity;
  private final JFunctionCallable body;

  /// @param arity how many arguments a higher-order function hands to it
  Builtin(String name, String signature, int arity, JFunctionCallable body) {
    this(name, new Signature(name, signature), arity, body);
  }

  private Builtin(String name, Signature signature, int arity, JFunctionCallable body) {
    // the library counts the parameters, and calls by this name what is applied in part; it wants a
    // method of its own, which is never called
    super(name, "<" + "x".repeat(arity) + ":x>", Functions.class, null, "exists");
    this.name = name;
    this.signature = signature;
    this.arity = arity;
    this.body = body;
  }

  Builtin taking(int arguments) {
    return new Builtin(name, signature, arguments, body);
  }

  @Override
  public Object validate(Object arguments, @Nullable Object context) {
    return signature.fitted((List<?>) arguments, context);
  }

  @Override
  public int getNumberOfArgs() {
    return arity;
  }

  /// JSONata has one kind of number: `2.0` must be the same as `2`.
  @Override
  @SuppressWarnings("rawtypes") // as the library declares it
  public @Nullable Object call(@Nullable Object input, List arguments) {
    try {
      Object result = body.call(input, arguments);
      return result instanceof Double d ? Values.plain(d) : result;
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}
