package dev.banyan.server.reproduce;

import dev.banyan.gateway.seam.ShadowSample.Whole;
import dev.banyan.gateway.seam.WholeCalls;
import dev.banyan.lua.seam.RecordedCall;
import dev.banyan.router.parity.Cluster;
import dev.banyan.router.parity.Difference;
import dev.banyan.router.parity.Mismatch;
import dev.banyan.router.parity.ModuleParity;
import dev.banyan.router.parity.ParityBook;
import dev.banyan.router.parity.Redactor;
import dev.banyan.router.parity.Reproducer;
import dev.banyan.router.parity.Shape;
import dev.banyan.vectors.VectorJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Thread-safe: takes shadowed calls whole, and keeps one of each cluster, redacted. Some of each
 * second are always taken, so that a difference that is seen once only may have one; more while a
 * cluster waits for its own. All others cost a look at a counter.
 */
public final class Reproducers implements WholeCalls {
  /**
   * Calls of a module that are taken whole in one second while no cluster waits; spread over it,
   * because a request whose calls are all taken is slow.
   */
  static final int SOME_A_SECOND = 2;

  /** Calls of a module that are taken whole in one second while one does. */
  static final int MOST_A_SECOND = 200;

  /** The longest vector that is kept, in characters. */
  static final int MAX_VECTOR = 256 * 1024;

  private final ParityBook parity;
  private final CallTexts texts;
  private final LongSupplier nanos;
  private final Map<String, Rates> rates = new ConcurrentHashMap<>();
  private final JsonMapper json = new JsonMapper();

  /** Of one module: while no cluster waits, and while one does. */
  private record Rates(SpreadRate usual, CallRate waiting) {}

  /**
   * Keeps them in this book.
   *
   * @param nanos a monotonic clock
   */
  public Reproducers(ParityBook parity, CallTexts texts, LongSupplier nanos) {
    this.parity = parity;
    this.texts = texts;
    this.nanos = nanos;
  }

  @Override
  public Asked of(String module) {
    return new OfModule(module, rates.computeIfAbsent(module, _ -> made()));
  }

  /** For any thread: which calls of a module are taken, whose page may be opened later. */
  private final class OfModule implements Asked {
    private final String module;
    private final Rates rates;

    /** Once found it stays, whichever thread finds it. */
    private @Nullable ModuleParity page;

    OfModule(String module, Rates rates) {
      this.module = module;
      this.rates = rates;
    }

    @Override
    public @Nullable Reading wanted() {
      ModuleParity known = page;
      if (known == null) {
        known = parity.module(module);
        if (known == null) {
          return null;
        }
        page = known;
      }
      boolean admitted =
          known.awaitsReproducer() ? rates.waiting().admits(MOST_A_SECOND) : rates.usual().admits();
      return admitted ? texts.known(module) : null;
    }
  }

  private Rates made() {
    return new Rates(new SpreadRate(SOME_A_SECOND, rates.size(), nanos), new CallRate(nanos));
  }

  /**
   * A shadowed call differs; on the threads that compare.
   *
   * @param whole the call, if it was taken whole
   */
  public void differs(ModuleParity page, Mismatch mismatch, @Nullable Whole whole) {
    if (!page.awaitsReproducer(mismatch.shape())) {
      return;
    }
    switch (whole) {
      case null -> untaken(page, mismatch.shape());
      case Whole.Lost(String reason, var _) -> refuse(page, mismatch.shape(), reason);
      case Whole.Taken(RecordedCall call, var _) ->
          page.reproducer(mismatch.shape(), reproducer(call));
    }
  }

  private void untaken(ModuleParity page, Shape shape) {
    String failure = texts.failure(page.module());
    if (failure != null) {
      refuse(page, shape, failure);
    }
  }

  private void refuse(ModuleParity page, Shape shape, String reason) {
    page.reproducer(shape, new Reproducer.Refused(parity.redactor().label(reason)));
  }

  /**
   * Keeps a smaller call, which somebody saw to differ as its cluster does.
   *
   * @throws IllegalArgumentException when it is no vector of the module, or too long
   */
  public void shrunk(
      ModuleParity page, Cluster cluster, JsonNode vector, List<Difference> differences) {
    RecordedCall call = VectorJson.read(vector);
    if (!call.module().equals(page.module())
        || !call.function().equals(cluster.shape().function())) {
      throw new IllegalArgumentException(
          "the vector is of "
              + call.module()
              + "."
              + call.function()
              + ", the cluster of "
              + page.module()
              + "."
              + cluster.shape().function());
    }
    Concealer concealer = new Concealer(parity.redactor());
    String text = json.writeValueAsString(concealer.clean(VectorJson.write(call)));
    page.reproducer(
        cluster.shape(), new Reproducer.Shrunk(text, parity.redactor().redact(differences)));
  }

  private Reproducer reproducer(RecordedCall call) {
    if (!call.changed().isEmpty()) {
      return new Reproducer.Refused(
          call.changed().getFirst() + " is changed by the call, which a vector can't tell");
    }
    return held(VectorJson.write(call), call.opaque(), parity.redactor());
  }

  private Reproducer held(
      Map<String, @Nullable Object> vector, List<String> opaque, Redactor redactor) {
    Concealer concealer = new Concealer(redactor);
    String text = json.writeValueAsString(concealer.clean(vector));
    if (text.length() > MAX_VECTOR) {
      return new Reproducer.Refused(
          "the call holds " + text.length() + " characters, more than " + MAX_VECTOR);
    }
    List<String> hidden = new ArrayList<>(concealer.hidden());
    opaque.forEach(place -> hidden.add(redactor.label(place) + ", which can't be recorded"));
    return new Reproducer.Held(text, hidden);
  }
}
