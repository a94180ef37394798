package dev.banyan.server.config;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A folder with an nginx.conf, for a banyan.yaml beside it. */
record ConfigFolder(Path path) {
  static ConfigFolder in(Path path) throws IOException {
    Files.writeString(path.resolve("nginx.conf"), "events {}\n");
    return new ConfigFolder(path);
  }

  BanyanConfig load(String yaml) throws IOException {
    Path file = path.resolve("banyan.yaml");
    Files.writeString(file, yaml);
    return BanyanConfig.load(file);
  }

  /** What is wrong with a banyan.yaml, in its lines, with files as they are beside it. */
  List<String> problems(String yaml) {
    ConfigException e = catchThrowableOfType(ConfigException.class, () -> load(yaml));
    return e.problems().stream()
        .map(problem -> problem.toString().substring(path.toString().length() + 1))
        .toList();
  }
}
