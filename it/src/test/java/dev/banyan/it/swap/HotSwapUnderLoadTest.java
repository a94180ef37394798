package dev.banyan.it.swap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.api.FailMode;
import dev.banyan.api.Way;
import dev.banyan.gateway.seam.HostSeam;
import dev.banyan.gateway.seam.ModulePolicy;
import dev.banyan.host.Breaker;
import dev.banyan.host.CallGuards;
import dev.banyan.host.CallRules;
import dev.banyan.host.InstalledPorts;
import dev.banyan.host.ModuleHost;
import dev.banyan.it.edge.LegacyCopy;
import dev.banyan.it.matrix.Edge;
import dev.banyan.it.matrix.StepClock;
import dev.banyan.it.parity.Side;
import dev.banyan.it.traffic.Exchange;
import dev.banyan.it.traffic.Session;
import dev.banyan.it.traffic.Tenants;
import dev.banyan.it.traffic.TrafficPlan;
import dev.banyan.it.wire.RawClient;
import dev.banyan.router.parity.ParityBook;
import dev.banyan.router.parity.ParitySettings;
import dev.banyan.router.parity.ParitySnapshot;
import dev.banyan.router.parity.Redactor;
import dev.banyan.server.routing.ShadowObserver;
import dev.banyan.server.shadow.ShadowExecutor;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The jar of the WAF's port is loaded anew two hundred times while attacks and near misses come.
 */
final class HotSwapUnderLoadTest {
  private static final String MODULE = "edge.waf";
  private static final int SWAPS = 200;
  private static final int CLIENTS = 2;
  private static final int MOST_LOADERS = 2;
  private static final Duration STEP = Duration.ofMillis(200);
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final ModulePolicy JAVA = () -> (_, _) -> Way.JAVA;
  private static final CallRules RULES =
      new CallRules(FailMode.CLOSED, PATIENCE, 256, Breaker.Rules.DEFAULT);

  @TempDir Path folder;

  private final StepClock clock = new StepClock();
  private final AtomicBoolean over = new AtomicBoolean();
  private final AtomicInteger answered = new AtomicInteger();
  private final Map<Exchange, Integer> statuses = new ConcurrentHashMap<>();
  private final List<String> failures = new ArrayList<>();

  @Test
  void twoHundredSwapsFailNoRequestAndLeaveAtMostTwoClassLoaders() throws Exception {
    Path jar = jar();
    InstalledPorts installed = new InstalledPorts(ModuleHost.load(List.of(jar)));
    List<WeakReference<ClassLoader>> former = new ArrayList<>();
    ParityBook parity =
        new ParityBook(
            List.of(MODULE),
            Clock.systemUTC(),
            ParitySettings.of(
                0.99, 1, new Redactor(new byte[32], Set.of(), Redactor.Bodies.HIDDEN)));
    try (ShadowExecutor shadow = new ShadowExecutor(1, 1);
        Side side = Side.start(edge(installed, new ShadowObserver(parity, shadow)), folder)) {
      List<Session> attacks =
          TrafficPlan.wafOnly(Tenants.read(LegacyCopy.source()), SWAPS).sessions();
      List<Thread> clients = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        clients.add(Thread.ofPlatform().start(() -> load(side, attacks)));
      }
      for (int i = 0; i < SWAPS; i++) {
        former.add(new WeakReference<>(loader(installed.current())));
        installed.replace(ModuleHost.load(List.of(jar)));
      }
      over.set(true);
      for (Thread client : clients) {
        client.join();
      }
      ParitySnapshot figures = Objects.requireNonNull(parity.module(MODULE)).snapshot();
      long alive = aliveAfterCollections(former);
      System.out.println(
          SWAPS
              + " swaps under "
              + answered
              + " requests: "
              + failures.size()
              + " failed, "
              + figures.javaCalls()
              + " calls by Java, "
              + figures.fallbackTotal()
              + " not; former class loaders alive: "
              + alive);
      assertThat(failures).isEmpty();
      assertThat(answered.get()).isGreaterThan(SWAPS);
      assertThat(figures.javaCalls()).isPositive();
      assertThat(figures.fallbackTotal()).isZero();
      assertThat(alive).isLessThanOrEqualTo(MOST_LOADERS);
    }
  }

  private Edge edge(InstalledPorts installed, ShadowObserver observer) {
    CallGuards guards = new CallGuards(_ -> RULES, System::nanoTime, observer);
    HostSeam seam = new HostSeam(installed, JAVA, guards, observer);
    return new Edge("swapped", clock, seam);
  }

  private void load(Side side, List<Session> attacks) {
    while (!over.get()) {
      for (Session session : attacks) {
        try (RawClient client = RawClient.connect(side.address(), PATIENCE)) {
          for (Exchange exchange : session.exchanges()) {
            clock.step(STEP);
            int status = client.exchange(exchange.bytes(), exchange.method()).status();
            Integer before = statuses.putIfAbsent(exchange, status);
            answered.incrementAndGet();
            if (before != null && before != status) {
              fail(exchange + ": " + before + ", then " + status);
            }
          }
        } catch (IOException e) {
          fail(session.exchanges() + ": " + e);
        }
      }
    }
  }

  private synchronized void fail(String what) {
    failures.add(what);
  }

  private static ClassLoader loader(ModuleHost host) {
    return Objects.requireNonNull(host.port(MODULE)).type().getClassLoader();
  }

  private static long aliveAfterCollections(List<WeakReference<ClassLoader>> former)
      throws InterruptedException {
    long alive = former.size();
    for (int i = 0; i < 20 && alive > 0; i++) {
      System.gc();
      Thread.sleep(Duration.ofMillis(50));
      alive = former.stream().filter(one -> one.get() != null).count();
    }
    return alive;
  }

  private static Path jar() throws IOException {
    Path target = LegacyCopy.source().resolve("../java-modules/waf/target").normalize();
    try (Stream<Path> files = Files.list(target)) {
      return files.filter(file -> file.toString().endsWith(".jar")).findFirst().orElseThrow();
    }
  }
}
