package dev.banyan.nginx.script;

/**
 * The replacement of a {@code rewrite}. Immutable.
 *
 * @param path the part before the first question mark, or all of a redirect's address
 * @param args the part after it; empty when {@code hasArgs} is false
 * @param hasArgs whether there is a question mark
 * @param appendArgs whether the request's arguments follow: false when it ends in a question mark
 */
public record Replacement(Template path, Template args, boolean hasArgs, boolean appendArgs) {
  /**
   * Compiles a replacement.
   *
   * @throws TemplateException when a name is malformed or unknown
   */
  public static Replacement compile(String text, Instruction.Flag flag, VariableLookup variables) {
    boolean append = !text.endsWith("?");
    String kept = append ? text : text.substring(0, text.length() - 1);
    int question = kept.indexOf('?');
    if (question < 0 || flag.redirects()) {
      return new Replacement(
          Template.compile(kept, variables), Template.literal(""), question >= 0, append);
    }
    return new Replacement(
        Template.compile(kept.substring(0, question), variables),
        Template.compile(kept.substring(question + 1), variables),
        true,
        append);
  }
}
