package dev.banyan.host;

import dev.banyan.api.ModuleField;
import java.lang.invoke.MethodHandle;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Immutable, for any thread: an input record with its sources found. */
final class BoundInput {
  private final Source[] sources;

  private final boolean readsLate;
  private final Set<String> fields;

  /** Takes as many objects as there are sources; null when there is no input. */
  private final @Nullable MethodHandle constructor;

  private BoundInput(Source[] sources, Set<String> fields, @Nullable MethodHandle constructor) {
    this.sources = sources;
    this.readsLate = Arrays.stream(sources).anyMatch(Source::late);
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

  /** Whether there is anything that the control may read itself, so that it is read late. */
  boolean readsLate() {
    return readsLate;
  }
}
