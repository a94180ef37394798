package dev.banyan.cli;

/** What the command's exit tells a script. */
final class ExitCodes {
  /** Done. */
  static final int OK = 0;

  /** Problems were found, or the server couldn't start or failed. */
  static final int PROBLEM = 1;

  /** The command line is wrong. */
  static final int USAGE = 2;

  /** No Banyan answers at the admin address, or it doesn't take the token. */
  static final int UNREACHABLE = 3;

  /** The running Banyan refused; nothing has changed. */
  static final int REFUSED = 4;

  private ExitCodes() {}
}
