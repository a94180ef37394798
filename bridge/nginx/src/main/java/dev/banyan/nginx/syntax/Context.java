package dev.banyan.nginx.syntax;

/** Where a directive may stand. */
public enum Context {
  MAIN('M', "main"),
  EVENTS('E', "events"),
  HTTP('H', "http"),
  SERVER('S', "server"),
  LOCATION('L', "location"),
  IF_IN_LOCATION('I', "if in location"),
  IF_IN_SERVER('J', "if in server"),
  UPSTREAM('U', "upstream"),
  LIMIT_EXCEPT('X', "limit_except");

  private final char letter;
  private final String text;

  Context(char letter, String text) {
    this.letter = letter;
    this.text = text;
  }

  /** The name as the documentation writes it. */
  public String text() {
    return text;
  }

  static Context of(char letter) {
    for (Context context : values()) {
      if (context.letter == letter) {
        return context;
      }
    }
    throw new IllegalArgumentException("no context has the letter " + letter);
  }
}
