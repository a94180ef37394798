package dev.banyan.it.load;

import dev.banyan.it.process.Grounds;
import dev.banyan.it.process.Program;
import dev.banyan.transport.IoMethod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The servers that are loaded. */
enum Contender {
  /** The least that a proxy on Netty can be, which waits for its connections as Banyan does. */
  BARE("bare Netty proxy", true),
  /** The same on io_uring. */
  BARE_URING("bare Netty proxy on io_uring", true),
  /** The real nginx, passing on without Lua. */
  NGINX("nginx proxy_pass", false),
  /** The real nginx with its Lua module and the sample legacy. */
  LUAJIT("nginx, LuaJIT, legacy-lua/", false),
  /** Spring Cloud Gateway, which calls the ports from a filter: what else Java users would pick. */
  SPRING("Spring Cloud Gateway, the same ports", true),
  /** Banyan with all modules at {@code lua}. */
  OLD("Banyan, old path, all at lua", true),
  /** Banyan with all modules in {@code shadow}. */
  SHADOW("Banyan, old path, all in shadow", true),
  /** The process of {@link #SHADOW}, while all its modules are at {@code lua}. */
  UNSHADOWED("Banyan, old path, the shadowing process at lua", true),
  /** The same as {@link #SHADOW}, without noting which lines of Lua are reached. */
  UNLINED("Banyan, old path, all in shadow, lines not noted", true),
  /** Banyan with all modules at {@code java}, called by Lua. */
  SEAM("Banyan, old path, all at java", true),
  /** Banyan with all modules at {@code java}, without Lua. */
  NEW("Banyan, new path", true),
  /** Banyan with all modules at {@code lua}, on epoll. */
  OLD_EPOLL("Banyan, old path on epoll", true),
  /** Banyan with all modules at {@code java}, without Lua, on epoll. */
  NEW_EPOLL("Banyan, new path on epoll", true);

  private final String title;
  private final boolean jvm;

  Contender(String title, boolean jvm) {
    this.title = title;
    this.jvm = jvm;
  }

  /** In words. */
  String title() {
    return title;
  }

  /** Whether it shadows calls, of which some may be shed. */
  boolean shadows() {
    return this == SHADOW || this == UNLINED;
  }

  /** Whose process it is: its own, but for who is measured by changing another one's flags. */
  Contender process() {
    return this == UNSHADOWED ? SHADOW : this;
  }

  /** Whether it is Banyan, and not who it is held against. */
  boolean banyan() {
    return switch (this) {
      case BARE, BARE_URING, NGINX, LUAJIT, SPRING -> false;
      default -> true;
    };
  }

  /** Whether it needs a long warm-up. */
  boolean jvm() {
    return jvm;
  }

  /** The name that a user picks it by. */
  String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Whether it can be spoken to so. */
  boolean speaks(Scene.Protocol protocol) {
    return (this != BARE && this != BARE_URING) || protocol != Scene.Protocol.H2;
  }

  /** Starts it in front of the origin. */
  Program start(Path root, Grounds grounds, Props props) throws IOException, InterruptedException {
    return switch (this) {
      case BARE -> Program.start(grounds, bare(grounds.port(), props, IoMethod.EPOLL));
      case BARE_URING -> Program.start(grounds, bare(grounds.port(), props, IoMethod.IO_URING));
      case NGINX -> Program.start(grounds, passing(grounds, props));
      case LUAJIT -> Program.nginx(grounds);
      case SPRING -> Program.start(grounds, SpringPeer.command(root, grounds, props));
      case OLD -> banyan(root, grounds, props, "lua", false);
      case SHADOW, UNSHADOWED -> banyan(root, grounds, props, "shadow", false);
      case UNLINED -> {
        Path yaml = yaml(root, grounds, props, "shadow", false);
        String text = Files.readString(yaml);
        yield Program.banyan(
            root,
            grounds,
            Files.writeString(
                yaml, text.replace("\nparity:\n", "\nparity:\n  line-coverage: false\n")));
      }
      case SEAM -> banyan(root, grounds, props, "java", false);
      case NEW -> banyan(root, grounds, props, "java", true);
      case OLD_EPOLL -> banyan(root, grounds.use(IoMethod.EPOLL), props, "lua", false);
      case NEW_EPOLL -> banyan(root, grounds.use(IoMethod.EPOLL), props, "java", true);
    };
  }

  private static Program banyan(
      Path root, Grounds grounds, Props props, String mode, boolean pipelines)
      throws IOException, InterruptedException {
    return Program.banyan(root, grounds, yaml(root, grounds, props, mode, pipelines));
  }

  private static Path yaml(Path root, Grounds grounds, Props props, String mode, boolean pipelines)
      throws IOException {
    Path yaml = grounds.banyanYaml(root, mode, pipelines);
    props.modules().addTo(yaml, mode, pipelines);
    return yaml;
  }

  private static List<String> bare(int port, Props props, IoMethod method) {
    List<String> command =
        new ArrayList<>(
            List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:+UseSerialGC",
                "-XX:+UseCompactObjectHeaders",
                "-Xms40m",
                "-Xmn24m",
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                BareProxy.class.getName(),
                String.valueOf(port),
                String.valueOf(props.origin()),
                method.toString()));
    command.addAll(props.certificateFiles());
    return command;
  }

  private static List<String> passing(Grounds grounds, Props props) throws IOException {
    String conf =
        """
        worker_processes 2; pid pass.pid; daemon off;
        events { worker_connections 16384; }
        http {
          access_log off;
          upstream origin { server 127.0.0.1:%d; keepalive 64; }
          server {
            %s
            location / {
              proxy_pass http://origin; proxy_http_version 1.1; proxy_set_header Connection '';
              proxy_set_header Host $host;
            }
          }
        }
        """
            .formatted(props.origin(), props.listen(grounds.port()));
    return nginx(grounds.folder(), "pass.conf", conf);
  }

  /** The command of an nginx with this configuration. */
  static List<String> nginx(Path folder, String name, String conf) throws IOException {
    Files.createDirectories(folder);
    Path file = Files.writeString(folder.resolve(name), conf);
    String user = "root".equals(System.getProperty("user.name")) ? "user root; " : "";
    return List.of(
        "nginx",
        "-p",
        folder + "/",
        "-c",
        file.toString(),
        "-e",
        folder.resolve(name + ".log").toString(),
        "-g",
        user + "worker_rlimit_nofile 65536;");
  }
}
