package dev.banyan.nginx;

import dev.banyan.nginx.script.Template;
import java.util.List;
import java.util.Set;

/**
 * What changes or accompanies a response's body: {@code charset}, {@code sub_filter}, {@code
 * mirror}.
 *
 * @param charset {@code off} for none
 * @param charsetTypes the media types that get the charset
 */
public record BodyFilterSettings(
    Template charset,
    Set<String> charsetTypes,
    List<Substitution> substitutions,
    boolean substituteOnce,
    boolean substituteLastModified,
    Set<String> substituteTypes,
    List<String> mirrors,
    boolean mirrorRequestBody) {
  public BodyFilterSettings {
    charsetTypes = Set.copyOf(charsetTypes);
    substitutions = List.copyOf(substitutions);
    substituteTypes = Set.copyOf(substituteTypes);
    mirrors = List.copyOf(mirrors);
  }

  /** One {@code sub_filter}. */
  public record Substitution(Template search, Template replacement) {}
}
