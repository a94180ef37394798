package dev.banyan.nginx;

import dev.banyan.nginx.syntax.Directive;
import dev.banyan.nginx.syntax.Units;
import java.util.HashMap;
import java.util.Map;

/** Owned by the thread that loads a configuration: reads {@code thread_pool}. */
final class ThreadPoolReader {
  private static final int DEFAULT_QUEUE = 65_536;

  private final Scope main;

  ThreadPoolReader(Scope main) {
    this.main = main;
  }

  Map<String, MainConf.ThreadPool> pools() {
    Map<String, MainConf.ThreadPool> pools = new HashMap<>();
    for (Directive directive : main.own("thread_pool")) {
      MainConf.ThreadPool pool =
          main.compiler().problems().guardOrNull(directive, () -> pool(directive));
      if (pool != null && pools.putIfAbsent(directive.arg(0), pool) != null) {
        main.problem(directive, "duplicate thread pool \"" + directive.arg(0) + "\"");
      }
    }
    return pools;
  }

  private static MainConf.ThreadPool pool(Directive directive) {
    int threads = 0;
    int queue = DEFAULT_QUEUE;
    for (String arg : directive.args().subList(1, directive.args().size())) {
      if (arg.startsWith("threads=")) {
        threads = number(directive, arg, "threads", 1);
      } else if (arg.startsWith("max_queue=")) {
        queue = number(directive, arg, "max_queue", 0);
      }
    }
    if (threads == 0) {
      throw directive.error("\"thread_pool\" must have \"threads\" parameter");
    }
    return new MainConf.ThreadPool(threads, queue);
  }

  private static int number(Directive directive, String arg, String name, int least) {
    long number = Units.number(arg.substring(name.length() + 1)).orElse(-1);
    if (number < least || number > Integer.MAX_VALUE) {
      throw directive.error("invalid " + name + " value \"" + arg + "\"");
    }
    return (int) number;
  }
}
