package dev.banyan.lua.ngx.process;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes of a {@link Command} what the JDK can start, as execvp() would find it. */
final class Executables {
  private static final String SYSTEM_PATH = "/bin:/usr/bin";
  private static final String NONE = "2: No such file or directory";
  private static final int OCTAL_DIGITS = 3;

  private Executables() {}

  /** Why a command can't be run. */
  static final class Absent extends Exception {
    private static final long serialVersionUID = 1L;

    Absent(String reason) {
      super(reason, null, false, false);
    }
  }

  /** What starts it; the caller says what becomes of its streams. */
  static ProcessBuilder builder(Command command) throws Absent {
    String name = command.arguments().getFirst();
    String file = find(name, command.path());
    boolean plain =
        command.arguments().stream().allMatch(Executables::isAscii)
            && command.environment().values().stream().allMatch(Executables::isAscii);
    if (!plain) {
      ProcessBuilder builder = new ProcessBuilder(throughShell(file, command));
      builder.environment().clear();
      return builder;
    }
    List<String> arguments = new ArrayList<>(command.arguments());
    arguments.set(0, isFoundByJdk(name, file) ? name : file);
    ProcessBuilder builder = new ProcessBuilder(arguments);
    builder.environment().clear();
    builder.environment().putAll(command.environment());
    return builder;
  }

  /** Whether the JDK finds the same file, so that the process may keep its own name. */
  private static boolean isFoundByJdk(String name, String file) {
    try {
      return find(name, System.getenv("PATH")).equals(file);
    } catch (Absent e) {
      return false;
    }
  }

  private static String find(String name, @Nullable String path) throws Absent {
    if (name.indexOf('/') >= 0) {
      return usable(name);
    }
    Absent failure = new Absent(NONE);
    if (name.isEmpty()) {
      throw failure;
    }
    for (String folder : (path == null ? SYSTEM_PATH : path).split(":", -1)) {
      try {
        return usable((folder.isEmpty() ? "." : folder) + "/" + name);
      } catch (Absent e) {
        if (!NONE.equals(e.getMessage())) {
          failure = e;
        }
      }
    }
    throw failure;
  }

  private static String usable(String file) throws Absent {
    Path path;
    try {
      path = Path.of(file);
    } catch (InvalidPathException e) { // a name that this file system can't have
      throw new Absent(NONE);
    }
    if (!Files.exists(path)) {
      throw new Absent(NONE);
    }
    if (Files.isDirectory(path) || !Files.isExecutable(path)) {
      throw new Absent("13: Permission denied");
    }
    return file;
  }

  private static boolean isAscii(String text) {
    return text.chars().allMatch(c -> c < 0x80);
  }

  /**
   * The JDK writes arguments in the charset of its locale, which may lack what Lua wants to say. A
   * shell that is told the octets by their numbers, and then gives way, has no such limits.
   */
  private static List<String> throughShell(String file, Command command) {
    StringBuilder script = new StringBuilder();
    StringBuilder run = new StringBuilder("exec /usr/bin/env -i");
    int count = 0;
    List<String> words = new ArrayList<>();
    for (Map.Entry<String, String> each : new TreeMap<>(command.environment()).entrySet()) {
      words.add(each.getKey() + "=" + each.getValue());
    }
    words.add(file);
    words.addAll(command.arguments().subList(1, command.arguments().size()));
    for (String word : words) {
      String variable = "w" + count++;
      script.append(variable).append("=$(printf '").append(octal(word)).append(".'); ");
      script.append(variable).append("=${").append(variable).append("%.}; ");
      run.append(" \"$").append(variable).append('"');
    }
    return List.of("/bin/sh", "-c", script.append(run).toString());
  }

  private static String octal(String word) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < word.length(); i++) {
      String digits = Integer.toOctalString(word.charAt(i) & 0xff);
      text.append('\\').append("0".repeat(OCTAL_DIGITS - digits.length())).append(digits);
    }
    return text.toString();
  }
}
