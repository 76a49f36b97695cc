package io.gradus.bench.chaos.agent;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.ProtectionDomain;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Begins before a node's `main`. Its arguments: `clock=FILE,plant=NAME`, each where wanted.
public final class ChaosAgent {
  private static final ClassDesc CLOCK = ClassDesc.of(ShiftedClock.class.getName());

  private ChaosAgent() {}

  /// Called by the JVM.
  public static void premain(String arguments, Instrumentation instrumentation) {
    Map<String, String> options =
        Stream.of(arguments.split(",", -1))
            .map(option -> option.split("=", 2))
            .collect(Collectors.toMap(option -> option[0], option -> option[1]));
    String clock = options.get("clock");
    if (clock != null) {
      instrumentation.addTransformer(new ClockTransformer());
      ShiftedClock.follow(Path.of(clock));
    }
    String plant = options.get("plant");
    if (plant != null) {
      instrumentation.addTransformer(Plant.valueOf(plant).transformer());
    }
  }

  /// Whoever calls `System.currentTimeMillis`, and is no part of Java itself, asks the shifted
  /// clock: Quartz above all, and what tells it when to fire.
  private static final class ClockTransformer implements ClassFileTransformer {
    @Override
    public byte @Nullable [] transform(
        @Nullable ClassLoader loader,
        String name,
        @Nullable Class<?> redefined,
        ProtectionDomain domain,
        byte[] bytes) {
      if (loader == null || name.startsWith("io/gradus/bench/")) {
        return null;
      }
      if (!new String(bytes, StandardCharsets.ISO_8859_1).contains("currentTimeMillis")) {
        return null;
      }
      return rewritten(
          loader, bytes, ClassTransform.transformingMethodBodies(ChaosAgent::askShifted));
    }
  }

  private static void askShifted(CodeBuilder builder, CodeElement element) {
    if (element instanceof InvokeInstruction call
        && call.opcode() == Opcode.INVOKESTATIC
        && call.owner().asInternalName().equals("java/lang/System")
        && call.name().equalsString("currentTimeMillis")) {
      builder.invokestatic(CLOCK, "currentTimeMillis", MethodTypeDesc.of(ConstantDescs.CD_long));
    } else {
      builder.with(element);
    }
  }

  /// Reads the classes above as files: to load one here, in the middle of loading another, could
  /// define it twice.
  private static byte[] rewritten(ClassLoader loader, byte[] bytes, ClassTransform transform) {
    try {
      ClassFile file =
          ClassFile.of(
              ClassFile.ClassHierarchyResolverOption.of(
                  ClassHierarchyResolver.ofResourceParsing(loader)));
      return file.transformClass(file.parse(bytes), transform);
    } catch (RuntimeException e) {
      // The JVM would go on without a word.
      e.printStackTrace(System.err);
      throw e;
    }
  }
}
