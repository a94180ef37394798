package dev.banyan.nginx;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The dav module: which methods change files, and how.
 *
 * @param methods those that are served, in upper case
 * @param access the permissions of files that are written, as octal digits mean them
 * @param minDeleteDepth how many parts a path must have to be deleted; 0 for any
 * @param createsFolders whether PUT creates the folders that are missing
 */
public record DavSettings(
    Set<String> methods, int access, int minDeleteDepth, boolean createsFolders) {
  private static final Set<String> WORDS = Set.of("off", "put", "delete", "mkcol", "copy", "move");

  public DavSettings {
    methods = Set.copyOf(methods);
  }

  static DavSettings read(Scope scope) {
    Set<String> methods = new HashSet<>();
    List<String> words = scope.readAll("dav_methods", List.of(), directive -> directive.args());
    for (String word : words) {
      if (WORDS.contains(word.toLowerCase(Locale.ROOT))) {
        methods.add(word.toUpperCase(Locale.ROOT));
      } else {
        scope.nearest("dav_methods").stream()
            .filter(directive -> directive.args().contains(word))
            .findFirst()
            .ifPresent(directive -> scope.problem(directive, "invalid value \"" + word + "\""));
      }
    }
    methods.remove("OFF");
    return new DavSettings(
        methods,
        scope.read("dav_access", StoreSettings.OWNER, CacheReader::access),
        scope.number("min_delete_depth", 0),
        scope.flag("create_full_put_path", false));
  }
}
