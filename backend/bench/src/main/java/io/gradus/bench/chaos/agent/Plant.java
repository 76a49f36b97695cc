package io.gradus.bench.chaos.agent;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A fault put into a real node's own classes. Each changes one method, and says so if it is not
/// there any more.
public enum Plant {
  NO_VERSION_CHECK(
      "a transition is stored whatever version it was decided on",
      "io.gradus.store.commit.GroupSql",
      "<clinit>",
      () -> strings("e.id = g.id and e.version = g.version\n", "e.id = g.id\n")),
  LOST_TAKE_OVER(
      "nobody takes over what a dead node had",
      "io.gradus.runtime.node.Housekeeping",
      "takeOver(I)V",
      () -> first(CodeBuilder::return_)),
  DISPATCH_BEFORE_COMMIT(
      "a task is called before its schedule is stored",
      "io.gradus.runtime.node.Mover",
      "submit(",
      () -> first(Plant::performFirst)),
  GAP_IN_IDS(
      "now and then a state is stored without the events that led to it",
      "io.gradus.runtime.node.Transitions",
      "run(",
      () -> first(code -> sometimes(code, 40, gone -> gone.aconst_null().areturn()))),
  LOST_DISPATCH(
      "now and then a call is forgotten",
      "io.gradus.runtime.task.TaskDispatcher",
      "queue(",
      () -> first(code -> sometimes(code, 60, CodeBuilder::return_))),
  LOST_TIMER(
      "now and then a timer is forgotten",
      "io.gradus.runtime.time.NearWheel",
      "arm(",
      () -> first(code -> sometimes(code, 30, CodeBuilder::return_))),
  EARLY_TIMER(
      "a node's idea of the database's time is fast",
      "io.gradus.runtime.time.DatabaseClock",
      "nowNanos(",
      () -> returning(code -> code.loadConstant(400_000_000L).ladd())),
  LOST_COMPLETION(
      "a completion that came through another node is acknowledged and not kept",
      "io.gradus.store.engine.Inbox",
      "insert(",
      () -> first(CodeBuilder::return_)),
  DOUBLE_COMPLETION(
      "a token that is closed is closed again",
      "io.gradus.runtime.node.Reporting",
      "",
      () -> fields("TASK_TIMED_OUT", "DONE")),
  NAME_TAKES_ANY_INPUT(
      "a start with another input is told that it is the same",
      "io.gradus.runtime.node.Starting",
      "hash(",
      () -> first(code -> code.loadConstant(32).newarray(TypeKind.BYTE).areturn())),
  TENANT_MIX_UP(
      "a token of another tenant is taken",
      "io.gradus.runtime.node.Reporting",
      "report(",
      () -> yes("io/gradus/engine/TenantId", "equals"));

  private static final ClassDesc RANDOM = ClassDesc.of("java.util.concurrent.ThreadLocalRandom");

  private final String meaning;
  private final String type;
  private final String method;

  @SuppressWarnings("ImmutableEnumChecker") // each makes a transformation of its own
  private final Supplier<CodeTransform> change;

  Plant(String meaning, String type, String method, Supplier<CodeTransform> change) {
    this.meaning = meaning;
    this.type = type;
    this.method = method;
    this.change = change;
  }

  /// In words.
  public String meaning() {
    return meaning;
  }

  /// The class that it changes; the method by the beginning of its name and descriptor.
  public String type() {
    return type;
  }

  /// The changed class.
  ///
  /// @throws IllegalStateException if there is nothing to change in it any more
  public byte[] planted(byte[] bytes) {
    // Tables of local variables would tell of code that is gone, and the JVM refuses such a class.
    ClassFile file = ClassFile.of(ClassFile.DebugElementsOption.DROP_DEBUG);
    ClassModel model = file.parse(bytes);
    byte[] changed = rewritten(file, model, change);
    // The same methods written anew, as they are.
    byte[] same = rewritten(file, model, () -> CodeBuilder::with);
    if (Arrays.equals(changed, same)) {
      throw new IllegalStateException("expected " + name() + " to find its place in " + type);
    }
    return changed;
  }

  private byte[] rewritten(ClassFile file, ClassModel model, Supplier<CodeTransform> how) {
    return file.transformClass(
        model,
        ClassTransform.transformingMethodBodies(
            body ->
                (body.methodName().stringValue() + body.methodType().stringValue())
                    .startsWith(method),
            CodeTransform.ofStateful(how)));
  }

  ClassFileTransformer transformer() {
    String wanted = type.replace('.', '/');
    return new ClassFileTransformer() {
      @Override
      public byte @Nullable [] transform(
          @Nullable ClassLoader loader,
          String name,
          @Nullable Class<?> redefined,
          ProtectionDomain domain,
          byte[] bytes) {
        if (!name.equals(wanted)) {
          return null;
        }
        try {
          return planted(bytes);
        } catch (RuntimeException e) {
          // A node without its fault would prove nothing.
          e.printStackTrace(System.err);
          Runtime.getRuntime().halt(3);
          return null;
        }
      }
    };
  }

  private static CodeTransform first(Consumer<CodeBuilder> code) {
    return new CodeTransform() {
      @Override
      public void atStart(CodeBuilder builder) {
        code.accept(builder);
      }

      @Override
      public void accept(CodeBuilder builder, CodeElement element) {
        builder.with(element);
      }
    };
  }

  private static CodeTransform returning(Consumer<CodeBuilder> code) {
    return (builder, element) -> {
      if (element instanceof ReturnInstruction) {
        code.accept(builder);
      }
      builder.with(element);
    };
  }

  private static CodeTransform strings(String part, String otherwise) {
    return (builder, element) -> {
      if (element instanceof ConstantInstruction.LoadConstantInstruction load
          && load.constantValue() instanceof String text
          && text.contains(part)) {
        builder.loadConstant(text.replace(part, otherwise));
      } else {
        builder.with(element);
      }
    };
  }

  private static CodeTransform fields(String name, String otherwise) {
    return (builder, element) -> {
      if (element instanceof FieldInstruction get && get.name().equalsString(name)) {
        builder.getstatic(get.owner().asSymbol(), otherwise, get.typeSymbol());
      } else {
        builder.with(element);
      }
    };
  }

  private static CodeTransform yes(String owner, String name) {
    return (builder, element) -> {
      if (element instanceof InvokeInstruction call
          && call.owner().asInternalName().equals(owner)
          && call.name().equalsString(name)) {
        builder.pop2().iconst_1();
      } else {
        builder.with(element);
      }
    };
  }

  private static void sometimes(CodeBuilder code, int oneIn, Consumer<CodeBuilder> then) {
    code.invokestatic(RANDOM, "current", MethodTypeDesc.of(RANDOM))
        .loadConstant(oneIn)
        .invokevirtual(
            RANDOM, "nextInt", MethodTypeDesc.of(ConstantDescs.CD_int, ConstantDescs.CD_int))
        .ifThen(Opcode.IFEQ, then::accept);
  }

  private static void performFirst(CodeBuilder code) {
    ClassDesc mover = ClassDesc.of("io.gradus.runtime.node.Mover");
    ClassDesc acting = ClassDesc.of("io.gradus.runtime.node.Acting");
    code.aload(0)
        .getfield(mover, "acting", acting)
        .aload(1)
        .aload(3)
        .invokevirtual(
            acting,
            "perform",
            MethodTypeDesc.of(
                ConstantDescs.CD_void,
                ClassDesc.of("io.gradus.runtime.node.HotExecution"),
                ClassDesc.of("io.gradus.runtime.node.Fold")));
  }
}
