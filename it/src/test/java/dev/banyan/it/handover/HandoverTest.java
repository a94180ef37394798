package dev.banyan.it.handover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.banyan.cli.Banyan;
import dev.banyan.it.process.Certificate;
import dev.banyan.it.process.FreePorts;
import dev.banyan.transport.IoMethod;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A process hands over to another on SIGUSR2, and no client notices: not a connection is refused,
 * reset or closed before its answer, whatever was asked before, meanwhile or after.
 */
@EnabledOnOs(OS.LINUX)
final class HandoverTest {
  private static final int TIMES = 2;

  @TempDir Path folder;

  private final AtomicBoolean over = new AtomicBoolean();
  private final AtomicInteger numbers = new AtomicInteger();
  private final AtomicInteger answered = new AtomicInteger();
  private final Queue<String> failures = new ConcurrentLinkedQueue<>();
  private int port;
  private int tlsPort;

  @BeforeEach
  void ports() throws IOException {
    port = FreePorts.next();
    tlsPort = FreePorts.next();
  }

  static List<IoMethod> methods() {
    return IoMethod.available().stream().filter(method -> method != IoMethod.NIO).toList();
  }

  private void write(String use, int originPort, String init) throws IOException {
    Files.writeString(
        folder.resolve("nginx.conf"),
        """
        worker_processes 2;
        pid nginx.pid;
        error_log stderr warn;
        events { %1$s worker_connections 1024; }
        http {
          access_log off;
          lua_package_path "$prefix/?.lua;;";
          client_body_buffer_size 64k;
          %2$s
          upstream origin { server 127.0.0.1:%3$d; keepalive 8; }
          server {
            listen 127.0.0.1:%4$d;
            listen unix:%5$s;
            listen 127.0.0.1:%6$d ssl http2;
            %7$s
            location / {
              proxy_http_version 1.1;
              proxy_set_header Connection "";
              proxy_pass http://origin;
            }
            location /pid { content_by_lua_block {
              local pid = tostring(ngx.worker.pid())
              ngx.header["Content-Length"] = #pid
              ngx.print(pid)
            } }
            location /slow { content_by_lua_block {
              ngx.sleep(2)
              ngx.header["Content-Length"] = 4
              ngx.print("slow")
            } }
          }
        }
        """
            .formatted(
                use,
                init,
                originPort,
                port,
                folder.resolve("s.sock"),
                tlsPort,
                Certificate.make(folder.resolve("tls")).directives()));
  }

  @ParameterizedTest
  @MethodSource("methods")
  void noRequestIsLostAndNoneReachesTheOriginTwice(IoMethod method) throws Exception {
    try (Origin origin = new Origin()) {
      write("use " + method + ";", origin.port(), "");
      try (Running banyan = Running.start(folder, "--conf", "nginx.conf")) {
        List<Thread> clients = new ArrayList<>();
        for (SocketAddress address : List.of(address(), socket())) {
          clients.add(Thread.ofPlatform().start(() -> ask(address, true)));
          clients.add(Thread.ofPlatform().start(() -> ask(address, true)));
          clients.add(Thread.ofPlatform().start(() -> ask(address, false)));
        }
        clients.add(Thread.ofPlatform().start(this::askByHttp2));
        long begun = System.nanoTime();
        for (int i = 0; i < TIMES; i++) {
          banyan.handOver();
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        over.set(true);
        for (Thread client : clients) {
          client.join();
        }
        System.out.printf(
            "%d hand-overs with %s in %.1f s under %d requests: %d failed%n",
            TIMES, method, seconds, answered.get(), failures.size());
        assertThat(failures).isEmpty();
        assertThat(origin.seen()).hasSize(answered.get());
        assertThat(origin.seen().values()).containsOnly(1);
      }
      assertThat(folder.resolve("s.sock")).doesNotExist();
      assertThat(folder.resolve("nginx.pid")).doesNotExist();
    }
  }

  private InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  private UnixDomainSocketAddress socket() {
    return UnixDomainSocketAddress.of(folder.resolve("s.sock"));
  }

  private void ask(SocketAddress address, boolean keeps) {
    try (Client client = new Client(address, keeps)) {
      while (!over.get()) {
        String path = "/" + numbers.incrementAndGet();
        check(path, client.post(path));
        Thread.sleep(4); // processes have to start beside it
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      failures.add((keeps ? "kept " : "short ") + address + ": " + e);
    }
  }

  private void check(String path, String body) {
    if (body.equals(path)) {
      answered.incrementAndGet();
    } else {
      failures.add(path + " was answered by " + body);
    }
  }

  private void askByHttp2() {
    try (HttpClient client = Trusting.client()) {
      while (!over.get()) {
        String path = "/" + numbers.incrementAndGet();
        HttpRequest request =
            HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + tlsPort + path))
                .POST(BodyPublishers.ofString("ok"))
                .build();
        HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
        assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
        check(path, answer.body());
        Thread.sleep(4);
      }
    } catch (IOException e) {
      failures.add("HTTP/2: " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void whatRunsEndsInTheOldProcessAndWhatComesGoesToTheNew() throws Exception {
    write("", 1, "");
    try (Running banyan = Running.start(folder, "--conf", "nginx.conf");
        Client slow = new Client(address(), true);
        Client idle = new Client(address(), true)) {
      String before = idle.post("/pid");
      assertThat(before).isEqualTo(Long.toString(banyan.pid()));
      AtomicInteger done = new AtomicInteger();
      Thread running =
          Thread.ofPlatform()
              .start(() -> {
                try {
                  done.set(slow.post("/slow").length());
                } catch (IOException e) {
                  failures.add(e.toString());
                }
              });
      banyan.handOver();
      running.join();
      assertThat(failures).isEmpty();
      assertThat(done.get()).isEqualTo(4);
      try (Client fresh = new Client(address(), true)) {
        assertThat(fresh.post("/pid")).isEqualTo(Long.toString(banyan.pid())).isNotEqualTo(before);
      }
    }
  }

  @Test
  void whatTheNewProcessCannotServeLeavesTheOldServing() throws Exception {
    write("", 1, "");
    try (Running banyan = Running.start(folder, "--conf", "nginx.conf");
        Client kept = new Client(address(), true)) {
      String pid = kept.post("/pid");
      for (String wrong : List.of("no_such_directive on;", "init_by_lua 'error(\"no luck\")';")) {
        write("", 1, wrong);
        banyan.ask();
        String why = wrong.startsWith("no_") ? "no_such_directive" : "no luck";
        await().until(() -> banyan.output().contains(why));
        await().until(() -> banyan.output().endsWith("before it was ready, and has said why\n"));
        Files.writeString(folder.resolve("output"), "");
        assertThat(kept.post("/pid")).isEqualTo(pid);
        assertThat(banyan.pid()).isEqualTo(Long.parseLong(pid));
        try (Client fresh = new Client(socket(), true)) {
          assertThat(fresh.post("/pid")).isEqualTo(pid);
        }
      }
    }
  }

  @Test
  void flagsAndTheAdminListenerGoOverAndComeBackWhereTheNewProcessCannotHaveThem()
      throws Exception {
    write("", 1, "");
    int adminPort = FreePorts.next();
    Files.writeString(folder.resolve("m.lua"), "return { f = function() return 1 end }\n");
    Path yaml = writeYaml(adminPort);
    try (Running banyan = Running.start(folder, "--config", yaml.toString())) {
      long first = banyan.pid();
      assertThat(rollback(yaml, "first")).isZero();

      writeYaml(port); // where it listens itself
      banyan.ask();
      banyan.awaitOutput("process " + first + " goes on serving");
      writeYaml(adminPort);
      assertThat(rollback(yaml, "second")).isZero();
      assertThat(banyan.pid()).isEqualTo(first);
      assertThat(folder.resolve("nginx.pid.oldbin")).doesNotExist();

      banyan.handOver();
      assertThat(rollback(yaml, "third")).isZero();
      assertThat(Files.readString(folder.resolve("state/audit.ndjson")))
          .containsSubsequence(
              "\"version\":1",
              "\"version\":2",
              "handed over from pid " + first + " to pid " + banyan.pid(),
              "\"version\":3");
    }
  }

  private Path writeYaml(int adminPort) throws IOException {
    return Files.writeString(
        folder.resolve("banyan.yaml"),
        """
        conf: nginx.conf
        admin: {listen: "127.0.0.1:%d"}
        modules:
          m: {fail-mode: lua}
        """
            .formatted(adminPort));
  }

  /** The exit code of a command that the admin listener obeys. */
  private static int rollback(Path yaml, String why) {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    return Banyan.run(out, out, "rollback", "m", "--why", why, "--config", yaml.toString());
  }
}
