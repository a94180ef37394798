package dev.banyan.cli.scaffold;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Owned by one writing: adds a port to the list of Maven modules and to a {@code banyan.yaml}, and
 * tells what it could not add.
 */
public final class Registration {
  private static final Pattern LAST_MODULE = Pattern.compile("(?s).*\\n( *)<module>[^<]*</module>");
  private static final Pattern PORTS =
      Pattern.compile("(?m)^ports:[ \\t]*\\n((?:[ \\t]+- .*\\n)*)");

  private static final Pattern MODULES =
      Pattern.compile("(?m)^modules:[ \\t]*\\n(?=(?:[ \\t]*(?:#.*)?\\n)*([ \\t]+)\\S)");

  private final List<String> done = new ArrayList<>();
  private final List<String> todo = new ArrayList<>();

  /** What was added, in words. */
  public List<String> done() {
    return done;
  }

  /** What is still to be added by hand, in words. */
  public List<String> todo() {
    return todo;
  }

  /**
   * Adds the folder to its parent's {@code pom.xml}.
   *
   * @throws IOException when that can't be written
   */
  public void maven(Path folder) throws IOException {
    Path pom = folder.toAbsolutePath().resolveSibling("pom.xml");
    String line = "<module>" + folder.getFileName() + "</module>";
    String text = Files.isRegularFile(pom) ? Files.readString(pom) : "";
    Matcher last = LAST_MODULE.matcher(text);
    if (text.contains(line)) {
      done.add(pom + " lists it already");
    } else if (last.lookingAt()) {
      String added = "\n" + last.group(1) + line;
      Files.writeString(pom, text.substring(0, last.end()) + added + text.substring(last.end()));
      done.add(pom + ": " + line);
    } else {
      todo.add("add " + line + " to the pom.xml that is to build it");
    }
  }

  /**
   * Adds the port's jar to {@code ports}; its module's flag stays as it is.
   *
   * @throws IOException when the file can't be written
   */
  public void configuration(Path config, Path folder) throws IOException {
    Path base = config.toAbsolutePath().getParent();
    String item =
        String.valueOf(base == null ? folder : base.relativize(folder.toAbsolutePath()))
            + "/target";
    String text = Files.readString(config);
    Matcher ports = PORTS.matcher(text);
    if (text.contains(item)) {
      done.add(config + " lists its jar already");
    } else if (ports.find()) {
      int at = ports.end();
      Files.writeString(config, text.substring(0, at) + "  - " + item + "\n" + text.substring(at));
      done.add(config + ": port " + item);
    } else {
      todo.add("add \"- " + item + "\" to \"ports\" of " + config);
    }
  }

  /**
   * Lists a module beside the others, where Lua answers until its flag is changed.
   *
   * @throws IOException when the file can't be written
   */
  public void module(Path config, String module) throws IOException {
    String text = Files.readString(config);
    Matcher listed =
        Pattern.compile("(?m)^[ \\t]+[\"']?" + Pattern.quote(module) + "[\"']?[ \\t]*:")
            .matcher(text);
    Matcher modules = MODULES.matcher(text);
    String entry = module + ": {fail-mode: lua}";
    if (listed.find()) {
      done.add(config + " lists the module already");
    } else if (modules.find()) {
      int at = modules.end();
      Files.writeString(
          config, text.substring(0, at) + modules.group(1) + entry + "\n" + text.substring(at));
      done.add(config + ": module " + entry);
    } else {
      todo.add("add \"" + entry + "\" to \"modules\" of " + config);
    }
  }
}
