package dev.banyan.host;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DynamicConstantDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Owned by one binding: makes the class of a {@link MadeCall}. Sources, doors and handles are
 * constants of its code, so that the JVM's compiler sees through all of them down to the port's own
 * code; a loop over an array of sources would be one call site for every source that there is.
 */
final class CallMaker {
  private static final ClassDesc MADE = type(MadeCall.class);
  private static final ClassDesc SOURCE = type(Source.class);
  private static final ClassDesc VIEW = type(CallView.class);
  private static final ClassDesc CAPABILITIES = type(Capabilities.class);
  private static final ClassDesc FUNCTION = type(Function.class);
  private static final ClassDesc BOUND = type(BoundCall.class);
  private static final ClassDesc OBJECT = ConstantDescs.CD_Object;
  private static final ClassDesc LIST = ConstantDescs.CD_List;
  private static final ClassDesc OBJECTS = OBJECT.arrayType();
  private static final MethodTypeDesc NOTING =
      MethodTypeDesc.of(ConstantDescs.CD_void, OBJECTS, VIEW);

  private final List<BoundCall.Origin> origins;
  private final MethodHandle method;
  private final Source[] sources;
  private final @Nullable MethodHandle constructor;
  private final List<Object> constants = new ArrayList<>();

  private CallMaker(List<BoundCall.Origin> origins, MethodHandle method, BoundInput input) {
    this.origins = origins;
    this.method = method;
    this.sources = input.sources();
    this.constructor = input.constructor();
  }

  /**
   * Makes it.
   *
   * @param origins what the method's parameters are given
   * @param method takes as many objects and answers one
   */
  static MadeCall of(List<BoundCall.Origin> origins, MethodHandle method, BoundInput input) {
    return new CallMaker(origins, method, input).made();
  }

  private MadeCall made() {
    byte[] code =
        ClassFile.of()
            .build(
                ClassDesc.of(CallMaker.class.getPackageName(), "PortCall"),
                made -> {
                  made.withSuperclass(MADE);
                  method(made, ConstantDescs.INIT_NAME, ConstantDescs.MTD_void, this::initialize);
                  method(made, "input", MethodTypeDesc.of(OBJECT, VIEW), this::read);
                  method(made, "early", NOTING, body -> note(body, false));
                  method(made, "late", NOTING, body -> note(body, true));
                  method(made, "input", MethodTypeDesc.of(OBJECT, OBJECTS), this::ofNoted);
                  method(made, "call", calling(OBJECT), this::call);
                  method(made, "answer", calling(VIEW), this::answer);
                });
    try {
      MethodHandles.Lookup made =
          MethodHandles.lookup()
              .defineHiddenClassWithClassData(
                  code, Collections.unmodifiableList(new ArrayList<>(constants)), true);
      return (MadeCall)
          made.findConstructor(made.lookupClass(), MethodType.methodType(void.class)).invoke();
    } catch (Throwable t) {
      throw new IllegalStateException("the class of a port's call can't be made", t);
    }
  }

  private static MethodTypeDesc calling(ClassDesc first) {
    return MethodTypeDesc.of(OBJECT, first, LIST, CAPABILITIES);
  }

  private static void method(
      ClassBuilder made, String name, MethodTypeDesc type, Consumer<CodeBuilder> body) {
    made.withMethodBody(name, type, ClassFile.ACC_PUBLIC, body);
  }

  private void initialize(CodeBuilder body) {
    body.aload(0).invokespecial(MADE, ConstantDescs.INIT_NAME, ConstantDescs.MTD_void).return_();
  }

  private void read(CodeBuilder body) {
    record(body);
    body.areturn();
  }

  /** Leaves the input on the stack, read from the call in the first parameter. */
  private void record(CodeBuilder body) {
    if (constructor == null) {
      body.aconst_null();
      return;
    }
    int[] values = new int[sources.length];
    for (boolean late : new boolean[] {false, true}) {
      for (int i = 0; i < sources.length; i++) {
        if (sources[i].late() == late) {
          values[i] = body.allocateLocal(TypeKind.REFERENCE);
          constant(body, SOURCE, sources[i]);
          body.aload(1)
              .invokeinterface(SOURCE, "read", MethodTypeDesc.of(OBJECT, VIEW))
              .astore(values[i]);
        }
      }
    }
    constant(body, ConstantDescs.CD_MethodHandle, constructor);
    for (int value : values) {
      body.aload(value);
    }
    invoke(body, sources.length);
  }

  /** Puts into the array in the first parameter what is noted of the call in the second. */
  private void note(CodeBuilder body, boolean late) {
    for (int i = 0; i < sources.length; i++) {
      if (sources[i].late() == late) {
        body.aload(1).loadConstant(i);
        constant(body, SOURCE, sources[i]);
        body.aload(2).invokeinterface(SOURCE, "note", MethodTypeDesc.of(OBJECT, VIEW)).aastore();
      }
    }
    body.return_();
  }

  private void ofNoted(CodeBuilder body) {
    if (constructor == null) {
      body.aconst_null().areturn();
      return;
    }
    constant(body, ConstantDescs.CD_MethodHandle, constructor);
    for (int i = 0; i < sources.length; i++) {
      constant(body, SOURCE, sources[i]);
      body.aload(1)
          .loadConstant(i)
          .aaload()
          .invokeinterface(SOURCE, "value", MethodTypeDesc.of(OBJECT, OBJECT));
    }
    invoke(body, sources.length);
    body.areturn();
  }

  private void call(CodeBuilder body) {
    body(body, it -> it.aload(1));
  }

  private void answer(CodeBuilder body) {
    body(body, this::record);
  }

  private void body(CodeBuilder body, Consumer<CodeBuilder> input) {
    int[] values = new int[origins.size()];
    for (int i = 0; i < values.length; i++) {
      int value = body.allocateLocal(TypeKind.REFERENCE);
      values[i] = value;
      switch (origins.get(i)) {
        case BoundCall.Origin.Input _ -> input.accept(body);
        case BoundCall.Origin.Door(var door) -> {
          constant(body, FUNCTION, door);
          body.aload(3).invokeinterface(FUNCTION, "apply", MethodTypeDesc.of(OBJECT, OBJECT));
        }
        case BoundCall.Origin.OfLua(int position, Class<?> type) -> {
          body.aload(2).loadConstant(position);
          constant(body, ConstantDescs.CD_Class, type);
          body.invokestatic(
                  BOUND,
                  "argument",
                  MethodTypeDesc.of(OBJECT, LIST, ConstantDescs.CD_int, ConstantDescs.CD_Class))
              .dup()
              .astore(value)
              .instanceOf(type(BoundCall.Misfit.class))
              .ifThen(misfit -> misfit.aload(value).areturn())
              .aload(value);
        }
      }
      body.astore(value);
    }
    constant(body, ConstantDescs.CD_MethodHandle, method);
    for (int value : values) {
      body.aload(value);
    }
    invoke(body, values.length);
    body.areturn();
  }

  private static void invoke(CodeBuilder body, int count) {
    ClassDesc[] objects = Collections.nCopies(count, OBJECT).toArray(ClassDesc[]::new);
    body.invokevirtual(
        ConstantDescs.CD_MethodHandle, "invokeExact", MethodTypeDesc.of(OBJECT, objects));
  }

  private void constant(CodeBuilder body, ClassDesc type, Object value) {
    int position = constants.indexOf(value);
    if (position < 0) {
      position = constants.size();
      constants.add(value);
    }
    body.loadConstant(
        DynamicConstantDesc.ofNamed(
            ConstantDescs.BSM_CLASS_DATA_AT, ConstantDescs.DEFAULT_NAME, type, position));
  }

  private static ClassDesc type(Class<?> of) {
    return ClassDesc.ofDescriptor(of.descriptorString());
  }
}
