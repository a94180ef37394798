package dev.banyan.server.serve;

import dev.banyan.gateway.path.WholeRequest;
import dev.banyan.gateway.seam.ShadowOptions;
import dev.banyan.gateway.seam.ShadowSample;
import dev.banyan.gateway.seam.WholeCalls;
import dev.banyan.router.parity.Mismatch;
import dev.banyan.router.parity.ModuleParity;
import dev.banyan.router.parity.ParityBook;
import dev.banyan.server.config.BanyanConfig;
import dev.banyan.server.config.ConfigInForce;
import dev.banyan.server.config.ModuleConfig;
import dev.banyan.server.config.ParityConfig;
import dev.banyan.server.lines.UnreachedLines;
import dev.banyan.server.noise.NoiseMeter;
import dev.banyan.server.reproduce.CallTexts;
import dev.banyan.server.reproduce.PathReproducers;
import dev.banyan.server.reproduce.Reproducers;
import dev.banyan.server.routing.PathObserver;
import dev.banyan.server.routing.ShadowObserver;
import dev.banyan.server.samples.SampleStore;
import dev.banyan.server.shadow.ShadowExecutor;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Thread-safe: what becomes of shadowed calls beside their being counted. */
final class Observing implements ShadowObserver.Afterwards, PathObserver.Afterwards, AutoCloseable {
  private final ConfigInForce inForce;
  private final SampleStore samples;
  private final CallTexts texts;
  private final Reproducers reproducers;
  private final PathReproducers pathReproducers;
  private final boolean wantsWhole;
  private final UnreachedLines lines;
  private final WholeCalls wholeCalls;
  private final @Nullable NoiseMeter noise;

  Observing(ConfigInForce inForce, ConfSource source, ParityBook parity, SampleStore samples) {
    this.inForce = inForce;
    this.samples = samples;
    BanyanConfig config = inForce.get();
    this.texts = new CallTexts(source, () -> inForce.get().modules().keySet());
    this.reproducers = new Reproducers(parity, texts, System::nanoTime);
    this.pathReproducers = new PathReproducers(parity.path(), parity.redactor());
    this.wantsWhole = config.parity().reproducers();
    this.lines = new UnreachedLines(texts);
    WholeCalls kept = config.parity().reproducers() ? reproducers : WholeCalls.NONE;
    double share = config.parity().noise();
    this.noise = share == 0 ? null : new NoiseMeter(share, parity, texts, source, kept);
    this.wholeCalls = noise == null ? kept : noise;
  }

  Reproducers reproducers() {
    return reproducers;
  }

  PathReproducers pathReproducers() {
    return pathReproducers;
  }

  UnreachedLines lines() {
    return lines;
  }

  /** What is noted of shadowed calls. */
  ShadowOptions options(BanyanConfig config) {
    ParityConfig parity = config.parity();
    return new ShadowOptions(
        parity.classKeys(),
        wholeCalls,
        parity.lines(),
        LogChoice::new,
        config.shadow().patience().toNanos());
  }

  /** For any thread: whether a module's log is compared, looked up once in a configuration. */
  private final class LogChoice implements BooleanSupplier {
    private final String module;

    /** Of the configuration that was in force lately, whichever thread asked. */
    private Chosen chosen;

    private record Chosen(BanyanConfig config, boolean compares) {}

    LogChoice(String module) {
      this.module = module;
      this.chosen = choice(inForce.get());
    }

    private Chosen choice(BanyanConfig config) {
      ModuleConfig configured = config.modules().get(module);
      return new Chosen(config, configured != null && configured.comparesLog());
    }

    @Override
    @SuppressWarnings("ReferenceEquality")
    public boolean getAsBoolean() {
      BanyanConfig config = inForce.get();
      Chosen known = chosen;
      if (known.config() != config) {
        known = choice(config);
        chosen = known;
      }
      return known.compares();
    }
  }

  /** Follows whole requests of the old path; null when none is to be followed. */
  @Nullable PathObserver path(ParityConfig config, ParityBook parity, ShadowExecutor shadow) {
    return config.path() == 0
        ? null
        : new PathObserver(parity.path(), shadow, config.path(), config.classKeys(), this);
  }

  @Override
  public void compared(ModuleParity page, ShadowSample sample, @Nullable Mismatch mismatch) {
    if (mismatch != null) {
      samples.offer(mismatch);
      reproducers.differs(page, mismatch, sample.whole());
    }
    if (noise != null) {
      noise.compared(page, sample);
    }
  }

  @Override
  public boolean wantsWhole() {
    return wantsWhole;
  }

  @Override
  public void differs(ModuleParity page, Mismatch mismatch, @Nullable WholeRequest whole) {
    samples.offer(mismatch);
    if (whole != null) {
      pathReproducers.differs(mismatch.shape(), whole);
    }
  }

  /** The legacy was read anew. */
  void reloaded() {
    texts.reloaded();
    if (noise != null) {
      noise.reloaded();
    }
  }

  @Override
  public void close() {
    if (noise != null) {
      noise.close();
    }
  }
}
