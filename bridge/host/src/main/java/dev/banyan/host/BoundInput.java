package dev.banyan.host;

import java.lang.invoke.MethodHandle;
import java.lang.reflect.RecordComponent;
import org.jspecify.annotations.Nullable;

/** Immutable, for any thread: an input record with its sources found. */
final class BoundInput {
  private static final Object[] NOTHING = new Object[0];

  private final Source[] sources;
  private final @Nullable MethodHandle constructor;

  private BoundInput(Source[] sources, @Nullable MethodHandle constructor) {
    this.sources = sources;
    this.constructor = constructor;
  }

  /**
   * Binds a record, or nothing.
   *
   * @throws PortDefect when a component names no source or one of another type
   */
  static BoundInput of(@Nullable Class<?> type) {
    if (type == null) {
      return new BoundInput(new Source[0], null);
    }
    RecordComponent[] components = type.getRecordComponents();
    Source[] sources = new Source[components.length];
    for (int i = 0; i < sources.length; i++) {
      sources[i] = Sources.of(components[i]);
    }
    return new BoundInput(sources, Handles.recordConstructor(type));
  }

  /** Reads everything. */
  Object extract(CallView call) {
    return constructor == null ? NOTHING : complete(early(call), call);
  }

  /** Reads all but what the control may read itself. */
  @Nullable Object[] early(CallView call) {
    Reading reading = new Reading(call);
    @Nullable Object[] values = new @Nullable Object[sources.length];
    for (int i = 0; i < sources.length; i++) {
      if (!sources[i].late()) {
        values[i] = sources[i].read(reading);
      }
    }
    return values;
  }

  /** Reads what {@link #early} left out and makes the record. */
  Object complete(@Nullable Object[] values, CallView call) {
    if (constructor == null) {
      return NOTHING;
    }
    Reading reading = new Reading(call);
    for (int i = 0; i < sources.length; i++) {
      if (sources[i].late()) {
        values[i] = sources[i].read(reading);
      }
    }
    return Handles.construct(constructor, values);
  }
}
