package dev.banyan.server.config;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Finds the jars that {@code ports} names: each item a jar, or a folder whose jars are meant. */
final class PortFiles {
  private final Path folder;

  PortFiles(Path folder) {
    this.folder = folder;
  }

  /** The jars and folders themselves. */
  List<Path> places(YamlSection section, String key) {
    return section.texts(key).stream().map(name -> folder.resolve(name).normalize()).toList();
  }

  List<Path> find(YamlSection section, String key) {
    List<Path> jars = new ArrayList<>();
    for (Path path : places(section, key)) {
      if (Files.isDirectory(path)) {
        jars.addAll(jarsIn(section, key, path));
      } else if (Files.isRegularFile(path)) {
        jars.add(path);
      } else {
        section.problem(
            section.line(key),
            "port " + path + " is neither a jar nor a folder of jars: build it or remove the item");
      }
    }
    return jars;
  }

  private static List<Path> jarsIn(YamlSection section, String key, Path path) {
    List<Path> jars = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(path, "*.jar")) {
      found.forEach(jars::add);
    } catch (IOException e) {
      section.problem(section.line(key), "folder " + path + " can't be read: " + e.getMessage());
    }
    jars.sort(null);
    return jars;
  }
}
