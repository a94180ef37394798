package dev.banyan.nginx;

import dev.banyan.nginx.script.Template;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What changes or accompanies a response's body: {@code charset}, {@code sub_filter}, {@code
 * mirror}.
 *
 * @param charset {@code off} for none
 * @param sourceCharset the charset of bodies that don't tell theirs; null where it is the same
 * @param overrideCharset whether what an origin says of its charset is converted too
 * @param slice the octets of an answer that an origin is asked for at once; 0 for all of them
 * @param charsetTypes the media types that get the charset
 */
public record BodyFilterSettings(
    Template charset,
    @Nullable Template sourceCharset,
    boolean overrideCharset,
    Set<String> charsetTypes,
    List<Substitution> substitutions,
    boolean substituteOnce,
    boolean substituteLastModified,
    Set<String> substituteTypes,
    List<String> mirrors,
    boolean mirrorRequestBody,
    long slice) {
  public BodyFilterSettings {
    charsetTypes = Set.copyOf(charsetTypes);
    substitutions = List.copyOf(substitutions);
    substituteTypes = Set.copyOf(substituteTypes);
    mirrors = List.copyOf(mirrors);
  }

  /** One {@code sub_filter}. */
  public record Substitution(Template search, Template replacement) {}
}
