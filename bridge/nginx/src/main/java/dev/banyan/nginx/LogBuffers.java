package dev.banyan.nginx;

import dev.banyan.nginx.syntax.Directive;
import dev.banyan.nginx.syntax.Units;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Owned by the thread that loads a configuration: the buffers of logs, each of which serves
 * whatever is logged to its file.
 */
final class LogBuffers {
  private static final String BUFFER = "buffer=";
  private static final String FLUSH = "flush=";
  private static final String GZIP = "gzip=";

  private final Map<String, LogBuffer> byFile = new HashMap<>();

  /** Whether a word of {@code access_log} says something of a buffer. */
  static boolean concerns(String word) {
    return word.startsWith(BUFFER)
        || word.startsWith(FLUSH)
        || word.startsWith(GZIP)
        || word.equals("gzip");
  }

  /**
   * Reads words of a buffer.
   *
   * @param file what is logged to, absolute unless it is no file of one name
   * @param single whether it is a file of one name
   */
  void read(Directive directive, List<String> words, String file, boolean single) {
    long size = 0;
    Duration flush = Duration.ZERO;
    int level = 0;
    for (String word : words) {
      String value = word.substring(word.indexOf('=') + 1);
      if (word.startsWith(BUFFER)) {
        size = size(directive, value);
      } else if (word.startsWith(FLUSH)) {
        flush = flush(directive, value);
      } else {
        level = word.equals("gzip") ? 1 : level(directive, value);
        size = size == 0 ? LogBuffer.COMPRESSED_SIZE : size;
      }
    }
    String written = directive.arg(0);
    if (size == 0) {
      throw directive.error("no buffer is defined for access_log \"" + written + "\"");
    }
    if (Syslog.names(written)) {
      throw directive.error("logs to syslog cannot be buffered");
    }
    if (!single) {
      throw directive.error("buffered logs cannot have variables in name");
    }
    LogBuffer buffer = new LogBuffer((int) size, flush, level);
    if (!buffer.equals(byFile.computeIfAbsent(file, _ -> buffer))) {
      throw directive.error(
          "access_log \"" + written + "\" already defined with conflicting parameters");
    }
  }

  /** By file. */
  Map<String, LogBuffer> all() {
    return Map.copyOf(byFile);
  }

  private static long size(Directive directive, String value) {
    long size = Units.size(value).orElse(0);
    if (size == 0 || size > Integer.MAX_VALUE) {
      throw directive.error("invalid buffer size \"" + value + "\"");
    }
    return size;
  }

  private static Duration flush(Directive directive, String value) {
    try {
      Duration flush = Units.millis(value);
      if (!flush.isZero()) {
        return flush;
      }
    } catch (NumberFormatException | ArithmeticException e) {
      throw wrongFlush(directive, value);
    }
    throw wrongFlush(directive, value);
  }

  private static RuntimeException wrongFlush(Directive directive, String value) {
    return directive.error("invalid flush time \"" + value + "\"");
  }

  private static int level(Directive directive, String value) {
    long level = Units.number(value).orElse(0);
    if (level < 1 || level > 9) {
      throw directive.error("invalid compression level \"" + value + "\"");
    }
    return (int) level;
  }
}
