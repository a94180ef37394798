package dev.banyan.cli.reproduce;

import dev.banyan.host.BoundPort;
import dev.banyan.host.ModuleHost;
import dev.banyan.host.PortDefect;
import dev.banyan.vectors.BadVector;
import dev.banyan.vectors.Vector;
import dev.banyan.vectors.VectorFolder;
import dev.banyan.vectors.VectorJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Immutable: a module's port and where its vectors are.
 *
 * @param jar the jar that holds it
 */
public record PortProject(String module, Path jar) {
  private static final Path VECTORS = Path.of("src/test/vectors");

  /** What is missing, and what to do about it. */
  public static final class CannotFind extends Exception {
    private static final long serialVersionUID = 1L;

    CannotFind(String message) {
      super(message);
    }
  }

  /**
   * The jar among these that holds the module's port.
   *
   * @throws CannotFind when none does, or one can't be read
   */
  public static PortProject of(String module, List<Path> jars) throws CannotFind {
    try {
      for (Path jar : jars) {
        if (ModuleHost.load(List.of(jar)).port(module) != null) {
          return new PortProject(module, jar);
        }
      }
    } catch (PortDefect e) {
      throw new CannotFind(String.valueOf(e.getMessage()));
    }
    throw new CannotFind(
        "no port of " + module + " is listed: build it, and list its jar under \"ports\"");
  }

  /** The port, loaded anew, so that it has seen no call yet. */
  public BoundPort load() {
    BoundPort port = ModuleHost.load(List.of(jar)).port(module);
    if (port == null) {
      throw new PortDefect(jar + " was replaced meanwhile and has no port of " + module + " now");
    }
    return port;
  }

  /**
   * The folder with the vectors of the port's tests.
   *
   * @param given by the user; null to look for it beside the jar
   * @param option by which the user names it
   * @throws CannotFind when there is none, or more than one
   */
  public Path vectors(@Nullable Path given, String option) throws CannotFind {
    if (given != null) {
      return given;
    }
    Path target = jar.toAbsolutePath().getParent();
    Path project = target == null ? null : target.getParent();
    if (target == null || project == null || !target.endsWith("target")) {
      throw new CannotFind(
          jar + " is in no Maven project: name the vectors' folder with " + option);
    }
    Path all = project.resolve(VECTORS);
    List<Path> own = folders(all);
    if (own.size() > 1) {
      throw new CannotFind(
          all + " holds vectors of " + module + " in " + own + ": name one of them with " + option);
    }
    return own.isEmpty()
        ? all.resolve(module.substring(module.lastIndexOf('.') + 1))
        : own.getFirst();
  }

  private List<Path> folders(Path all) throws CannotFind {
    if (!Files.isDirectory(all)) {
      return List.of();
    }
    try (Stream<Path> list = Files.list(all)) {
      return list.filter(Files::isDirectory).filter(this::isOwn).sorted().toList();
    } catch (IOException e) {
      throw new CannotFind(all + " can't be read: " + e.getMessage());
    }
  }

  private boolean isOwn(Path folder) {
    try {
      return VectorFolder.read(folder).getFirst().call().module().equals(module);
    } catch (BadVector e) {
      return false; // another module's, or somebody's who will be told by the tests
    }
  }

  /**
   * Writes a vector, and reads it again.
   *
   * @return its file
   * @throws CannotFind when the file can't be written
   */
  public static Path save(Vector vector, Path folder) throws CannotFind {
    Path file = folder.resolve(vector.name() + ".json");
    try {
      Files.createDirectories(folder);
      Files.writeString(
          file,
          new JsonMapper()
                  .writerWithDefaultPrettyPrinter()
                  .writeValueAsString(VectorJson.write(vector.call()))
              + "\n");
      VectorFolder.read(folder);
      return file;
    } catch (IOException e) {
      throw new CannotFind(file + " can't be written: " + e.getMessage());
    }
  }
}
