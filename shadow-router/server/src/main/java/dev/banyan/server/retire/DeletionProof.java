package dev.banyan.server.retire;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Immutable: whether a module's Lua file may be deleted.
 *
 * @param module its name
 * @param file the Lua file; null when it is gone already
 * @param evidence point by point
 */
public record DeletionProof(String module, @Nullable String file, List<Evidence> evidence) {
  /** Copies the list. */
  public DeletionProof {
    evidence = List.copyOf(evidence);
  }

  /** Whether nothing is missing. */
  public boolean holds() {
    return evidence.stream().noneMatch(one -> one.state() == Evidence.State.MISSING);
  }

  /** As JSON. */
  public Map<String, @Nullable Object> tree() {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("module", module);
    tree.put("file", file);
    tree.put("retired", file == null);
    tree.put("mayBeDeleted", holds());
    tree.put("evidence", evidence.stream().map(DeletionProof::tree).toList());
    return tree;
  }

  private static Map<String, Object> tree(Evidence one) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("about", one.about());
    tree.put("state", one.state().name().toLowerCase(Locale.ROOT));
    tree.put("figure", one.figure());
    tree.put("next", one.next());
    return tree;
  }
}
