package dev.banyan.server.check;

import dev.banyan.lua.lib.StandardLibraries;
import dev.banyan.nginx.syntax.ConfTree;
import dev.banyan.nginx.syntax.Directive;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Immutable: where {@code require} looks for files, by {@code lua_package_path}. */
final class PackagePath {
  private final Path prefix;
  private final List<String> own = new ArrayList<>();
  private final List<String> standard = new ArrayList<>();

  private PackagePath(Path prefix) {
    this.prefix = prefix;
  }

  static PackagePath of(ConfTree tree, Path prefix) {
    String configured =
        tree.directives().stream()
            .filter(directive -> directive.name().equals("http"))
            .flatMap(http -> http.children().stream())
            .filter(directive -> directive.name().equals("lua_package_path"))
            .filter(directive -> !directive.args().isEmpty())
            .map(Directive::args)
            .map(List::getFirst)
            .findFirst()
            .orElse(";;");
    PackagePath path = new PackagePath(prefix);
    path.add(configured.replace("${prefix}", prefix + "/").replace("$prefix", prefix + "/"));
    return path;
  }

  private void add(String configured) {
    templates(configured, own);
    if (configured.contains(";;")) {
      templates(StandardLibraries.options().packagePath(), standard);
    }
  }

  private void templates(String path, List<String> into) {
    for (String template : path.split(";")) {
      if (template.indexOf('?') >= 0) {
        into.add(prefix.resolve(template).normalize().toString());
      }
    }
  }

  /** The folders that the configuration itself names. */
  List<Path> folders() {
    return own.stream()
        .map(template -> Path.of(template.substring(0, template.indexOf('?'))))
        .filter(Files::isDirectory)
        .toList();
  }

  /** The file of a module. */
  Optional<Path> find(String module) {
    List<String> all = new ArrayList<>(own);
    all.addAll(standard);
    return find(module, all);
  }

  /** The file of a module, in the folders that the configuration itself names. */
  Optional<Path> findOwn(String module) {
    return find(module, own);
  }

  private static Optional<Path> find(String module, List<String> templates) {
    String name = module.replace('.', '/');
    return templates.stream()
        .map(template -> template.replace("?", name))
        .filter(path -> path.indexOf('\0') < 0)
        .map(Path::of)
        .filter(Files::isRegularFile)
        .findFirst();
  }
}
