package dev.banyan.server.flags;

import dev.banyan.api.Mode;
import dev.banyan.router.flags.AuditEntry;
import dev.banyan.router.flags.FlagChange;
import dev.banyan.router.flags.FlagPolicy;
import dev.banyan.router.flags.FlagRefused;
import dev.banyan.router.flags.FlagSnapshot;
import dev.banyan.router.flags.ModuleFlag;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * For any thread: the flags in force. Reading is one volatile read.
 *
 * <p>A change is in force once the new {@code flags.json} has been renamed into place: before that
 * a crash leaves the old flags, after it the new ones. The file names its last change, so that an
 * audit line which a crash cost is written at the next start.
 */
public final class FlagStore {
  /** The file of the flags, in the state folder. */
  public static final String FLAGS_FILE = "flags.json";

  /** The audit log, in the state folder. */
  public static final String AUDIT_FILE = "audit.ndjson";

  private static final Logger LOG = LoggerFactory.getLogger(FlagStore.class);

  private final FlagFile file;
  private volatile FlagPolicy policy;
  private final Clock clock;
  private final JsonMapper json;
  private final AuditLog audit;
  private final List<Consumer<AuditEntry>> listeners = new CopyOnWriteArrayList<>();
  private volatile FlagSnapshot current;
  private boolean letGo;
  private long followed;

  private FlagStore(
      Path file,
      FlagPolicy policy,
      Clock clock,
      JsonMapper json,
      AuditLog audit,
      FlagSnapshot current) {
    this.file = new FlagFile(file);
    this.policy = policy;
    this.clock = clock;
    this.json = json;
    this.audit = audit;
    this.current = current;
    this.followed = current.version();
  }

  /**
   * Opens the flags of a state folder, made when missing.
   *
   * @param initial the flags of modules that the folder doesn't know yet; modules that are not
   *     listed are forgotten
   * @throws UncheckedIOException when the folder can't be used
   * @throws IllegalStateException when the flags' file is damaged; it says how to go on
   */
  public static FlagStore open(
      Path stateDir, FlagPolicy policy, Collection<ModuleFlag> initial, Clock clock) {
    try {
      Files.createDirectories(stateDir);
      JsonMapper json = new JsonMapper();
      Path file = stateDir.resolve(FLAGS_FILE);
      AuditLog audit = AuditLog.open(stateDir.resolve(AUDIT_FILE), json);
      JsonNode stored = Files.exists(file) ? read(file, json) : null;
      if (stored != null && stored.hasNonNull("lastChange")) {
        AuditEntry last = FlagJson.readEntry(stored.path("lastChange"));
        if (audit.lastVersion() < last.version()) {
          audit.append(last);
        }
      }
      FlagSnapshot snapshot = merge(stored, initial);
      return new FlagStore(file, policy, clock, json, audit, snapshot);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The flags that {@link #open} would find; nothing is written.
   *
   * @throws UncheckedIOException when the folder can't be read
   * @throws IllegalStateException when the flags' file is damaged
   */
  public static FlagSnapshot stored(Path stateDir, Collection<ModuleFlag> initial) {
    Path file = stateDir.resolve(FLAGS_FILE);
    try {
      return merge(Files.exists(file) ? read(file, new JsonMapper()) : null, initial);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The flags in force: pin this to a request at its start. */
  public FlagSnapshot current() {
    return current;
  }

  /** What changes are judged by. */
  public FlagPolicy policy() {
    return policy;
  }

  /** Replaces what is accepted, as when ports were installed or removed. */
  public void policy(FlagPolicy next) {
    policy = next;
  }

  /** Lets a module in that wasn't listed before; its flag counts until somebody changes it. */
  public synchronized void add(ModuleFlag initial) {
    if (!current.flags().containsKey(initial.module())) {
      current = current.with(initial);
    }
  }

  /**
   * Changes a flag for the next request. A disk that doesn't take it stands in the way of every
   * change but one to Lua, which is written down when the disk takes it again: see {@link #lag}.
   *
   * @return what was audited
   * @throws FlagRefused when the change is not accepted or the disk doesn't take it; nothing has
   *     changed then
   */
  public synchronized AuditEntry change(FlagChange change) {
    FlagPolicy.Accepted accepted = policy.accept(current, change, clock.instant());
    AuditEntry entry = accepted.entry();
    if (!letGo) {
      store(accepted);
    }
    current = accepted.snapshot();
    try {
      if (!letGo) {
        audit.append(entry);
      }
    } catch (IOException e) {
      LOG.error("flag change {} is in force but its audit line can't be written", entry, e);
    }
    LOG.info(
        "flag {}: {} -> {} by {}: {}",
        entry.to().module(),
        entry.from().summary(),
        entry.to().summary(),
        entry.who(),
        entry.why());
    listeners.forEach(listener -> listener.accept(entry));
    return entry;
  }

  private void store(FlagPolicy.Accepted accepted) {
    byte[] content = encode(accepted);
    String failure = file.write(content);
    if (failure == null) {
      return;
    }
    if (accepted.entry().to().mode() != Mode.LUA) {
      throw new FlagRefused(
          failure
              + ", and nothing has changed: free the disk and ask again; lua can be had even so");
    }
    LOG.error("{}, and the change is in force even so: free the disk", failure);
    file.owe(content, failure);
  }

  /** Why the flags in force are not yet those on the disk; null when they are. */
  public synchronized @Nullable String lag() {
    return file.lag();
  }

  /** Writes down what the disk didn't take before, where it takes it by now. */
  public synchronized void settle() {
    if (letGo) {
      return;
    }
    if (file.settle()) {
      LOG.info("{} is written again", file.path());
    }
    audit.settle();
  }

  /**
   * As {@link #change}, unless somebody else has changed this flag meanwhile.
   *
   * @param seen the flags' version that the change was decided on
   * @throws FlagConflict when the module's flag has changed since; it says who did it
   */
  public synchronized AuditEntry change(FlagChange change, long seen) {
    AuditEntry newest = audit.newestOf(change.module()).orElse(null);
    if (newest != null && newest.version() > seen) {
      throw new FlagConflict(
          change.module()
              + " was changed meanwhile: "
              + newest.from().summary()
              + " → "
              + newest.to().summary()
              + " by "
              + newest.who()
              + " ("
              + newest.why()
              + "): look at it, then ask again with version "
              + newest.version());
    }
    return change(change);
  }

  /** From now on the folder is another process's: what changes here counts here alone. */
  public synchronized void letGo() {
    settle();
    if (file.lag() != null) {
      LOG.error("{}: whoever takes over begins with older flags", file.lag());
    }
    letGo = true;
    followed = current.version();
  }

  /** The folder is this process's again. */
  public synchronized void takeBack() {
    letGo = false;
  }

  /**
   * Reads the flags that another process has left.
   *
   * @throws UncheckedIOException when the folder can't be read
   */
  public synchronized void reread() {
    try {
      audit.reread();
      follow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Takes the flags as they stand in the folder, and keeps what isn't there. */
  public synchronized void follow() throws IOException {
    if (Files.exists(file.path())) {
      FlagSnapshot stored = merge(read(file.path(), json), current.flags().values());
      if (stored.version() != followed) {
        followed = stored.version();
        current = stored;
      }
    }
  }

  /** Notes in the audit log that one process has handed over to another. */
  public void handedOver(long from, long to) {
    try {
      audit.note("handed over from pid " + from + " to pid " + to, clock.instant());
    } catch (IOException e) {
      LOG.error("that pid {} has handed over to pid {} can't be audited", from, to, e);
    }
  }

  /** The newest changes first. */
  public List<AuditEntry> audit(int limit) {
    return audit.newest(limit);
  }

  /**
   * Since when a module's flag is java for everyone; empty when it isn't, or when no change of it
   * was ever audited.
   */
  public Optional<Instant> javaSince(String module) {
    return current.flag(module).isJavaForAll() ? audit.javaSince(module) : Optional.empty();
  }

  /** Calls the listener after each change, on the thread that made it. */
  public void onChange(Consumer<AuditEntry> listener) {
    listeners.add(listener);
  }

  private byte[] encode(FlagPolicy.Accepted accepted) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("version", accepted.snapshot().version());
    List<Object> flags = new ArrayList<>();
    accepted.snapshot().flags().values().forEach(flag -> flags.add(FlagJson.write(flag)));
    tree.put("flags", flags);
    tree.put("lastChange", FlagJson.write(accepted.entry()));
    return json.writerWithDefaultPrettyPrinter().writeValueAsBytes(tree);
  }

  private static JsonNode read(Path file, JsonMapper json) throws IOException {
    try {
      return json.readTree(Files.readAllBytes(file));
    } catch (JacksonException e) {
      throw damaged(file, e);
    }
  }

  private static IllegalStateException damaged(Path file, Exception cause) {
    return new IllegalStateException(
        file + " is damaged: restore it, or remove it to start from banyan.yaml's modes", cause);
  }

  private static FlagSnapshot merge(@Nullable JsonNode stored, Collection<ModuleFlag> initial) {
    TreeMap<String, ModuleFlag> flags = new TreeMap<>();
    initial.forEach(flag -> flags.put(flag.module(), flag));
    if (stored == null) {
      return new FlagSnapshot(0, flags);
    }
    for (JsonNode node : stored.path("flags")) {
      ModuleFlag flag = FlagJson.readFlag(node);
      flags.computeIfPresent(flag.module(), (module, configured) -> flag);
    }
    return new FlagSnapshot(stored.path("version").asLong(0), flags);
  }
}
