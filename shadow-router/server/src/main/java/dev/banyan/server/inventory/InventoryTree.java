package dev.banyan.server.inventory;

import dev.banyan.server.config.ConfigProblem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** An inventory as JSON: for scripts, and for the dashboard. */
public final class InventoryTree {
  private InventoryTree() {}

  /**
   * The tree.
   *
   * @param usage what modules took of the traffic, by name, where that was metered
   */
  public static Map<String, Object> of(Inventory inventory, Map<String, ModuleUsage> usage) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("conf", inventory.conf().toString());
    tree.put("handlers", inventory.handlers());
    tree.put("modules", modules(inventory, usage));
    tree.put("order", inventory.order().stream().map(InventoryTree::step).toList());
    tree.put("unreached", inventory.unreached().stream().map(Object::toString).toList());
    tree.put("warnings", inventory.warnings().stream().map(ConfigProblem::toString).toList());
    return tree;
  }

  private static List<Map<String, Object>> modules(
      Inventory inventory, Map<String, ModuleUsage> usage) {
    List<Map<String, Object>> trees = new ArrayList<>();
    for (LegacyModule module : inventory.modules()) {
      Map<String, Object> tree = module(module);
      ModuleUsage live = usage.get(module.name());
      if (live != null) {
        tree.put("live", live.tree());
      }
      trees.add(tree);
    }
    return trees;
  }

  private static Map<String, Object> module(LegacyModule module) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("name", module.name());
    tree.put("file", module.file().toString());
    tree.put("returns", module.shape().name().toLowerCase(Locale.ROOT));
    tree.put("lines", module.lines());
    tree.put("codeLines", module.codeLines());
    tree.put("handlers", module.handlers());
    tree.put("phases", module.phases());
    tree.put("requires", module.requires());
    tree.put("requiredBy", module.requiredBy());
    tree.put("builtIns", module.builtIns());
    tree.put("functions", module.functions().stream().map(InventoryTree::function).toList());
    tree.put("touches", touches(module.touches()));
    tree.put("state", module.state());
    tree.put("apart", module.apart());
    tree.put("notes", module.notes().stream().map(InventoryTree::note).toList());
    return tree;
  }

  private static Map<String, Object> function(LegacyModule.ModuleFunction function) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("name", function.name());
    tree.put("line", function.line());
    tree.put("phases", function.phases());
    tree.put("used", function.used());
    return tree;
  }

  private static Map<String, Object> touches(Touches touches) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("api", touches.api());
    tree.put("ctxReads", touches.ctxReads());
    tree.put("ctxWrites", touches.ctxWrites());
    tree.put("varReads", touches.varReads());
    tree.put("varWrites", touches.varWrites());
    tree.put("dicts", touches.dicts());
    return tree;
  }

  private static Map<String, Object> note(LegacyModule.Note note) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("line", note.line());
    tree.put("text", note.text());
    tree.put("blocks", note.blocks());
    return tree;
  }

  private static Map<String, Object> step(PortingStep step) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("modules", List.copyOf(step.modules()));
    tree.put("value", step.value());
    tree.put("risk", step.risk());
    tree.put("reason", step.reason());
    return tree;
  }
}
