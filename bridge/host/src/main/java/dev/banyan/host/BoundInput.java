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
  static final Object[] NOTHING = new Object[0];

  private final Source[] sources;
  private final boolean late;
  private final Set<String> fields;
  private final @Nullable MethodHandle constructor;

  private BoundInput(Source[] sources, Set<String> fields, @Nullable MethodHandle constructor) {
    this.sources = sources;
    this.late = Arrays.stream(sources).anyMatch(Source::late);
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
    return new BoundInput(sources, fields, Handles.recordConstructor(type));
  }

  /** The fields of the Lua module that it reads. */
  Set<String> fields() {
    return fields;
  }

  /** Whether there is anything to read. */
  boolean reads() {
    return constructor != null;
  }

  /** Reads everything; the body last, for which the request may wait. */
  Object extract(CallView call) {
    if (constructor == null) {
      return NOTHING;
    }
    Reading reading = new Reading(call);
    @Nullable Object[] values = read(reading);
    finish(values, reading);
    return Handles.construct(constructor, values);
  }

  /** Reads all but what the control may read itself. */
  @Nullable Object[] early(CallView call) {
    return read(new Reading(call));
  }

  /** Reads what {@link #early} left out and makes the record. */
  Object complete(@Nullable Object[] values, CallView call) {
    if (constructor == null) {
      return NOTHING;
    }
    finish(values, new Reading(call));
    return Handles.construct(constructor, values);
  }

  private @Nullable Object[] read(Reading reading) {
    @Nullable Object[] values = new @Nullable Object[sources.length];
    for (int i = 0; i < sources.length; i++) {
      if (!sources[i].late()) {
        values[i] = sources[i].read(reading);
      }
    }
    return values;
  }

  private void finish(@Nullable Object[] values, Reading reading) {
    if (!late) {
      return;
    }
    for (int i = 0; i < sources.length; i++) {
      if (sources[i].late()) {
        values[i] = sources[i].read(reading);
      }
    }
  }
}
