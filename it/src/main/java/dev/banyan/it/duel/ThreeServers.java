package dev.banyan.it.duel;

import dev.banyan.it.process.Grounds;
import dev.banyan.it.process.Program;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * {@code scripts/duel}: starts the sample legacy on the real nginx, on Banyan's old path and on its
 * new path, and runs {@code banyan duel} on the three.
 */
public final class ThreeServers {
  private ThreeServers() {}

  /** Arguments: the checkout's folder, and whatever {@code banyan duel} takes. */
  public static void main(String[] args) throws IOException, InterruptedException {
    Path root = Path.of(args[0]).toAbsolutePath().normalize();
    List<String> options = List.of(args).subList(1, args.length);
    Path work = root.resolve(".run/duel");
    Grounds.clear(work);
    List<Integer> origins = Grounds.freePorts(3);
    Grounds nginx = Grounds.make(root, work.resolve("nginx"), origins);
    Grounds old = Grounds.make(root, work.resolve("old"), origins);
    Grounds java = Grounds.make(root, work.resolve("new"), origins);
    int code;
    try (Program _ = Program.nginx(nginx);
        Program _ = Program.banyan(root, old, old.banyanYaml(root, "lua", false));
        Program _ = Program.banyan(root, java, java.banyanYaml(root, "java", true))) {
      code = duel(root, nginx, old, java, origins, options);
    }
    System.exit(code);
  }

  private static int duel(
      Path root,
      Grounds nginx,
      Grounds old,
      Grounds java,
      List<Integer> origins,
      List<String> options)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(root.resolve("scripts/banyan").toString());
    command.add("duel");
    command.add("nginx=127.0.0.1:" + nginx.port());
    command.add("old=127.0.0.1:" + old.port());
    command.add("new=127.0.0.1:" + java.port());
    command.add("--origin-port");
    command.add(origins.stream().map(String::valueOf).collect(Collectors.joining(",")));
    command.addAll(options);
    return new ProcessBuilder(command).inheritIO().start().waitFor();
  }
}
