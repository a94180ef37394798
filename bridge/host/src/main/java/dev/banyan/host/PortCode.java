package dev.banyan.host;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.MethodModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ConstantDesc;
import java.lang.constant.DirectMethodHandleDesc;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the classes of a jar for what a port must not do: it would not show before the call that
 * does it.
 */
final class PortCode {
  private final Path jar;

  private PortCode(Path jar) {
    this.jar = jar;
  }

  /**
   * Checks all classes of a jar.
   *
   * @throws PortDefect naming class, method, what it uses, and what to use instead
   */
  static void check(Path jar, JarContent content) {
    PortCode code = new PortCode(jar);
    for (Map.Entry<String, byte[]> entry : content.entries().entrySet()) {
      if (entry.getKey().endsWith(".class")) {
        code.check(entry.getKey(), entry.getValue());
      }
    }
  }

  private void check(String entry, byte[] bytes) {
    ClassModel type;
    try {
      type = ClassFile.of().parse(bytes);
      type.superclass().ifPresent(parent -> extended(type, parent));
      for (MethodModel method : type.methods()) {
        method.code().ifPresent(code -> code.forEach(one -> check(type, method, one)));
      }
    } catch (IllegalArgumentException e) {
      throw new PortDefect(jar + ": " + entry + " is no class: build it again");
    }
  }

  private void extended(ClassModel type, ClassEntry parent) {
    if (parent.asInternalName().equals("java/lang/Thread")) {
      throw new PortDefect(
          jar + ": " + name(type.thisClass().asInternalName()) + " is a thread: a port has none");
    }
  }

  private void check(ClassModel type, MethodModel method, CodeElement element) {
    switch (element) {
      case InvokeInstruction call ->
          refuse(
              type,
              method,
              call.owner().asInternalName(),
              call.name().stringValue(),
              call.type().stringValue());
      case InvokeDynamicInstruction dynamic -> {
        for (ConstantDesc argument : dynamic.bootstrapArgs()) {
          if (argument instanceof DirectMethodHandleDesc handle) {
            String owner = handle.owner().descriptorString();
            refuse(
                type,
                method,
                owner.substring(1, owner.length() - 1),
                handle.methodName(),
                handle.lookupDescriptor());
          }
        }
      }
      default -> {
        // other instructions reach nothing outside
      }
    }
  }

  private void refuse(
      ClassModel type, MethodModel method, String owner, String member, String descriptor) {
    @Nullable String instead = Forbidden.instead(owner, member, descriptor);
    if (instead != null) {
      throw new PortDefect(
          jar
              + ": "
              + name(type.thisClass().asInternalName())
              + "."
              + method.methodName().stringValue()
              + " uses "
              + name(owner)
              + (member.equals("<init>") ? "" : "." + member)
              + ": "
              + instead);
    }
  }

  private static String name(String internal) {
    return internal.replace('/', '.');
  }
}
