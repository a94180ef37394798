package dev.banyan.nginx.script;

/** A text, condition or regex that does not compile; whoever compiles it adds file and line. */
public final class TemplateException extends RuntimeException {
  public TemplateException(String problem) {
    super(problem);
  }

  /** What is wrong, in nginx's words. */
  public String problem() {
    return String.valueOf(getMessage());
  }
}
