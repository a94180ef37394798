package dev.banyan.server.reproduce;

import dev.banyan.gateway.path.WholeRequest;
import dev.banyan.router.parity.Cluster;
import dev.banyan.router.parity.Difference;
import dev.banyan.router.parity.ModuleParity;
import dev.banyan.router.parity.Redactor;
import dev.banyan.router.parity.Reproducer;
import dev.banyan.router.parity.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Thread-safe: keeps one whole request of each way in which the paths differ, redacted, with what
 * its origin answered and what it found in shared dicts.
 */
public final class PathReproducers {
  private final ModuleParity page;
  private final Redactor redactor;
  private final JsonMapper json = new JsonMapper();

  /** Keeps them on the whole path's page. */
  public PathReproducers(ModuleParity page, Redactor redactor) {
    this.page = page;
    this.redactor = redactor;
  }

  /** The paths differ on a request; on the threads that compare. */
  public void differs(Shape shape, WholeRequest request) {
    if (page.awaitsReproducer(shape)) {
      page.reproducer(shape, reproducer(request));
    }
  }

  private Reproducer reproducer(WholeRequest request) {
    Concealer concealer = new Concealer(redactor);
    Map<String, @Nullable Object> clean = concealer.clean(WholeRequestJson.write(request));
    String text = json.writeValueAsString(clean);
    if (text.length() > Reproducers.MAX_VECTOR) {
      return new Reproducer.Refused(
          "the request holds "
              + text.length()
              + " characters, more than "
              + Reproducers.MAX_VECTOR);
    }
    List<String> hidden = new ArrayList<>(concealer.hidden());
    WholeRequestJson.missing(request).forEach(what -> hidden.add(redactor.label(what)));
    return new Reproducer.Held(text, hidden);
  }

  /**
   * Keeps a smaller request, on which somebody saw the paths differ as its cluster does.
   *
   * @throws IllegalArgumentException when it is no request, or too long
   */
  public void shrunk(Cluster cluster, JsonNode request, List<Difference> differences) {
    if (!request.path("request").path("target").isString()) {
      throw new IllegalArgumentException("\"vector\" is no whole request: it has no target");
    }
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    request.properties().forEach(part -> tree.put(part.getKey(), plain(part.getValue())));
    String text = json.writeValueAsString(new Concealer(redactor).clean(tree));
    page.reproducer(cluster.shape(), new Reproducer.Shrunk(text, redactor.redact(differences)));
  }

  private @Nullable Object plain(JsonNode node) {
    return json.convertValue(node, Object.class);
  }
}
