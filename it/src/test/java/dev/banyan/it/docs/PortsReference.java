package dev.banyan.it.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Writes {@code docs/ports-reference.md} from the source of the API. */
final class PortsReference {
  private static final Pattern TYPE =
      Pattern.compile(
          "/\\*\\*((?:(?!\\*/).)*)\\*/\\s*((?:@[^\\n]*\\n)*)public (?:final )?(@interface|sealed"
              + " interface|interface|record|enum) (\\w+)",
          Pattern.DOTALL);
  private static final Pattern MEMBER =
      Pattern.compile(
          "/\\*\\*((?:(?!\\*/).)*)\\*/\\s*([\\w<>\\[\\], ]+ \\w+)\\(\\)(?: default ([^;]+))?;",
          Pattern.DOTALL);
  private static final Pattern DECISION =
      Pattern.compile(
          "/\\*\\*((?:(?!\\*/).)*)\\*/\\s*public (?:static )?Decision (\\w+)\\(([^)]*)\\)",
          Pattern.DOTALL);

  private final Path api;
  private final StringBuilder page = new StringBuilder();

  private PortsReference(Path api) {
    this.api = api;
  }

  /** The page's text. */
  static String text(Path api) throws IOException {
    PortsReference reference = new PortsReference(api);
    reference.write();
    return reference.page.toString();
  }

  private void write() throws IOException {
    page.append("# What a port can say\n\nMade from the source of `bridge/api`. How a port is");
    page.append(" written: [modules.md](modules.md).\n");
    table(
        "Roles of methods and classes", "@Target(ElementType.METHOD)", "@Target(ElementType.TYPE)");
    table("Sources: components of an input record", "@Target(ElementType.RECORD_COMPONENT)");
    table("Names of doors: parameters", "@Target(ElementType.PARAMETER)");
    doors();
    decisions();
  }

  private void table(String title, String... targets) throws IOException {
    page.append("\n## ").append(title).append("\n\n| annotation | what it is |\n|---|---|\n");
    for (Path file : files()) {
      String source = Files.readString(file);
      Matcher type = TYPE.matcher(source);
      if (type.find()
          && type.group(3).equals("@interface")
          && Stream.of(targets).anyMatch(type.group(2)::contains)) {
        row("@" + type.group(4), prose(type.group(1)) + members(source.substring(type.end())));
      }
    }
  }

  private static String members(String body) {
    StringBuilder members = new StringBuilder();
    Matcher member = MEMBER.matcher(body);
    while (member.find()) {
      String signature = member.group(2).strip();
      String name = signature.substring(signature.lastIndexOf(' ') + 1);
      members.append(" `").append(name).append("`: ").append(prose(member.group(1)));
      if (member.group(3) != null) {
        members.append(" Default `").append(member.group(3).strip()).append("`.");
      }
    }
    return members.toString();
  }

  private void doors() throws IOException {
    page.append("\n## Doors: parameters\n\n| type | what it is |\n|---|---|\n");
    row(
        "java.time.Clock",
        "Capability: the worker's cached time, as `ngx.now()`; in shadow the control's.");
    for (Path file : files()) {
      Matcher type = TYPE.matcher(Files.readString(file));
      if (type.find() && type.group(1).strip().replaceFirst("^\\* ", "").startsWith("Capability")) {
        row(type.group(4), prose(type.group(1)));
      }
    }
  }

  private void decisions() throws IOException {
    page.append("\n## Decisions\n\n| method of `Decision` | what it is |\n|---|---|\n");
    Matcher method = DECISION.matcher(Files.readString(api.resolve("Decision.java")));
    while (method.find()) {
      String parameters = method.group(3).replace("@Nullable ", "").replaceAll("\\s+", " ");
      row(method.group(2) + "(" + parameters + ")", prose(method.group(1)));
    }
  }

  private void row(String name, String text) {
    page.append("| `").append(name).append("` | ").append(text.replace("|", "\\|")).append(" |\n");
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(api)) {
      return files.filter(file -> !file.endsWith("package-info.java")).sorted().toList();
    }
  }

  /** A Javadoc text without its block tags, as one line of Markdown. */
  private static String prose(String javadoc) {
    return javadoc
        .replaceAll("(?m)^\\s*\\* ?", "")
        .replaceAll("(?s)\\n@(param|return|throws).*", "")
        .replaceAll("(\\{@link \\w+)#", "$1.")
        .replaceAll("\\{@(?:code|link)\\s+#?([^}]+)}", "`$1`")
        .replaceAll("<p>", "")
        .replaceAll("\\s+", " ")
        .strip();
  }
}
