package dev.banyan.it.load;

import dev.banyan.it.process.AdminClient;
import dev.banyan.it.process.Grounds;
import dev.banyan.it.process.Program;
import io.netty.util.internal.logging.InternalLoggerFactory;
import io.netty.util.internal.logging.JdkLoggerFactory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Owned by its thread: starts every server in front of one origin, warms them up, and loads one
 * after the other in rounds that begin with another server each time, so that what changes on the
 * machine meanwhile meets them all.
 */
public final class LoadRun {
  private final Path root;
  private final Path work;
  private final Options options;
  private final Map<Contender, Program> programs = new EnumMap<>(Contender.class);
  private final Map<Contender, Grounds> grounds = new EnumMap<>(Contender.class);
  private final Map<Contender, List<Shot>> shots = new EnumMap<>(Contender.class);

  private LoadRun(Path root, Options options) {
    this.root = root;
    this.work = root.resolve(".run/load");
    this.options = options;
  }

  /** Arguments: the checkout's folder, and the options of {@code scripts/bench load}. */
  public static void main(String[] args) throws IOException, InterruptedException {
    InternalLoggerFactory.setDefaultFactory(JdkLoggerFactory.INSTANCE); // which leaves details out
    Path root = Path.of(args[0]).toAbsolutePath().normalize();
    Options options;
    try {
      options = Options.parse(List.of(args).subList(1, args.length), root);
    } catch (IllegalArgumentException e) {
      System.err.println("scripts/bench load: " + e.getMessage());
      System.exit(2);
      return;
    }
    new LoadRun(root, options).run();
  }

  private void run() throws IOException, InterruptedException {
    Grounds.clear(work);
    List<Integer> ports = Grounds.freePorts(4);
    int origin = ports.getFirst();
    Shot.Load load = new Shot.Load(options.connections(), script(), options.rate());
    try (Program _ = origin(ports)) {
      for (Contender contender : options.contenders()) {
        Grounds made =
            Grounds.make(root, work.resolve(contender.key()), List.of(origin, origin, origin));
        grounds.put(contender, made);
        programs.put(contender, contender.start(root, made, origin));
        shots.put(contender, new ArrayList<>());
      }
      warm(load);
      for (int round = 0; round < options.rounds(); round++) {
        round(round, load);
      }
    } finally {
      programs.values().forEach(Program::close);
    }
    String page = new LoadReport(shots).page(setting());
    Files.createDirectories(options.report().toAbsolutePath().getParent());
    Files.writeString(options.report(), page);
    System.out.println(page + "\nwritten to " + options.report());
  }

  private void warm(Shot.Load load) throws IOException, InterruptedException {
    for (Contender contender : options.contenders()) {
      if (contender.jvm()) {
        System.out.println("warming up: " + contender.title());
        shot(contender, load.saturating(), options.warm());
      }
    }
  }

  private void round(int round, Shot.Load load) throws IOException, InterruptedException {
    List<Contender> all = options.contenders();
    for (int i = 0; i < all.size(); i++) {
      Contender contender = all.get((i + round) % all.size());
      Shot shot = shot(contender, load, options.seconds());
      shots.computeIfAbsent(contender, _ -> new ArrayList<>()).add(shot);
      System.out.println("round " + (round + 1) + ", " + contender.title() + ": " + shot);
    }
  }

  private Shot shot(Contender contender, Shot.Load load, int seconds)
      throws IOException, InterruptedException {
    Grounds place = grounds.get(contender);
    Program program = programs.get(contender);
    if (place == null || program == null) {
      throw new IllegalStateException(contender + " was not started");
    }
    if (!contender.shadows()) {
      return Shot.at(place.address(), program.handle(), load, seconds);
    }
    AdminClient admin = new AdminClient(place);
    long before = shed(admin);
    return Shot.at(place.address(), program.handle(), load, seconds).shed(shed(admin) - before);
  }

  private static long shed(AdminClient admin) throws IOException, InterruptedException {
    return admin.status().path("shadow").path("shed").asLong();
  }

  private Program origin(List<Integer> ports) throws IOException, InterruptedException {
    Path folder = work.resolve("origin");
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("body.json"), "x".repeat(options.body()));
    String conf =
        """
        worker_processes 1; pid origin.pid; daemon off;
        events { worker_connections 16384; }
        http {
          access_log off; keepalive_requests 1000000000; open_file_cache max=8; sendfile on;
          server {
            listen %d backlog=4096;
            root %s;
            location / { try_files /body.json =404; default_type application/json; }
          }
        }
        """
            .formatted(ports.getFirst(), folder);
    Grounds own = new Grounds(folder, ports.getFirst(), 0);
    return Program.start(own, Contender.nginx(folder, "origin.conf", conf));
  }

  private Path script() throws IOException {
    Path file = work.resolve("mix.lua");
    Files.createDirectories(work);
    try (InputStream in = LoadRun.class.getResourceAsStream("mix.lua")) {
      if (in == null) {
        throw new IOException("mix.lua is not beside " + LoadRun.class.getName());
      }
      Files.write(file, in.readAllBytes());
    }
    return file;
  }

  private String setting() throws IOException, InterruptedException {
    String model =
        Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
            .filter(line -> line.startsWith("model name"))
            .map(line -> line.substring(line.indexOf(':') + 2))
            .findFirst()
            .orElse("unknown processor");
    return "%s, %d cores (%s), Linux %s, Java %s, commit %s, %s. %d rounds of %d s each after %d s of warming up; %d connections%s, answers of %d octets; origin and load on the same machine."
        .formatted(
            System.getProperty("os.arch"),
            Runtime.getRuntime().availableProcessors(),
            model,
            System.getProperty("os.version"),
            System.getProperty("java.version"),
            commit(),
            LocalDate.now(java.time.ZoneId.systemDefault()),
            options.rounds(),
            options.seconds(),
            options.warm(),
            options.connections(),
            options.rate() > 0 ? ", " + options.rate() + " requests a second whatever comes" : "",
            options.body());
  }

  private String commit() throws IOException, InterruptedException {
    Process git =
        new ProcessBuilder("git", "-C", root.toString(), "rev-parse", "--short", "HEAD")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String head = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    return git.waitFor() == 0 ? head : "unknown";
  }
}
