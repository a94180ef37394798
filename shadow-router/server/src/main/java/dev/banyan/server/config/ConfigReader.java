package dev.banyan.server.config;

import dev.banyan.api.FailMode;
import dev.banyan.api.Mode;
import dev.banyan.gateway.path.PipelineRule;
import dev.banyan.host.CallRules;
import dev.banyan.router.flags.Match;
import dev.banyan.router.flags.ModuleFlag;
import dev.banyan.router.flags.Share;
import dev.banyan.router.parity.ParityRule;
import dev.banyan.server.traces.TraceRules;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/** Owned by the thread that reads: turns the text of a {@code banyan.yaml} into its model. */
final class ConfigReader {
  private static final int MAX_PORT = 65_535;

  private final Path file;
  private final Path folder;
  private final List<ConfigProblem> problems = new ArrayList<>();

  ConfigReader(Path file) {
    this.file = file;
    Path parent = file.getParent();
    this.folder = parent == null ? file : parent;
  }

  BanyanConfig read() {
    YamlSection root = new YamlSection("", parse(), 0, file, problems);
    Path conf = conf(root);
    Path prefix = folder.resolve(root.text("prefix", ".")).normalize();
    String tenant = root.variable("tenant", root.text("tenant", "$" + BanyanConfig.DEFAULT_TENANT));
    Path state = folder.resolve(root.text("state-dir", BanyanConfig.DEFAULT_STATE_DIR)).normalize();
    AdminConfig admin = admin(root.section("admin"), state);
    ShadowConfig shadow = shadow(root.section("shadow"));
    RetireConfig retire = retire(root.section("retire"));
    ParityConfig parity = new ParityReader(root.section("parity")).read();
    TraceRules traces = new TracesReader(root.section("traces")).read();
    Duration drain = root.duration("drain-timeout", BanyanConfig.DEFAULT_DRAIN_TIMEOUT);
    PortFiles files = new PortFiles(folder);
    List<Path> places = files.places(root, "ports");
    List<Path> ports = files.find(root, "ports");
    Duration watch = portsWatch(root);
    SortedMap<String, ModuleConfig> modules = modules(root.section("modules"));
    List<PipelineRule> pipeline = new PipelineReader(root).read();
    root.finish();
    if (!problems.isEmpty()) {
      problems.sort(Comparator.comparingInt(ConfigProblem::line));
      throw new ConfigException(problems);
    }
    return new BanyanConfig(
        file, conf, prefix, tenant, state, admin, shadow, parity, traces, retire, drain, ports,
        places, watch, modules, pipeline);
  }

  private static Duration portsWatch(YamlSection root) {
    Duration watch = root.duration("ports-watch", Duration.ZERO);
    if (!watch.isZero() && watch.compareTo(BanyanConfig.SHORTEST_PORTS_WATCH) < 0) {
      root.expected(
          "ports-watch",
          String.valueOf(root.text("ports-watch")),
          "at least 100ms, or 0s for never");
    }
    return watch;
  }

  private @Nullable Node parse() {
    try {
      LoadSettings settings = LoadSettings.builder().setLabel(file.toString()).build();
      return new Compose(settings).composeString(Files.readString(file)).orElse(null);
    } catch (NoSuchFileException e) {
      throw broken(0, "no such file: name another with --config");
    } catch (CharacterCodingException e) {
      throw broken(0, "is not UTF-8 text");
    } catch (IOException e) {
      throw broken(0, "can't be read: " + e.getMessage());
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(0);
      throw broken(line, "is not YAML here: " + e.getProblem());
    } catch (YamlEngineException e) {
      throw broken(
          0, "is not YAML: " + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
    }
  }

  private ConfigException broken(int line, String message) {
    return new ConfigException(List.of(new ConfigProblem(file, line, message)));
  }

  private Path conf(YamlSection root) {
    String name = root.text("conf");
    if (name == null) {
      root.problem(0, "\"conf\" is missing: name the legacy's nginx.conf");
      return folder;
    }
    Path conf = folder.resolve(name).normalize();
    if (!Files.isRegularFile(conf)) {
      root.problem(root.line("conf"), "conf " + conf + " is no file: name the legacy's nginx.conf");
    }
    return conf;
  }

  private static AdminConfig admin(YamlSection section, Path state) {
    String listen = section.text("listen", AdminConfig.DEFAULT_LISTEN);
    String tokenFile = section.text("token-file");
    Path base = section.folder();
    Path token =
        tokenFile == null
            ? state.resolve(AdminConfig.DEFAULT_TOKEN_FILE)
            : base.resolve(tokenFile).normalize();
    section.finish();
    int colon = listen.lastIndexOf(':');
    String host = colon < 0 ? "127.0.0.1" : listen.substring(0, colon);
    int port = portNumber(listen.substring(colon + 1));
    if (port < 0) {
      section.expected("listen", listen, "HOST:PORT on loopback, such as 127.0.0.1:9901");
    } else if (!isLoopback(host)) {
      section.expected(
          "listen", listen, "a loopback address: reach it from elsewhere through an SSH tunnel");
    }
    return new AdminConfig(host, Math.max(0, port), token);
  }

  private static int portNumber(String digits) {
    try {
      int port = Integer.parseInt(digits);
      return port > MAX_PORT ? -1 : port;
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  private static boolean isLoopback(String host) {
    String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    if (bare.equals("localhost")) {
      return true;
    }
    if (!bare.matches("[0-9a-fA-F.:]+")) {
      return false;
    }
    try {
      return InetAddress.getByName(bare).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  private static ShadowConfig shadow(YamlSection section) {
    ShadowConfig plain = ShadowConfig.DEFAULT;
    ShadowConfig shadow =
        new ShadowConfig(
            section.integer("threads", plain.threads(), 1, 64),
            section.integer("queue", plain.queue(), 1, 100_000),
            section.integer("niceness", plain.niceness(), 0, 19),
            section.duration("patience", plain.patience()),
            section.integer("samples", plain.samples(), 1, 10_000));
    section.finish();
    return shadow;
  }

  private static RetireConfig retire(YamlSection section) {
    RetireConfig plain = RetireConfig.DEFAULT;
    RetireConfig retire =
        new RetireConfig(
            section.duration("java-for", plain.javaFor()),
            section.duration("rollback-window", plain.rollbackWindow()));
    section.finish();
    return retire;
  }

  private SortedMap<String, ModuleConfig> modules(YamlSection section) {
    SortedMap<String, ModuleConfig> modules = new TreeMap<>();
    for (String name : section.names()) {
      modules.put(name, module(name, section.section(name)));
    }
    return modules;
  }

  private ModuleConfig module(String name, YamlSection section) {
    FailMode failMode = section.choice("fail-mode", FailMode.class);
    if (failMode == null && section.isMissing("fail-mode")) {
      section.problem(
          section.line(),
          "module \"" + name + "\" declares no \"fail-mode\": add open, closed or lua");
    }
    CallRules rules = new RulesReader(section).read(failMode == null ? FailMode.LUA : failMode);
    Mode mode = section.choice("mode", Mode.class);
    Share share = share(section, mode);
    String salt = section.text("salt", name);
    Match match = match(section.section("match"));
    List<String> keys = new ArrayList<>();
    for (String key : section.texts("sticky-key")) {
      keys.add(section.variable("sticky-key", key));
    }
    List<ParityRule> parityRules =
        section.sections("parity-rules").stream()
            .map(s -> new ParityRuleReader(s).read())
            .flatMap(Optional::stream)
            .toList();
    boolean comparesLog = section.truth("compare-log", false);
    section.finish();
    ModuleFlag base = new ModuleFlag(name, Mode.LUA, Share.NONE, salt, match);
    return new ModuleConfig(
        name,
        rules,
        base.to(mode == null ? Mode.LUA : mode, share, match),
        keys.isEmpty() ? List.of(BanyanConfig.DEFAULT_STICKY_KEY) : keys,
        parityRules,
        comparesLog,
        section.line());
  }

  private static Share share(YamlSection section, @Nullable Mode mode) {
    String percent = section.text("percent");
    if (percent == null) {
      if (mode == Mode.CANARY) {
        section.problem(
            section.line("mode"), "\"mode: canary\" needs a percentage: add \"percent\"");
      }
      return Share.NONE;
    }
    if (mode != Mode.CANARY) {
      section.problem(
          section.line("percent"), "\"percent\" goes with \"mode: canary\" only: remove it");
    }
    try {
      return Share.parse(percent);
    } catch (IllegalArgumentException e) {
      section.problem(section.line("percent"), String.valueOf(e.getMessage()));
      return Share.NONE;
    }
  }

  private static Match match(YamlSection section) {
    List<String> tenants = section.texts("tenant");
    List<String> paths = section.texts("path");
    YamlSection headers = section.section("header");
    Map<String, String> byName = new TreeMap<>();
    for (String name : headers.names()) {
      byName.put(name, headers.text(name, ""));
    }
    section.finish();
    try {
      return new Match(tenants, paths, byName);
    } catch (IllegalArgumentException e) {
      section.problem(section.line(), String.valueOf(e.getMessage()));
      return Match.ALL;
    }
  }
}
