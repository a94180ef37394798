package dev.banyan.server.retire;

import dev.banyan.api.FailMode;
import dev.banyan.host.BoundPort;
import dev.banyan.host.ModuleHost;
import dev.banyan.router.flags.ModuleFlag;
import dev.banyan.server.config.BanyanConfig;
import dev.banyan.server.config.ConfigException;
import dev.banyan.server.config.ModuleConfig;
import dev.banyan.server.flags.FlagStore;
import dev.banyan.server.inventory.LegacyModule;
import dev.banyan.server.inventory.ModuleReaders;
import dev.banyan.server.progress.JavaRun;
import dev.banyan.server.progress.LinesRecord;
import dev.banyan.server.progress.ModuleTrack;
import dev.banyan.server.progress.ParityRecord;
import dev.banyan.server.progress.ProgressRecorder;
import dev.banyan.server.serve.ConfSource;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** For any thread: proves that a module's Lua file may be deleted, or tells what is missing. */
public final class Retirement {
  private final Supplier<BanyanConfig> config;
  private final ConfSource source;
  private final FlagStore flags;
  private final Supplier<ModuleHost> host;
  private final Predicate<String> retired;
  private final ProgressRecorder progress;
  private final Clock clock;

  /**
   * Looks at these.
   *
   * @param host the ports in force
   * @param retired modules without a Lua file
   */
  public Retirement(
      Supplier<BanyanConfig> config,
      ConfSource source,
      FlagStore flags,
      Supplier<ModuleHost> host,
      Predicate<String> retired,
      ProgressRecorder progress,
      Clock clock) {
    this.config = config;
    this.source = source;
    this.flags = flags;
    this.host = host;
    this.retired = retired;
    this.progress = progress;
    this.clock = clock;
  }

  /**
   * Looks at a configured module. Reads the legacy's text: not for an event loop.
   *
   * @throws ConfigException when the legacy's configuration can't be read any more
   */
  public DeletionProof prove(String module) {
    if (retired.test(module)) {
      return new DeletionProof(
          module, null, List.of(Evidence.holds("Lua file", "gone: the port stands for it alone")));
    }
    ModuleReaders readers = ModuleReaders.of(source, module);
    LegacyModule lua = readers.module().orElse(null);
    BoundPort port = host.get().port(module);
    List<Evidence> evidence = new ArrayList<>();
    if (lua == null) {
      evidence.add(unknown(readers));
    }
    if (port == null) {
      evidence.add(
          Evidence.missing(
              "port", "no port is installed", "see \"banyan new-module " + module + "\""));
    } else {
      evidence.add(port(port));
      evidence.add(failMode(module));
      ModuleTrack track = progress.state().tracks().get(module);
      evidence.addAll(time(module, track));
      evidence.add(parity(module, track));
      evidence.add(lines(module, track));
      evidence.addAll(ReaderEvidence.of(readers, port, module, this::isJavas));
    }
    return new DeletionProof(module, readers.file().map(Path::toString).orElse(""), evidence);
  }

  private static Evidence unknown(ModuleReaders readers) {
    return readers
        .file()
        .map(_ ->
            Evidence.missing(
                "Lua file",
                "nothing asks for it by a name that the text tells",
                "if \"banyan inventory\" has it as dead, delete it without more; else write its name"
                    + " out where it is required"))
        .orElseGet(() ->
            Evidence.missing(
                "Lua file",
                "there is none in lua_package_path",
                "correct the name in banyan.yaml"));
  }

  private boolean isJavas(String module) {
    return flags.current().flag(module).isJavaForAll() && host.get().port(module) != null;
  }

  private static Evidence port(BoundPort port) {
    Set<String> needs = new TreeSet<>(port.mirrors().keySet());
    needs.addAll(port.methods().keySet());
    port.handlers().values().forEach(handler -> needs.addAll(handler.fields()));
    port.functions().values().forEach(function -> needs.addAll(function.fields()));
    String version =
        port.version()
            + (port.checksum().isEmpty() ? "" : ", SHA-256 " + port.checksum().substring(0, 12));
    return needs.isEmpty()
        ? Evidence.holds("port", version)
        : Evidence.missing(
            "port",
            version + " needs " + needs + " of the Lua (@Mirror, @Method, @ModuleField)",
            "have the port get these elsewhere, as from a file by @DataFiles");
  }

  private Evidence failMode(String module) {
    ModuleConfig configured = config.get().modules().get(module);
    FailMode mode = configured == null ? FailMode.LUA : configured.failMode();
    return mode == FailMode.LUA
        ? Evidence.missing(
            "fail mode",
            "lua: afterwards no Lua answers when the port fails",
            "set \"fail-mode: open\" or \"closed\" in banyan.yaml, and start anew")
        : Evidence.holds("fail mode", mode.label());
  }

  private List<Evidence> time(String module, @Nullable ModuleTrack track) {
    ModuleFlag flag = flags.current().flag(module);
    JavaRun run = track == null ? null : track.run();
    if (track == null || run == null) {
      return List.of(
          Evidence.missing(
              "flag",
              flag.summary() + ", not java for everyone",
              "banyan flag " + module + " java --why \"...\""));
    }
    Instant now = clock.instant();
    List<Evidence> found = new ArrayList<>();
    Duration java = Duration.between(later(run.flagSince(), run.countedSince()), now);
    found.add(
        waited(
            "flag", "java for everyone", run.flagSince(), java, config.get().retire().javaFor()));
    found.add(calls(run));
    found.add(fallbacks(module, run));
    Instant change = later(run.flagSince(), track.portSince());
    String last =
        change.equals(run.flagSince()) ? "the flag changed last" : "the port was replaced last";
    found.add(
        waited(
            "roll-back window",
            last,
            change,
            Duration.between(change, now),
            config.get().retire().rollbackWindow()));
    return found;
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }

  private static Evidence waited(
      String about, String what, Instant since, Duration passed, Duration wanted) {
    String told =
        what
            + " at "
            + since.truncatedTo(ChronoUnit.SECONDS)
            + ", "
            + text(passed)
            + " of "
            + text(wanted);
    return passed.compareTo(wanted) >= 0
        ? Evidence.holds(about, told)
        : Evidence.missing(about, told, "wait " + text(wanted.minus(passed)));
  }

  static String text(Duration duration) {
    if (duration.toHours() >= 48) {
      return String.format(Locale.ROOT, "%.1f days", duration.toMinutes() / 1440.0);
    }
    if (duration.toMinutes() >= 120) {
      return String.format(Locale.ROOT, "%.1f hours", duration.toMinutes() / 60.0);
    }
    return duration.toSeconds() >= 120
        ? duration.toMinutes() + " minutes"
        : Math.max(0, duration.toSeconds()) + " seconds";
  }

  private static Evidence calls(JavaRun run) {
    String since = run.countedSince().truncatedTo(ChronoUnit.SECONDS).toString();
    return run.javaCalls() > 0
        ? Evidence.holds(
            "calls",
            String.format(Locale.ROOT, "Java answered %,d since %s", run.javaCalls(), since))
        : Evidence.missing(
            "calls",
            "none since " + since,
            "wait for traffic; if there never is any, \"banyan inventory\" tells whether it is dead");
  }

  private static Evidence fallbacks(String module, JavaRun run) {
    if (run.fallbacks() == 0) {
      return Evidence.holds("fallbacks to Lua", "0 in that time");
    }
    return Evidence.missing(
        "fallbacks to Lua",
        String.format(
            Locale.ROOT, "%,d in that time, the latest at %s", run.fallbacks(), run.lastFallback()),
        "\"banyan modules\" tells the reasons; mend the port, then set "
            + module
            + " to lua and back to java, which begins the time anew");
  }

  /** Lines that no recorded call reached are named; that none was recorded is told. */
  private static Evidence lines(String module, @Nullable ModuleTrack track) {
    String about = "never exercised";
    LinesRecord lines = track == null ? null : track.lines();
    if (lines == null) {
      return Evidence.note(
          about,
          "not known which of its lines no call reaches",
          "\"banyan learn " + module + "\" tells, while Lua answers some calls");
    }
    String told =
        String.format(
            Locale.ROOT,
            "recorded calls reached %,d of %,d lines by %s",
            lines.reached(),
            lines.all(),
            lines.at().truncatedTo(ChronoUnit.SECONDS));
    return lines.missing().isEmpty()
        ? Evidence.holds(about, told)
        : Evidence.note(
            about,
            told + "; not lines " + ranges(lines.missing()),
            "nothing has shown that the port does the same there: see what they are for");
  }

  /** {@code 12, 40-43}. */
  static String ranges(List<Integer> lines) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < lines.size(); ) {
      int end = i;
      while (end + 1 < lines.size() && lines.get(end + 1) == lines.get(end) + 1) {
        end++;
      }
      text.append(text.isEmpty() ? "" : ", ").append(lines.get(i));
      text.append(end > i ? "-" + lines.get(end) : "");
      i = end + 1;
    }
    return text.toString();
  }

  private static Evidence parity(String module, @Nullable ModuleTrack track) {
    ParityRecord parity = track == null ? null : track.parity();
    if (parity == null) {
      return Evidence.missing(
          "parity",
          "this port was never compared in shadow or canary",
          "banyan flag "
              + module
              + " shadow --why \"...\", then see \"banyan classes "
              + module
              + "\"");
    }
    String told =
        String.format(
            Locale.ROOT,
            "%,d calls compared, %,d different, %d classes, the weakest at least %.3f %%",
            parity.compared(),
            parity.different(),
            parity.classes(),
            Math.floor(parity.atLeast() * 100_000) / 1000);
    return parity.proven()
        ? Evidence.holds("parity", told)
        : Evidence.missing(
            "parity",
            told + ", " + parity.unproven() + " not proven",
            "shadow more of: " + parity.weakest());
  }
}
