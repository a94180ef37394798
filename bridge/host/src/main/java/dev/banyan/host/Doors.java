package dev.banyan.host;

import dev.banyan.api.DataFiles;
import dev.banyan.api.Dict;
import dev.banyan.api.Dns;
import dev.banyan.api.Http;
import dev.banyan.api.Log;
import dev.banyan.api.Metrics;
import dev.banyan.api.Mirror;
import dev.banyan.api.Randomness;
import dev.banyan.api.Shared;
import dev.banyan.api.Tcp;
import dev.banyan.api.Udp;
import java.lang.reflect.Parameter;
import java.time.Clock;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Finds the capability that a parameter asks for, once. */
final class Doors {
  private static final Map<Class<?>, Function<Capabilities, Object>> PLAIN =
      Map.of(
          Clock.class, Capabilities::clock,
          Randomness.class, Capabilities::randomness,
          Http.class, Capabilities::http,
          Tcp.class, Capabilities::tcp,
          Udp.class, Capabilities::udp,
          Dns.class, Capabilities::dns,
          Log.class, Capabilities::log,
          Metrics.class, Capabilities::metrics);

  private Doors() {}

  /**
   * What to pass for a parameter, or null when it is no capability.
   *
   * @throws PortDefect naming the annotation that is missing
   */
  static @Nullable Function<Capabilities, Object> of(Parameter parameter, String where) {
    Class<?> type = parameter.getType();
    Shared shared = parameter.getAnnotation(Shared.class);
    if (type == Dict.class) {
      if (shared == null) {
        throw new PortDefect(
            where
                + " takes a Dict without its name: annotate the parameter with @Shared(\"name\")");
      }
      String name = shared.value();
      return capabilities -> capabilities.dict(name);
    }
    if (shared != null) {
      throw new PortDefect(where + " has @Shared on a parameter that is no Dict");
    }
    if (type == DataFiles.class) {
      if (!parameter.getDeclaringExecutable().isAnnotationPresent(Mirror.class)) {
        throw new PortDefect(
            where + " reads files while it answers: only a function with @Mirror takes DataFiles");
      }
      return Capabilities::files;
    }
    return PLAIN.get(type);
  }

  /** The types that are capabilities, for messages. */
  static String names() {
    return "Clock, Randomness, Dict, Http, Tcp, Udp, Dns, Log, Metrics, DataFiles";
  }
}
