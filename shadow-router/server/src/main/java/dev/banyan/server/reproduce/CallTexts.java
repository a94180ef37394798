package dev.banyan.server.reproduce;

import dev.banyan.gateway.seam.WholeCalls.Purpose;
import dev.banyan.gateway.seam.WholeCalls.Reading;
import dev.banyan.server.check.LegacyLua;
import dev.banyan.server.config.ConfigException;
import dev.banyan.server.learn.ModuleText;
import dev.banyan.server.serve.ConfSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Thread-safe: what the texts of modules say that their calls may read. They are read once, when
 * somebody asks first, on a thread of its own, because that takes as long as a check of the legacy.
 */
public final class CallTexts {
  /** The longest body, answer or piece of a call that is taken. */
  private static final int MAX_BODY = 64 * 1024;

  private static final Texts NOTHING_YET = new Texts(Map.of());

  private final ConfSource source;
  private final Supplier<Set<String>> modules;
  private final AtomicReference<@Nullable Texts> texts = new AtomicReference<>();

  /** What came of reading a text: a reading, or a failure. */
  private record Read(
      @Nullable Reading reading, @Nullable String failure, String file, List<String> lines) {
    static Read failed(String why) {
      return new Read(null, why, "", List.of());
    }

    static Read of(ModuleText text) {
      Reading reading = new Reading(text.variables(), text.members(), MAX_BODY, Purpose.REPRODUCE);
      return new Read(reading, null, text.file().toString(), text.lines());
    }
  }

  private record Texts(Map<String, Read> reads) {}

  /** Of these modules of the legacy that is read there. */
  public CallTexts(ConfSource source, Supplier<Set<String>> modules) {
    this.source = source;
    this.modules = modules;
  }

  /** What is read of a module's calls; null when it isn't known, or not yet. */
  public @Nullable Reading known(String module) {
    Read read = read(module);
    return read == null ? null : read.reading();
  }

  /** Why a module's text can't be read; null when it can, or isn't read yet. */
  @Nullable String failure(String module) {
    Read read = read(module);
    return read == null ? null : read.failure();
  }

  /** The lines of a module's text; none when it isn't known, or not yet. */
  public List<String> lines(String module) {
    Read read = read(module);
    return read == null ? List.of() : read.lines();
  }

  /** The file of a module within the prefix; empty when it isn't known, or not yet. */
  public String file(String module) {
    Read read = read(module);
    return read == null ? "" : read.file();
  }

  private @Nullable Read read(String module) {
    Texts now = texts.get();
    if (now == null) {
      begin();
      return null;
    }
    return now.reads().get(module);
  }

  private void begin() {
    if (texts.compareAndSet(null, NOTHING_YET)) {
      Thread.ofVirtual()
          .name("banyan-texts")
          .start(() -> texts.compareAndSet(NOTHING_YET, new Texts(readAll())));
    }
  }

  /** Forgets what was read, because the legacy was. */
  public void reloaded() {
    texts.set(null);
  }

  private Map<String, Read> readAll() {
    Map<String, Read> reads = new HashMap<>();
    try {
      LegacyLua lua = LegacyLua.of(source.syntax(), source.prefix());
      for (String module : modules.get()) {
        reads.put(
            module,
            ModuleText.of(lua, source.prefix(), module)
                .map(Read::of)
                .orElse(Read.failed("no file of the module is found by the package path")));
      }
    } catch (ConfigException e) {
      String failure = "the legacy can't be read: " + e.getMessage();
      modules.get().forEach(module -> reads.put(module, Read.failed(failure)));
    }
    return reads;
  }
}
