package dev.banyan.nginx;

import dev.banyan.nginx.syntax.Directive;
import dev.banyan.nginx.syntax.Units;
import org.jspecify.annotations.Nullable;

/**
 * Owned by the thread that loads a configuration: the sizes of buffers for the answers of origins,
 * which must fit each other although the transport has its own.
 */
final class OriginBuffers {
  private static final long PAGE = 4 << 10;
  private static final long USUAL_COUNT = 8;
  private static final int LEAST_COUNT = 2;
  private static final long UNKNOWN = -1;

  private final Scope scope;
  private final String module;

  OriginBuffers(Scope scope, String module) {
    this.scope = scope;
    this.module = module;
  }

  private String name(String setting) {
    return module + "_" + setting;
  }

  /** Reports what doesn't fit, where one of the sizes is told. */
  void check() {
    Directive buffers = scope.one(name("buffers"));
    Directive first = scope.one(name("buffer_size"));
    Directive busy = scope.one(name("busy_buffers_size"));
    long count = buffers == null ? USUAL_COUNT : Units.number(buffers.arg(0)).orElse(UNKNOWN);
    long each = buffers == null ? PAGE : Units.size(buffers.arg(1)).orElse(UNKNOWN);
    long head = size(first, PAGE);
    if (count == UNKNOWN || each == UNKNOWN || head == UNKNOWN) {
      return; // whoever reads them reports it
    }
    if (buffers != null && count < LEAST_COUNT) {
      scope.problem(buffers, "there must be at least 2 \"" + buffers.name() + "\"");
      return;
    }
    long largest = Math.max(head, each);
    Directive told = busy != null ? busy : buffers != null ? buffers : first;
    if (told != null) {
      checkBusy(told, size(busy, 2 * largest), largest, (count - 1) * each);
    }
    checkFile("temp_file_write_size", largest, "must be");
    checkFile(
        "max_temp_file_size",
        largest,
        "must be equal to zero to disable temporary files usage or must be");
  }

  private static long size(@Nullable Directive directive, long fallback) {
    return directive == null ? fallback : Units.size(directive.arg(0)).orElse(UNKNOWN);
  }

  private void checkBusy(Directive told, long busy, long largest, long most) {
    String quoted = "\"" + name("busy_buffers_size") + "\"";
    if (busy == UNKNOWN) {
      return;
    }
    if (busy < largest) {
      scope.problem(told, quoted + " must be " + largestWords());
    } else if (busy > most) {
      scope.problem(
          told,
          quoted
              + " must be less than the size of all \""
              + name("buffers")
              + "\" minus one buffer");
    }
  }

  private void checkFile(String setting, long largest, String must) {
    Directive directive = scope.one(name(setting));
    long size = size(directive, UNKNOWN);
    boolean off = size == 0 && setting.startsWith("max");
    if (directive != null && size != UNKNOWN && size < largest && !off) {
      scope.problem(directive, "\"" + directive.name() + "\" " + must + " " + largestWords());
    }
  }

  private String largestWords() {
    return "equal to or greater than the maximum of the value of \""
        + name("buffer_size")
        + "\" and one of the \""
        + name("buffers")
        + "\"";
  }
}
