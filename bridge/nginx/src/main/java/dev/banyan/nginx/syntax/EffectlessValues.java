package dev.banyan.nginx.syntax;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What nginx looks at in the arguments of directives that have no effect here, and so no reader:
 * who has written nonsense there is told so all the same.
 */
final class EffectlessValues {
  private static final long LEAST_POOL = 112;
  private static final int POOL_STEP = 16;
  private static final long LEAST_SESSIONS = 8L << 12;
  private static final long LEAST_HTTP2_BUFFER = 32;
  private static final int LONGEST_PATH = 13;
  private static final Set<Long> WINDOWS = powers(9, 15);
  private static final Set<Long> HASHES = powers(9, 17);

  private EffectlessValues() {}

  private static Set<Long> powers(int from, int to) {
    return java.util.stream.LongStream.rangeClosed(from, to)
        .mapToObj(shift -> 1L << shift)
        .collect(java.util.stream.Collectors.toUnmodifiableSet());
  }

  /** What is wrong, in nginx's words; null when nothing is. */
  static @Nullable ConfException problem(Directive directive) {
    String name = directive.name();
    return switch (name) {
      case "aio" -> aio(directive);
      case "open_file_cache" -> openFileCache(directive);
      case "gzip_window" -> power(directive, WINDOWS, "512, 1k, 2k, 4k, 8k, 16k, or 32k");
      case "gzip_hash" -> power(directive, HASHES, "512, 1k, 2k, 4k, 8k, 16k, 32k, 64k, or 128k");
      case "request_pool_size", "connection_pool_size" -> pool(directive);
      case "ssl_session_cache" -> sessions(directive);
      case "http2_recv_buffer_size" ->
          least(
              directive,
              LEAST_HTTP2_BUFFER + 1,
              "\"http2_recv_buffer_size\" directive value is too small");
      case "http2_chunk_size" -> least(directive, 1, "the http2 chunk size cannot be zero");
      case "worker_connections" ->
          Units.number(directive.arg(0)).isPresent()
              ? null
              : directive.error("invalid number \"" + directive.arg(0) + "\"");
      case "worker_priority" -> {
        String text = directive.arg(0);
        yield Units.number(text.startsWith("-") ? text.substring(1) : text).isPresent()
            ? null
            : directive.error("\"" + name + "\" directive invalid number");
      }
      case "worker_cpu_affinity" -> affinity(directive);
      case "lua_malloc_trim" ->
          Units.number(directive.arg(0)).isPresent()
              ? null
              : directive.error("\"" + name + "\" directive invalid number in the 1st argument");
      case "directio" ->
          directive.arg(0).equals("off") || Units.size(directive.arg(0)).isPresent()
              ? null
              : directive.invalidValue();
      default -> levels(directive);
    };
  }

  private static @Nullable ConfException affinity(Directive directive) {
    boolean auto = directive.arg(0).equals("auto");
    if (auto && directive.args().size() > 2) {
      return directive.error("invalid number of arguments in \"worker_cpu_affinity\" directive");
    }
    for (String mask : directive.args().subList(auto ? 1 : 0, directive.args().size())) {
      for (char bit : new StringBuilder(mask).reverse().toString().toCharArray()) {
        if (bit != '0' && bit != '1' && bit != ' ') {
          return directive.error("invalid character \"" + bit + "\" in \"worker_cpu_affinity\"");
        }
      }
    }
    return null;
  }

  private static @Nullable ConfException aio(Directive directive) {
    String value = directive.arg(0);
    if (value.equals("on")) {
      return directive.error("\"aio on\" is unsupported on this platform");
    }
    boolean threads = value.equals("threads") || value.startsWith("threads=");
    return threads || value.equals("off") ? null : directive.invalidValue();
  }

  private static @Nullable ConfException openFileCache(Directive directive) {
    boolean bounded = false;
    boolean off = false;
    for (String arg : directive.args()) {
      boolean max = arg.startsWith("max=") && Units.number(arg.substring(4)).orElse(0) > 0;
      bounded |= max;
      off |= arg.equals("off");
      boolean inactive =
          arg.startsWith("inactive=") && Units.isTime(arg.substring("inactive=".length()), false);
      if (!max && !inactive && !arg.equals("off")) {
        return directive.error("invalid \"open_file_cache\" parameter \"" + arg + "\"");
      }
    }
    return bounded || off
        ? null
        : directive.error("\"open_file_cache\" must have the \"max\" parameter");
  }

  private static @Nullable ConfException power(
      Directive directive, Set<Long> powers, String listed) {
    long size = Units.memory(directive.arg(0)).orElse(-1);
    if (size < 0) {
      return directive.invalidValue();
    }
    return powers.contains(size)
        ? null
        : directive.error("\"" + directive.name() + "\" directive must be " + listed);
  }

  private static @Nullable ConfException pool(Directive directive) {
    long size = Units.memory(directive.arg(0)).orElse(-1);
    if (size < 0) {
      return directive.invalidValue();
    }
    if (size < LEAST_POOL) {
      return directive.error("the pool size must be no less than " + LEAST_POOL);
    }
    return size % POOL_STEP == 0
        ? null
        : directive.error("the pool size must be a multiple of " + POOL_STEP);
  }

  private static @Nullable ConfException least(Directive directive, long least, String problem) {
    long size = Units.memory(directive.arg(0)).orElse(-1);
    if (size < 0) {
      return directive.invalidValue();
    }
    return size >= least ? null : directive.error(problem);
  }

  private static @Nullable ConfException sessions(Directive directive) {
    for (String arg : directive.args()) {
      if (arg.startsWith("shared:")) {
        int colon = arg.indexOf(':', "shared:".length() + 1);
        long size = colon < 0 ? -1 : Units.memory(arg.substring(colon + 1)).orElse(-1);
        if (size >= 0 && size < LEAST_SESSIONS) {
          return directive.error("session cache \"" + arg + "\" is too small");
        }
        if (size >= 0 && arg.charAt("shared:".length()) != ':') {
          continue;
        }
      }
      boolean builtin =
          arg.equals("builtin")
              || (arg.startsWith("builtin:")
                  && Units.number(arg.substring("builtin:".length())).isPresent());
      if (!builtin && !List.of("off", "none").contains(arg)) {
        return directive.error("invalid session cache \"" + arg + "\"");
      }
    }
    return null;
  }

  /** Of a folder for temporary files: how many characters name each level below it. */
  private static @Nullable ConfException levels(Directive directive) {
    long length = 0;
    for (String arg : directive.args().subList(1, directive.args().size())) {
      long level = Units.number(arg).orElse(0);
      length += level + 1;
      if (level == 0 || length > LONGEST_PATH) {
        return directive.invalidValue();
      }
    }
    return null;
  }
}
