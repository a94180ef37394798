package dev.banyan.nginx;

/**
 * {@code autoindex}: whether and how the content of a folder without an index file is listed.
 *
 * @param on whether folders are listed
 * @param exactSize whether sizes are in bytes rather than rounded to kilobytes and up
 * @param localTime whether times are in the local zone rather than in UTC
 * @param anyFile {@code random_index}: whether any file of the folder answers for it
 */
public record AutoindexSettings(
    boolean on, boolean exactSize, boolean localTime, Format format, boolean anyFile) {
  /** {@code autoindex_format}. */
  public enum Format {
    HTML,
    JSON,
    JSONP,
    XML
  }

  static AutoindexSettings read(Scope scope) {
    return new AutoindexSettings(
        scope.flag("autoindex", false),
        scope.flag("autoindex_exact_size", true),
        scope.flag("autoindex_localtime", false),
        scope.choice("autoindex_format", Format.HTML),
        scope.flag("random_index", false));
  }
}
