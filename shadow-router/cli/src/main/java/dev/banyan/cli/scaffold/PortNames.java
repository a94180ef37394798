package dev.banyan.cli.scaffold;

import java.util.Locale;
import java.util.regex.Pattern;
import javax.lang.model.SourceVersion;

/**
 * Immutable: what the parts of a port are called.
 *
 * @param module what the legacy passes to {@code require}, such as {@code edge.token_auth}
 */
public record PortNames(String module) {
  private static final Pattern MODULE = Pattern.compile("[A-Za-z][\\w.-]*");

  /**
   * Checks the name.
   *
   * @throws IllegalArgumentException when Java can't have such names
   */
  public PortNames {
    if (!MODULE.matcher(module).matches() || module.endsWith(".")) {
      throw new IllegalArgumentException(
          "module \"" + module + "\" is not accepted: expected a name such as edge.token_auth");
    }
  }

  private String last() {
    return module.substring(module.lastIndexOf('.') + 1);
  }

  /** The folder: {@code token-auth}. */
  public String folder() {
    return last().replace('_', '-').toLowerCase(Locale.ROOT);
  }

  /** The class: {@code TokenAuth}. */
  public String type() {
    return capital(camel(last()));
  }

  /** The package: {@code dev.banyan.modules.tokenauth}. */
  public String packageName() {
    String name = last().replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT);
    return "dev.banyan.modules." + (SourceVersion.isKeyword(name) ? name + "port" : name);
  }

  /** The package's folder. */
  public String packageFolder() {
    return packageName().replace('.', '/');
  }

  /** A Java name for a Lua one: {@code wantedScope} for {@code wanted_scope}. */
  static String variable(String lua) {
    String name = camel(lua);
    if (name.isEmpty() || !Character.isJavaIdentifierStart(name.charAt(0))) {
      name = "the" + capital(name);
    }
    return SourceVersion.isKeyword(name) ? name + "Value" : name;
  }

  static String capital(String name) {
    return name.isEmpty()
        ? name
        : name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
  }

  private static String camel(String name) {
    StringBuilder out = new StringBuilder();
    boolean upper = false;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean part = c < 128 && Character.isLetterOrDigit(c);
      if (!part) {
        upper = !out.isEmpty();
      } else {
        char next = out.isEmpty() ? Character.toLowerCase(c) : c;
        out.append(upper ? Character.toUpperCase(next) : next);
        upper = false;
      }
    }
    return out.toString();
  }
}
