package dev.banyan.nginx.syntax;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Every directive that is known, read from the one table that the check and the documentation
 * share. Immutable.
 */
public final class DirectiveTable {
  private static final String RESOURCE = "directives.txt";
  private static final DirectiveTable STANDARD = read();

  private final Map<String, List<DirectiveSpec>> byName;

  private DirectiveTable(List<DirectiveSpec> specs) {
    Map<String, List<DirectiveSpec>> map = new LinkedHashMap<>();
    specs.forEach(s -> map.computeIfAbsent(s.name(), _ -> new ArrayList<>()).add(s));
    this.byName = map;
  }

  /** The table of this build. */
  public static DirectiveTable standard() {
    return STANDARD;
  }

  /** Every entry, in the order of the table. */
  public List<DirectiveSpec> all() {
    return byName.values().stream().flatMap(List::stream).toList();
  }

  /** The entries of a name, one for each meaning; empty when it is unknown. */
  public List<DirectiveSpec> find(String name) {
    return List.copyOf(byName.getOrDefault(name, List.of()));
  }

  private static DirectiveTable read() {
    List<DirectiveSpec> specs = new ArrayList<>();
    String module = "";
    try (InputStream in = DirectiveTable.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException("the table of directives is missing: " + RESOURCE);
      }
      BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      for (String line : reader.lines().toList()) {
        if (line.startsWith("[")) {
          module = line.substring(1, line.length() - 1);
        } else if (!line.isBlank() && !line.startsWith("#")) {
          specs.add(parse(line, module));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new DirectiveTable(specs);
  }

  private static DirectiveSpec parse(String line, String module) {
    int colon = line.indexOf(" : ");
    String[] words = (colon < 0 ? line : line.substring(0, colon)).strip().split(" +");
    List<String> marks = List.of(words).subList(3, words.length);
    String arity = words[1];
    boolean block = arity.endsWith("{}");
    boolean lua = arity.endsWith("lua");
    boolean flag = arity.equals("flag");
    String counts = flag ? "1" : arity.replace("{}", "").replace("lua", "");
    int dash = counts.indexOf('-');
    int plus = counts.indexOf('+');
    int end = dash >= 0 ? dash : plus >= 0 ? plus : counts.length();
    int min = Integer.parseInt(counts.substring(0, end));
    int max =
        plus >= 0
            ? Integer.MAX_VALUE
            : dash >= 0 ? Integer.parseInt(counts.substring(dash + 1)) : min;
    return new DirectiveSpec(
        words[0],
        module,
        min,
        max,
        flag,
        values(marks),
        lua
            ? DirectiveSpec.Form.LUA_BLOCK
            : block ? DirectiveSpec.Form.BLOCK : DirectiveSpec.Form.SIMPLE,
        contexts(words[2]),
        marks.contains("multi"),
        status(marks),
        colon < 0 ? "" : line.substring(colon + 3).strip());
  }

  private static Set<Context> contexts(String letters) {
    Set<Context> contexts = EnumSet.noneOf(Context.class);
    letters.chars().forEach(c -> contexts.add(Context.of((char) c)));
    return contexts;
  }

  private static Values values(List<String> marks) {
    return marks.stream()
        .filter(mark -> mark.startsWith("="))
        .findFirst()
        .map(mark -> Values.parse(mark.substring(1)))
        .orElse(Values.ANY);
  }

  private static DirectiveSpec.Status status(List<String> marks) {
    if (marks.contains("unsupported")) {
      return DirectiveSpec.Status.UNSUPPORTED;
    }
    return marks.contains("notice") ? DirectiveSpec.Status.NOTICE : DirectiveSpec.Status.SUPPORTED;
  }
}
