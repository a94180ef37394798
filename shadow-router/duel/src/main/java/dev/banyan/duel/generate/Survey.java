package dev.banyan.duel.generate;

import dev.banyan.nginx.NginxConf;
import dev.banyan.nginx.syntax.Directive;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What the Lua behind an nginx.conf says. Immutable.
 *
 * @param literals each text once, in the order of the files
 * @param headers request fields that are read by {@code ngx.var}
 */
record Survey(
    List<Literal> literals, Set<String> headers, Set<String> cookies, Set<String> arguments) {
  /** Lua files that are read at most. */
  static final int MAX_FILES = 5_000;

  Survey {
    literals = List.copyOf(literals);
    headers = Set.copyOf(headers);
    cookies = Set.copyOf(cookies);
    arguments = Set.copyOf(arguments);
  }

  /** Reads the inline chunks, and the files below the folders of {@code lua_package_path}. */
  static Survey of(NginxConf conf) throws IOException {
    List<LuaScan> scans = new ArrayList<>();
    Set<Path> folders = new TreeSet<>();
    conf.tree()
        .directives()
        .forEach(directive -> collect(directive, conf.prefix(), scans, folders));
    for (Path folder : folders) {
      for (Path file : luaFiles(folder)) {
        String name = conf.prefix().relativize(file).toString();
        scans.add(LuaScan.of(name, 1, Files.readString(file, StandardCharsets.ISO_8859_1)));
      }
    }
    return joined(scans);
  }

  private static void collect(
      Directive directive, Path prefix, List<LuaScan> scans, Set<Path> folders) {
    if (directive.name().endsWith("_by_lua_block") || directive.name().endsWith("_by_lua")) {
      String file = Path.of(directive.file()).getFileName().toString();
      scans.add(LuaScan.of(file, directive.line(), directive.args().getLast()));
    } else if (directive.name().equals("lua_package_path") && !directive.args().isEmpty()) {
      for (String template : directive.arg(0).split(";")) {
        folder(template, prefix, folders);
      }
    }
    directive.children().forEach(child -> collect(child, prefix, scans, folders));
  }

  /** Only what belongs to the configuration: not the libraries of the system. */
  private static void folder(String template, Path prefix, Set<Path> folders) {
    int mark = template.indexOf('?');
    if (mark > 0) {
      String start =
          template
              .substring(0, mark)
              .replace("${prefix}", prefix + "/")
              .replace("$prefix", prefix + "/");
      Path folder = prefix.resolve(start).normalize();
      if (folder.startsWith(prefix) && Files.isDirectory(folder)) {
        folders.add(folder);
      }
    }
  }

  private static List<Path> luaFiles(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".lua"))
          .sorted()
          .limit(MAX_FILES)
          .toList();
    }
  }

  private static Survey joined(List<LuaScan> scans) {
    Map<String, Literal> literals = new LinkedHashMap<>();
    Set<String> headers = new TreeSet<>();
    Set<String> cookies = new TreeSet<>();
    Set<String> arguments = new TreeSet<>();
    for (LuaScan scan : scans) {
      scan.literals().forEach(l -> literals.putIfAbsent(l.text() + "\n" + l.siblings(), l));
      headers.addAll(scan.headers());
      cookies.addAll(scan.cookies());
      arguments.addAll(scan.arguments());
    }
    return new Survey(List.copyOf(literals.values()), headers, cookies, arguments);
  }
}
