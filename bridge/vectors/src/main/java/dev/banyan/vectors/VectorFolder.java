package dev.banyan.vectors;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the vectors of a folder: each {@code .json} in it but {@link #REPORT}. */
public final class VectorFolder {
  /** What was learned, beside the vectors. */
  public static final String REPORT = "learned.json";

  /** The most vectors of one folder. */
  public static final int MAX_VECTORS = 10_000;

  private VectorFolder() {}

  /**
   * The vectors in the order of their names.
   *
   * @throws BadVector when there are none, or one can't be read
   */
  public static List<Vector> read(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new BadVector(
          folder + ": no such folder: record vectors with \"banyan learn\", or correct the name");
    }
    List<Vector> vectors = new ArrayList<>();
    JsonMapper json = new JsonMapper();
    for (Path file : files(folder)) {
      vectors.add(vector(json, file));
    }
    if (vectors.isEmpty()) {
      throw new BadVector(folder + ": holds no vectors: record some with \"banyan learn\"");
    }
    return vectors;
  }

  private static List<Path> files(Path folder) {
    try (Stream<Path> list = Files.list(folder)) {
      return list.filter(file -> file.toString().endsWith(".json"))
          .filter(file -> !file.getFileName().toString().equals(REPORT))
          .sorted()
          .limit(MAX_VECTORS)
          .toList();
    } catch (IOException | UncheckedIOException e) {
      throw new BadVector(folder + " can't be read: " + e.getMessage());
    }
  }

  private static Vector vector(JsonMapper json, Path file) {
    try {
      JsonNode tree = json.readTree(Files.readAllBytes(file));
      String name = file.getFileName().toString();
      return new Vector(name.substring(0, name.lastIndexOf('.')), VectorJson.read(tree));
    } catch (JacksonException e) {
      throw new BadVector(file + " is no JSON: " + e.getOriginalMessage());
    } catch (IllegalArgumentException e) {
      throw new BadVector(file + ": " + e.getMessage());
    } catch (IOException e) {
      throw new BadVector(file + " can't be read: " + e.getMessage());
    }
  }
}
