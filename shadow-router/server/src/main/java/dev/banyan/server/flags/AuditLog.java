package dev.banyan.server.flags;

import dev.banyan.router.flags.AuditEntry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** For any thread: who changed which flag, when and why; one JSON object a line, only appended. */
final class AuditLog {
  /** Entries kept in memory for showing; the file keeps all. */
  static final int SHOWN = 1_000;

  /** The member of a line that is no change of a flag. */
  private static final String EVENT = "event";

  private static final Logger LOG = LoggerFactory.getLogger(AuditLog.class);

  private final Path file;
  private final JsonMapper json;
  private final Deque<AuditEntry> newestFirst = new ArrayDeque<>();
  private final Map<String, Instant> javaSince = new HashMap<>();

  /** Lines that the disk hasn't taken; as many as there are changes while it doesn't. */
  private final StringBuilder owed = new StringBuilder();

  private boolean isCut;

  private AuditLog(Path file, JsonMapper json) {
    this.file = file;
    this.json = json;
  }

  /** Opens the log and reads its end; a line that a crash cut short is skipped. */
  static AuditLog open(Path file, JsonMapper json) throws IOException {
    AuditLog log = new AuditLog(file, json);
    log.read();
    if (Files.exists(file)) {
      log.endCutLine();
    }
    return log;
  }

  private void read() throws IOException {
    if (Files.exists(file)) {
      DurableFiles.eachLine(file, this::remember);
    }
  }

  /** Reads it anew: another process has written to it. */
  synchronized void reread() throws IOException {
    newestFirst.clear();
    javaSince.clear();
    read();
  }

  /** Writes down what is no change of a flag. */
  synchronized void note(String what, Instant when) throws IOException {
    Map<String, String> tree = new LinkedHashMap<>();
    tree.put("when", when.toString());
    tree.put(EVENT, what);
    DurableFiles.append(
        file, (json.writeValueAsString(tree) + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Writes down a change. It is shown, and written later, when the disk doesn't take it.
   *
   * @throws IOException when it doesn't
   */
  synchronized void append(AuditEntry entry) throws IOException {
    remember(entry);
    owed.append(json.writeValueAsString(FlagJson.write(entry))).append('\n');
    pay();
  }

  /** Writes what is owed, if the disk takes it by now. */
  synchronized void settle() {
    try {
      if (!owed.isEmpty()) {
        pay();
        LOG.info("{} is written again", file);
      }
    } catch (IOException e) {
      LOG.debug("{} can't be written yet", file, e);
    }
  }

  /** A line that the disk took half of is ended first: an empty one says nothing. */
  private void pay() throws IOException {
    String lines = (isCut ? "\n" : "") + owed;
    isCut = true;
    DurableFiles.append(file, lines.getBytes(StandardCharsets.UTF_8));
    isCut = false;
    owed.setLength(0);
  }

  synchronized long lastVersion() {
    AuditEntry newest = newestFirst.peekFirst();
    return newest == null ? 0 : newest.version();
  }

  synchronized List<AuditEntry> newest(int limit) {
    return new ArrayList<>(newestFirst.stream().limit(limit).toList());
  }

  /** The newest change of a module's flag. */
  synchronized Optional<AuditEntry> newestOf(String module) {
    return newestFirst.stream().filter(entry -> entry.to().module().equals(module)).findFirst();
  }

  private void remember(String line) {
    try {
      JsonNode tree = json.readTree(line);
      if (!tree.has(EVENT)) {
        remember(FlagJson.readEntry(tree));
      }
    } catch (JacksonException | IllegalArgumentException | DateTimeException e) {
      LOG.warn("{} has a line that is no audit entry; it is skipped: {}", file, e.getMessage());
    }
  }

  /** Since when the log has a module at java for everyone; empty when it hasn't. */
  synchronized Optional<Instant> javaSince(String module) {
    return Optional.ofNullable(javaSince.get(module));
  }

  private void remember(AuditEntry entry) {
    if (entry.to().isJavaForAll()) {
      javaSince.putIfAbsent(entry.to().module(), entry.when());
    } else {
      javaSince.remove(entry.to().module());
    }
    newestFirst.addFirst(entry);
    if (newestFirst.size() > SHOWN) {
      newestFirst.removeLast();
    }
  }

  private void endCutLine() throws IOException {
    byte[] content = Files.readAllBytes(file);
    if (content.length > 0 && content[content.length - 1] != '\n') {
      DurableFiles.append(file, new byte[] {'\n'});
    }
  }
}
