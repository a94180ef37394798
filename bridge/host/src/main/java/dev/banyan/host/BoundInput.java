package dev.banyan.host;

import dev.banyan.api.ModuleField;
import java.lang.invoke.MethodHandle;
import java.lang.reflect.RecordComponent;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Immutable, for any thread: an input record with its sources found. */
final class BoundInput {
  private final Source[] sources;

  /** Where {@link #sources} are that are read late. */
  private final int[] late;

  /** Where the others are. */
  private final int[] early;

  private final Set<String> fields;

  /** Takes as many objects as there are sources; null when there is no input. */
  private final @Nullable MethodHandle constructor;

  private BoundInput(Source[] sources, Set<String> fields, @Nullable MethodHandle constructor) {
    this.sources = sources;
    this.late = IntStream.range(0, sources.length).filter(i -> sources[i].late()).toArray();
    this.early = IntStream.range(0, sources.length).filter(i -> !sources[i].late()).toArray();
    this.fields = Set.copyOf(fields);
    this.constructor = constructor;
  }

  /**
   * Binds a record, or nothing.
   *
   * @throws PortDefect when a component names no source or one of another type
   */
  static BoundInput of(@Nullable Class<?> type) {
    if (type == null) {
      return new BoundInput(new Source[0], Set.of(), null);
    }
    RecordComponent[] components = type.getRecordComponents();
    Source[] sources = new Source[components.length];
    Set<String> fields = new TreeSet<>();
    for (int i = 0; i < sources.length; i++) {
      sources[i] = Sources.of(components[i]);
      ModuleField field = components[i].getAnnotation(ModuleField.class);
      if (field != null) {
        fields.add(field.value());
      }
    }
    return new BoundInput(sources, fields, Handles.constructor(type));
  }

  /** The fields of the Lua module that it reads. */
  Set<String> fields() {
    return fields;
  }

  /** Whether there is anything to read. */
  boolean reads() {
    return constructor != null;
  }

  Source[] sources() {
    return sources;
  }

  @Nullable MethodHandle constructor() {
    return constructor;
  }

  /** Notes all but what the control may read itself. */
  @Nullable Object[] early(CallView call) {
    @Nullable Object[] noted = new @Nullable Object[sources.length];
    for (int i : early) {
      noted[i] = sources[i].note(call);
    }
    return noted;
  }

  /** Whether {@link #early} leaves anything out. */
  boolean readsLate() {
    return late.length > 0;
  }

  /** Notes what {@link #early} left out. */
  void finish(@Nullable Object[] noted, CallView call) {
    for (int i : late) {
      noted[i] = sources[i].note(call);
    }
  }

  /** The components' values, of what was noted. */
  @Nullable Object[] values(@Nullable Object[] noted) {
    @Nullable Object[] values = new @Nullable Object[sources.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = sources[i].value(noted[i]);
    }
    return values;
  }
}
