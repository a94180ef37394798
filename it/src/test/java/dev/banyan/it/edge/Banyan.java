package dev.banyan.it.edge;

import dev.banyan.server.config.BanyanConfig;
import dev.banyan.server.serve.BanyanServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Banyan in this JVM, on the same files as the real nginx, with ports and the mode that they start
 * in. A port may take its time: what a test holds to Lua is no matter of the machine's load.
 *
 * @param name what reports call it
 * @param mode the mode in which the ported modules start
 * @param ported the modules that have a port
 * @param ports jars or folders of jars
 * @param pipeline the declared pipelines, as banyan.yaml has them; empty for none
 */
public record Banyan(
    String name, String mode, List<String> ported, List<Path> ports, String pipeline)
    implements Server {
  private static final Duration DRAIN = Duration.ofSeconds(2);

  /** The modules of the legacy. */
  public static final List<String> MODULES =
      List.of(
          "edge.tenant",
          "edge.redirects",
          "edge.transform",
          "edge.firewall",
          "edge.bot",
          "edge.rate_limit",
          "edge.cache_key",
          "edge.routing",
          "edge.security_headers",
          "edge.body_filter",
          "edge.access_log",
          "edge.waf",
          "edge.token_auth",
          "edge.util");

  /** Without declared pipelines. */
  public Banyan(String name, String mode, List<String> ported, List<Path> ports) {
    this(name, mode, ported, ports, "");
  }

  /** With every port of the repository in this mode. */
  public static Banyan withAllPorts(String mode) {
    Path folder = LegacyCopy.source().resolve("../java-modules").normalize();
    List<Path> ports =
        MODULES.stream()
            .map(name -> name.substring(name.indexOf('.') + 1).replace('_', '-'))
            .map(name -> folder.resolve(name).resolve("target"))
            .toList();
    return new Banyan("Banyan, all ports at " + mode, mode, MODULES, ports);
  }

  /** With every port of the repository at java, and the repository's pipelines. */
  public static Banyan withoutLua() throws IOException {
    Banyan java = withAllPorts("java");
    return new Banyan("Banyan without Lua", "java", MODULES, java.ports(), pipelines() + "\n");
  }

  /** The repository's pipelines, as a section of a banyan.yaml. */
  public static String pipelines() throws IOException {
    String file = Files.readString(LegacyCopy.source().resolve("../banyan.yaml"));
    return file.substring(file.indexOf("\npipeline:"), file.indexOf("\nmodules:"));
  }

  /**
   * With every port, these modules in this mode and the others in Lua, the repository's pipelines,
   * and all requests run dry too.
   */
  public static Banyan followingThePath(String mode, List<String> modules) throws IOException {
    String sections =
        pipelines()
            + """

            parity: {path-percent: 100, class-key: $tenant_tier}
            shadow: {queue: 20000, patience: 0ms}
            """;
    return new Banyan(
        "Banyan following the path", mode, modules, withAllPorts(mode).ports(), sections);
  }

  /** With two ports of the repository in this mode. */
  public static Banyan withPorts(String mode) {
    Path modules = LegacyCopy.source().resolve("../java-modules").normalize();
    return new Banyan(
        "Banyan, both ports at " + mode,
        mode,
        List.of("edge.waf", "edge.token_auth"),
        List.of(modules.resolve("token-auth/target"), modules.resolve("waf/target")));
  }

  @Override
  public Run start(LegacyCopy legacy) throws IOException {
    Path file = legacy.prefix().resolve("banyan.yaml");
    Files.writeString(file, yaml());
    return new Run(BanyanServer.start(BanyanConfig.load(file)), legacy.address());
  }

  private String yaml() {
    String modules = MODULES.stream().map(this::module).collect(Collectors.joining());
    String files = ports.stream().map(Path::toString).collect(Collectors.joining(", "));
    return """
    conf: nginx.conf
    tenant: $tenant_id
    state-dir: state
    admin: {listen: "127.0.0.1:0"}
    ports: [%s]
    modules:
    """
            .formatted(files)
        + modules
        + pipeline;
  }

  private String module(String module) {
    String start = ported.contains(module) ? ", mode: " + mode : "";
    return "  " + module + ": {fail-mode: lua, deadline: 10s" + start + "}\n";
  }

  /** A running Banyan. */
  public record Run(BanyanServer server, InetSocketAddress address) implements Running {
    /** Its admin API. */
    public AdminClient admin() {
      return new AdminClient(server.adminAddress(), server.token().value());
    }

    @Override
    public void close() {
      server.stop(DRAIN);
    }
  }
}
