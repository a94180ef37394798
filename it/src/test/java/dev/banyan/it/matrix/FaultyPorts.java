package dev.banyan.it.matrix;

import dev.banyan.api.Function;
import dev.banyan.api.Handler;
import dev.banyan.api.Port;
import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;

/** The repository's ports, whose handlers and functions first call {@link Faults#strike}. */
final class FaultyPorts extends ClassLoader {
  private static final String PORTS = "dev.banyan.modules.";
  private static final ClassDesc FAULTS = ClassDesc.of(Faults.class.getName());
  private static final Set<ClassDesc> ENTRIES =
      Set.of(ClassDesc.of(Handler.class.getName()), ClassDesc.of(Function.class.getName()));

  private FaultyPorts() {
    super("faulty ports", FaultyPorts.class.getClassLoader());
  }

  /** All of them. */
  static List<Port> all() {
    List<Port> ports = new ArrayList<>();
    ServiceLoader.load(Port.class, new FaultyPorts()).forEach(ports::add);
    return ports;
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.startsWith(PORTS)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> known = findLoadedClass(name);
      return known == null ? define(name) : known;
    }
  }

  private Class<?> define(String name) throws ClassNotFoundException {
    try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
      if (in == null) {
        throw new ClassNotFoundException(name);
      }
      byte[] struck = strike(in.readAllBytes());
      return defineClass(name, struck, 0, struck.length);
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }

  private static byte[] strike(byte[] original) {
    ClassFile file = ClassFile.of();
    return file.transformClass(
        file.parse(original),
        ClassTransform.transformingMethodBodies(
            FaultyPorts::entry, CodeTransform.ofStateful(Striking::new)));
  }

  private static boolean entry(MethodModel method) {
    return method
        .findAttribute(Attributes.runtimeVisibleAnnotations())
        .map(all -> all.annotations().stream().anyMatch(a -> ENTRIES.contains(a.classSymbol())))
        .orElse(false);
  }

  /** Puts the call before the first instruction. */
  private static final class Striking implements CodeTransform {
    @Override
    public void atStart(CodeBuilder code) {
      code.invokestatic(FAULTS, "strike", MethodTypeDesc.of(ConstantDescs.CD_void));
    }

    @Override
    public void accept(CodeBuilder code, CodeElement element) {
      code.with(element);
    }
  }
}
