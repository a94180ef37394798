package dev.banyan.cli;

import dev.banyan.server.inventory.Inventory;
import dev.banyan.server.inventory.LegacyModule;
import dev.banyan.server.inventory.LegacyModule.ModuleFunction;
import dev.banyan.server.inventory.ModuleUsage;
import dev.banyan.server.inventory.PortingStep;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Owned by its command: an inventory for people. */
final class InventoryText {
  private static final int MOST_NAMES = 3;

  private final Inventory inventory;
  private final Map<String, ModuleUsage> usage;
  private final Paper paper;

  InventoryText(Inventory inventory, Map<String, ModuleUsage> usage, PrintWriter out) {
    this.inventory = inventory;
    this.usage = usage;
    this.paper = new Paper(out);
  }

  void print() {
    int lines = inventory.modules().stream().mapToInt(LegacyModule::codeLines).sum();
    paper.line(
        "%s: %d handlers, %d modules, %s lines of Lua",
        inventory.conf(), inventory.handlers(), inventory.modules().size(), Paper.count(lines));
    paper.line("");
    modules();
    traffic();
    order();
    others();
    dead();
    notes();
    section("What the text doesn't tell", inventory.warnings());
  }

  private void modules() {
    paper.row("MODULE", "CODE", "HANDLERS", "PHASES", "REQUIRES", "NGX", "DICTS", "KEEPS");
    for (LegacyModule module : inventory.modules()) {
      paper.row(
          module.name(),
          module.codeLines(),
          module.handlers(),
          phases(module.phases()),
          few(module.requires()),
          module.touches().api().size(),
          list(module.touches().dicts()),
          list(module.state()));
    }
    paper.table();
  }

  private void traffic() {
    if (usage.isEmpty()) {
      return;
    }
    paper
        .line("")
        .line(
            "Under this traffic: calls, and CPU without waiting and without other modules' functions");
    paper.row("  MODULE", "CALLS", "CPU A CALL", "CPU OF A CORE", "SHARE OF CPU");
    usage.entrySet().stream()
        .sorted(Comparator.comparingDouble(entry -> -entry.getValue().share()))
        .forEach(entry -> traffic(entry.getKey(), entry.getValue()));
    paper.table();
    List<String> unseen =
        inventory.modules().stream()
            .filter(module -> module.apart().isEmpty() && !usage.containsKey(module.name()))
            .map(LegacyModule::name)
            .toList();
    if (!unseen.isEmpty()) {
      paper.line("  not loaded by a worker, so not metered: %s", String.join(", ", unseen));
    }
  }

  private void traffic(String module, ModuleUsage one) {
    Double micros = one.microsPerCall();
    paper.row(
        "  " + module,
        String.format(Locale.ROOT, "%,.1f/s", one.callsPerSecond()),
        micros == null ? "-" : String.format(Locale.ROOT, "%,.1f µs", micros),
        String.format(Locale.ROOT, "%.2f%%", one.ofCore() * 100),
        String.format(Locale.ROOT, "%.1f%%", one.share() * 100));
  }

  private void order() {
    List<String> lines = new ArrayList<>();
    int rank = 0;
    for (PortingStep step : inventory.order()) {
      lines.add("%2d  %s: %s".formatted(++rank, String.join(" + ", step.modules()), step.reason()));
    }
    section("Port in this order: what is required first, then value against risk", lines);
  }

  private void others() {
    List<String> lines = new ArrayList<>();
    for (LegacyModule module : inventory.modules()) {
      String reason = module.apart();
      if (!reason.isEmpty()) {
        lines.add(module.name() + ": " + reason);
      }
    }
    section("Not ported on their own", lines);
  }

  private void dead() {
    List<String> lines = new ArrayList<>();
    inventory.unreached().forEach(file -> lines.add(file + ": nothing asks for this file"));
    for (LegacyModule module : inventory.modules()) {
      for (ModuleFunction function : module.functions()) {
        if (!function.used() && !module.foreign()) {
          lines.add(
              "%s:%d: %s is mentioned nowhere else"
                  .formatted(module.file(), function.line(), function.name()));
        }
      }
    }
    section("Dead, as far as the text tells", lines);
  }

  private void notes() {
    List<String> lines = new ArrayList<>();
    for (LegacyModule module : inventory.modules()) {
      module.notes().stream()
          .filter(note -> !note.blocks())
          .forEach(note -> lines.add(module.file() + ":" + note.line() + ": " + note.text()));
    }
    section("To be known before porting", lines);
  }

  private void section(String title, Collection<?> lines) {
    if (!lines.isEmpty()) {
      paper.line("").line("%s", title);
      lines.forEach(line -> paper.line("  %s", line));
    }
  }

  private static String phases(Collection<String> directives) {
    return list(directives.stream().map(name -> name.replace("_by_lua", "")).toList());
  }

  private static String few(Collection<String> names) {
    return names.size() > MOST_NAMES ? names.size() + " modules" : list(names);
  }

  private static String list(Collection<String> names) {
    return names.isEmpty() ? "-" : String.join(", ", names);
  }
}
