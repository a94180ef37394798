package dev.banyan.cli;

import java.lang.reflect.Proxy;
import java.util.Locale;
import java.util.concurrent.LinkedBlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * For any thread: the signals of the process as a queue.
 *
 * <p>{@code sun.misc.Signal} is supported (module jdk.unsupported) but javac warns of it without a
 * way to accept the warning, so it is reached by reflection.
 */
@SuppressWarnings("ReferenceEquality") // a proxy is equal to itself alone
final class Signals implements AutoCloseable {
  /** What a signal asks for. */
  enum Request {
    /** SIGHUP: read the configuration again. */
    RELOAD,
    /** SIGUSR1: open the logs anew, they were moved away. */
    REOPEN,
    /** SIGUSR2: start this program anew and hand over to it. */
    UPGRADE,
    /** SIGTERM: end when running requests have ended. */
    QUIT,
    /** SIGINT: end now. */
    STOP,
    /** No signal: what was to end before this process does has ended. */
    ENDED
  }

  /**
   * The environment's name for the signal that the JVM stops threads with, which is SIGUSR2 unless
   * it says otherwise.
   */
  private static final String OF_THE_JVM = "_JAVA_SR_SIGNUM";

  private static final String SIGUSR2 = "12";

  private static final Logger LOG = LoggerFactory.getLogger(Signals.class);

  private final LinkedBlockingQueue<Request> requests = new LinkedBlockingQueue<>();

  private Signals() {}

  /** Takes the signals over from the JVM. */
  static Signals listen() {
    Signals signals = new Signals();
    signals.handle("HUP", Request.RELOAD);
    signals.handle("USR1", Request.REOPEN);
    if (!System.getenv().getOrDefault(OF_THE_JVM, SIGUSR2).equals(SIGUSR2)) {
      signals.handle("USR2", Request.UPGRADE);
    }
    signals.handle("TERM", Request.QUIT);
    signals.handle("INT", Request.STOP);
    return signals;
  }

  /** Waits for the next one. */
  Request next() throws InterruptedException {
    return requests.take();
  }

  /** Whether a signal waits that ends this process. */
  boolean endIsAsked() {
    return requests.contains(Request.QUIT) || requests.contains(Request.STOP);
  }

  /** Says from this process that what was to end has ended. */
  void ended() {
    requests.add(Request.ENDED);
  }

  /** From now on a signal that ends is handled by nobody: the process is ending already. */
  @Override
  public void close() {
    requests.clear();
  }

  private void handle(String name, Request request) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object queueing =
          Proxy.newProxyInstance(
              handler.getClassLoader(),
              new Class<?>[] {handler},
              (proxy, method, args) ->
                  switch (method.getName()) {
                    case "handle" -> {
                      requests.add(request);
                      yield null;
                    }
                    case "equals" -> proxy == args[0];
                    case "hashCode" -> System.identityHashCode(proxy);
                    default -> "signal handler of " + name;
                  });
      Object former =
          signal
              .getMethod("handle", signal, handler)
              .invoke(null, signal.getConstructor(String.class).newInstance(name), queueing);
      if (handler.getField("SIG_IGN").get(null) == former) {
        LOG.warn(
            "SIG{} stays ignored, as whoever started this process wanted (nohup does): \"{}\" by"
                + " signal won't be heard",
            name,
            request.name().toLowerCase(Locale.ROOT));
      }
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("SIG" + name + " can't be handled on this JVM", e);
    }
  }
}
