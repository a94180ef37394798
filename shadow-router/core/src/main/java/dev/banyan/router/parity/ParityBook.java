package dev.banyan.router.parity;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** For any thread: the parity of each configured module. */
public final class ParityBook {
  private volatile Map<String, ModuleParity> modules;
  private final Clock clock;
  private final ParitySettings settings;
  private final AtomicLong ids = new AtomicLong();
  private final ModuleParity path;

  /** What the page of the whole path is called. */
  public static final String PATH = "path";

  /** A page for each of these modules, and one of the whole path. */
  public ParityBook(Collection<String> names, Clock clock, ParitySettings settings) {
    this(names, clock, settings, List.of());
  }

  /**
   * A page for each of these modules, and one of the whole path.
   *
   * @param pathRules the known differences of the whole path
   */
  public ParityBook(
      Collection<String> names, Clock clock, ParitySettings settings, List<ParityRule> pathRules) {
    this.path = new ModuleParity(PATH, clock, ids, settings.only(PATH, pathRules));
    this.clock = clock;
    this.settings = settings;
    Map<String, ModuleParity> pages = new LinkedHashMap<>();
    for (String name : new TreeSet<>(names)) {
      pages.put(name, new ModuleParity(name, clock, ids, settings));
    }
    this.modules = pages;
  }

  /** A page for a module that wasn't configured before, with these rules. */
  public synchronized void add(String name, List<ParityRule> rules) {
    Map<String, ModuleParity> pages = new TreeMap<>(modules);
    pages.putIfAbsent(name, new ModuleParity(name, clock, ids, settings.with(name, rules)));
    modules = pages;
  }

  /** The page of a module, or null when it isn't configured. */
  public @Nullable ModuleParity module(String name) {
    return modules.get(name);
  }

  /** The page of the whole path, which is no module's. */
  public ModuleParity path() {
    return path;
  }

  /** Where the Lua of a module differs from itself. */
  public Noise noise(String name) {
    ModuleParity page = modules.get(name);
    return page == null ? Noise.NONE : page.noise();
  }

  /** What cleans everything that is recorded of the modules. */
  public Redactor redactor() {
    return settings.redactor();
  }

  /** All pages, by name. */
  public Collection<ModuleParity> all() {
    return modules.values();
  }

  /** The newest mismatches of all modules, newest first. */
  public List<Mismatch> newest(int limit) {
    List<Mismatch> all = new ArrayList<>();
    for (ModuleParity page : modules.values()) {
      all.addAll(page.mismatches(limit));
    }
    all.sort(Comparator.comparingLong(Mismatch::id).reversed());
    return all.size() <= limit ? all : all.subList(0, limit);
  }
}
