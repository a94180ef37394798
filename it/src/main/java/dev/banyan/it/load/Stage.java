package dev.banyan.it.load;

import dev.banyan.it.process.AdminClient;
import dev.banyan.it.process.Grounds;
import dev.banyan.it.process.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Owned by its thread: all servers of one scene, in front of one origin. They are warmed up and
 * then loaded one after the other in rounds that begin with another server each time, so that what
 * changes on the machine meanwhile meets them all.
 */
final class Stage implements AutoCloseable {
  private final Options options;
  private final List<Contender> contenders;
  private final List<Program> programs = new ArrayList<>();
  private final Map<Contender, Program> servers = new EnumMap<>(Contender.class);
  private final Map<Contender, Grounds> grounds = new EnumMap<>(Contender.class);
  private final Map<Contender, String> failures = new EnumMap<>(Contender.class);
  private final Shot.Load load;

  private Stage(Options options, Scene scene, Path folder) throws IOException {
    this.options = options;
    this.contenders =
        options.contenders().stream().filter(one -> one.speaks(scene.protocol())).toList();
    Mix mix = new Mix(new Tenants(scene.tenants()).hosts());
    Path script = Files.writeString(folder.resolve("mix.lua"), mix.script());
    this.load =
        new Shot.Load(
            scene.protocol(), scene.connections(), scene.streams(), mix, script, options.rate());
  }

  /** Starts the origin and every server that speaks the scene's protocol. */
  static Stage start(Path root, Path folder, Options options, Scene scene)
      throws IOException, InterruptedException {
    Files.createDirectories(folder);
    Stage stage = new Stage(options, scene, folder);
    try {
      int origin = Grounds.freePorts(1).getFirst();
      Path place = folder.resolve("origin");
      stage.programs.add(
          options.rate() > 0
              ? originFirst(place, origin, scene.body())
              : origin(place, origin, scene.body()));
      Props props = Props.make(scene, origin, folder);
      for (Contender contender : stage.contenders) {
        Contender process = contender.process();
        if (!stage.servers.containsKey(process)) {
          Grounds made =
              Grounds.make(root, folder.resolve(process.key()), List.of(origin, origin, origin));
          props.addTo(made);
          stage.start(process, root, made, props);
        }
      }
    } catch (IOException | InterruptedException | RuntimeException e) {
      stage.close();
      throw e;
    }
    return stage;
  }

  /** One that can't stand the scene is left out; that is a finding, and the others go on. */
  private void start(Contender contender, Path root, Grounds made, Props props)
      throws InterruptedException {
    try {
      Program program = contender.start(root, made, props);
      programs.add(program);
      servers.put(contender, program);
      grounds.put(contender, made);
    } catch (IOException e) {
      fail(contender, String.valueOf(e.getMessage()));
    }
  }

  private void fail(Contender contender, String why) {
    String line = why.strip().lines().findFirst().orElse("it did not start");
    System.out.println(contender.title() + " is left out: " + line);
    failures.put(contender, line);
    servers.remove(contender.process());
  }

  /** Why servers were left out. */
  Map<Contender, String> failures() {
    return new EnumMap<>(failures);
  }

  /** Warms all of them up and measures; what came out for each. */
  Map<Contender, List<Shot>> measure() throws IOException, InterruptedException {
    Map<Contender, List<Shot>> shots = new EnumMap<>(Contender.class);
    for (Contender contender : standing()) {
      if (contender.jvm()) {
        System.out.println("warming up: " + contender.title());
        shot(contender, load.saturating(), options.warm());
      }
    }
    for (int round = 0; round < options.rounds(); round++) {
      List<Contender> left = standing();
      for (int i = 0; i < left.size(); i++) {
        Contender contender = left.get((i + round) % left.size());
        Shot shot = shot(contender, load, options.seconds());
        System.out.println("round " + (round + 1) + ", " + contender.title() + ": " + shot);
        if (shot.requests() == 0) {
          fail(contender, "no answer within " + options.seconds() + " s");
        } else {
          shots.computeIfAbsent(contender, _ -> new ArrayList<>()).add(shot);
        }
      }
    }
    return shots;
  }

  private List<Contender> standing() {
    return contenders.stream().filter(one -> servers.containsKey(one.process())).toList();
  }

  private Shot shot(Contender contender, Shot.Load wanted, int seconds)
      throws IOException, InterruptedException {
    Grounds place = grounds.get(contender.process());
    Program program = servers.get(contender.process());
    if (place == null || program == null) {
      throw new IllegalStateException(contender + " was not started");
    }
    if (contenders.contains(Contender.UNSHADOWED) && contender.process() == Contender.SHADOW) {
      new AdminClient(place).mode(contender == Contender.SHADOW ? "shadow" : "lua");
    }
    if (!contender.shadows()) {
      return Shot.at(place.address(), program.handle(), wanted, seconds);
    }
    AdminClient admin = new AdminClient(place);
    long before = shed(admin);
    return Shot.at(place.address(), program.handle(), wanted, seconds).shed(shed(admin) - before);
  }

  private static long shed(AdminClient admin) throws IOException, InterruptedException {
    return admin.status().path("shadow").path("shed").asLong();
  }

  /** The one origin: answers every request alike. */
  static Program origin(Path folder, int port, int body) throws IOException, InterruptedException {
    return Program.start(new Grounds(folder, port, 0), originCommand(folder, port, body));
  }

  /** The same, before all others where the system grants that: see {@link Precedence}. */
  private static Program originFirst(Path folder, int port, int body)
      throws IOException, InterruptedException {
    List<String> command = originCommand(folder, port, body);
    return Program.start(
        new Grounds(folder, port, 0), Precedence.granted() ? Precedence.command(command) : command);
  }

  private static List<String> originCommand(Path folder, int port, int body) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("body.json"), "x".repeat(body));
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
            .formatted(port, folder);
    return Contender.nginx(folder, "origin.conf", conf);
  }

  @Override
  public void close() {
    programs.reversed().forEach(Program::close);
  }
}
