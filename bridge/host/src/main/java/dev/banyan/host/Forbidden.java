package dev.banyan.host;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Immutable: what of the JDK a port must not use, because it blocks its worker, starts threads, or
 * reads what no journal would know of, and the capability that takes its place.
 *
 * @param prefix the internal name of a class, or what the names of a package's classes begin with
 * @param members the members that are meant; empty for all
 * @param descriptor how a member's descriptor begins that is meant; empty for any
 * @param instead what to do instead
 */
record Forbidden(String prefix, Set<String> members, String descriptor, String instead) {
  private static final String CONNECT = "take an Http, Tcp, Udp or Dns parameter, which yield";
  private static final String THREADS =
      "a port has no threads and waits for nobody: what it learns it learns in a function with"
          + " @Mirror";
  private static final String FILES =
      "take a DataFiles parameter in a function with @Mirror, and write with Decision.append";
  private static final String CLOCK = "take a java.time.Clock parameter";
  private static final String CHANCE = "take a Randomness parameter";
  private static final String PROCESS = "a port is a guest in this process";

  private static final Set<String> HARMLESS =
      Set.of(
          "java/io/FileNotFoundException",
          "java/net/URI",
          "java/net/URISyntaxException",
          "java/net/URLDecoder",
          "java/net/URLEncoder",
          "java/net/IDN");

  private static final List<Forbidden> ALL =
      List.of(
          all("java/net/", CONNECT),
          all("javax/net/", CONNECT),
          all("java/nio/channels/", CONNECT),
          all("java/nio/file/Files", FILES),
          all("java/io/File", FILES),
          all("java/io/RandomAccessFile", FILES),
          some(
              "java/lang/Thread",
              THREADS,
              "<init>",
              "start",
              "startVirtualThread",
              "ofVirtual",
              "ofPlatform",
              "sleep",
              "join"),
          all("java/util/Timer", THREADS),
          all("java/util/concurrent/Executors", THREADS),
          all("java/util/concurrent/ThreadPoolExecutor", THREADS),
          all("java/util/concurrent/ScheduledThreadPoolExecutor", THREADS),
          all("java/util/concurrent/ForkJoin", THREADS),
          all("java/util/concurrent/CompletableFuture", THREADS),
          all("java/util/concurrent/CountDownLatch", THREADS),
          all("java/util/concurrent/CyclicBarrier", THREADS),
          all("java/util/concurrent/Semaphore", THREADS),
          all("java/util/concurrent/locks/LockSupport", THREADS),
          some("java/lang/Object", THREADS, "wait"),
          some("java/util/Collection", THREADS, "parallelStream"),
          some("java/lang/System", CLOCK, "currentTimeMillis", "nanoTime"),
          new Forbidden("java/time/", Set.of("now"), "()", CLOCK),
          some("java/time/Clock", CLOCK, "systemUTC", "systemDefaultZone", "system"),
          some("java/lang/Math", CHANCE, "random"),
          new Forbidden("java/util/Random", Set.of("<init>"), "()", CHANCE),
          all("java/util/concurrent/ThreadLocalRandom", CHANCE),
          all("java/security/SecureRandom", CHANCE),
          some("java/util/UUID", CHANCE, "randomUUID"),
          all("java/lang/ProcessBuilder", PROCESS),
          some("java/lang/Runtime", PROCESS, "exec", "halt", "exit", "load", "loadLibrary"),
          some("java/lang/System", PROCESS, "exit", "load", "loadLibrary", "setProperty"));

  private static Forbidden all(String prefix, String instead) {
    return new Forbidden(prefix, Set.of(), "", instead);
  }

  private static Forbidden some(String owner, String instead, String... members) {
    return new Forbidden(owner, Set.of(members), "", instead);
  }

  /** What to do instead of using this member, or null when it may be used. */
  static @Nullable String instead(String owner, String member, String descriptor) {
    if (!owner.startsWith("java") || HARMLESS.contains(owner)) {
      return null;
    }
    for (Forbidden one : ALL) {
      if (owner.startsWith(one.prefix)
          && (one.members.isEmpty() || one.members.contains(member))
          && descriptor.startsWith(one.descriptor)) {
        return one.instead;
      }
    }
    return null;
  }
}
