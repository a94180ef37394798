package dev.banyan.nginx.script;

/** What {@code if} can ask of a path. */
public enum FileTest {
  FILE('f'),
  DIRECTORY('d'),
  EXISTS('e'),
  EXECUTABLE('x');

  private final char letter;

  FileTest(char letter) {
    this.letter = letter;
  }

  /** The letter after the dash. */
  public char letter() {
    return letter;
  }
}
