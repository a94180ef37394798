package dev.banyan.router.parity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Immutable: what mismatches of one cause have in common: the function, the differing places, and
 * in what way they differ. Positions in lists and keys that look like ids don't count.
 *
 * @param function the module's function
 * @param parts at most {@link #MAX_PARTS}, without secrets
 */
public record Shape(String function, List<Part> parts) {
  /** Places that a shape names. */
  public static final int MAX_PARTS = 8;

  private static final int ID_BYTES = 4;
  private static final Pattern INDEX = Pattern.compile("\\[\\d+]");
  private static final Pattern NUMBER_KEY = Pattern.compile("\\.\\d+(?=[.\\[]|$)");
  private static final Pattern HEX_KEY = Pattern.compile("(?<=[.:_-])[0-9a-fA-F-]{8,}(?=[.\\[]|$)");

  /** Copies the parts. */
  public Shape {
    parts = List.copyOf(parts);
  }

  /**
   * One differing place.
   *
   * @param place a path such as {@code results[*].name}
   * @param kind in what way the sides differ there, in words
   */
  public record Part(String place, String kind) {}

  /** The shape of these differences. */
  static Shape of(String function, List<Difference> differences, Redactor redactor) {
    List<Part> parts =
        differences.stream()
            .map(difference -> part(difference, redactor))
            .distinct()
            .limit(MAX_PARTS)
            .toList();
    return new Shape(function, parts);
  }

  private static Part part(Difference difference, Redactor redactor) {
    String place = redactor.label(general(difference.path()));
    if (place.equals("decision")) {
      String control = TrafficClass.decision(String.valueOf(difference.control()));
      String candidate = TrafficClass.decision(String.valueOf(difference.candidate()));
      boolean goes = candidate.startsWith("redirect") || candidate.startsWith("exec");
      String where = goes && candidate.equals(control) ? " elsewhere" : "";
      return new Part(place, control + " → " + candidate + where);
    }
    return new Part(place, DifferenceKind.of(difference).label());
  }

  /** The places of differences, as shapes name them. */
  static Set<String> places(List<Difference> differences, Redactor redactor) {
    return differences.stream()
        .map(difference -> redactor.label(general(difference.path())))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String general(String path) {
    String listed = INDEX.matcher(path).replaceAll("[*]");
    String numbered = NUMBER_KEY.matcher(listed).replaceAll(".*");
    return HEX_KEY.matcher(numbered).replaceAll("*");
  }

  /** Eight digits that are the same for this shape in every process. */
  public String id() {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, ID_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** In words: {@code access: decision, exit 403 → next}. */
  public String text() {
    return function
        + ": "
        + parts.stream()
            .map(part -> part.place() + ", " + part.kind())
            .collect(Collectors.joining("; "));
  }
}
