package dev.banyan.transport;

/** What nginx accepts as a host: anything but controls, spaces, slashes and empty labels. */
final class HostSyntax {
  private HostSyntax() {}

  static boolean valid(String host) {
    int length = host.length();
    int end = length;
    boolean literal = false;
    for (int i = 0; i < length; i++) {
      char c = host.charAt(i);
      if (c <= ' ' || c == 127 || c == '/') {
        return false;
      }
      if (c == '.' && i > 0 && host.charAt(i - 1) == '.') {
        return false;
      }
      if (c == '[' && i == 0) {
        literal = true;
      } else if (c == ']' && literal) {
        literal = false;
        end = Math.min(end, i + 1);
      } else if (c == ':' && !literal && end == length) {
        end = i;
      }
    }
    int name = end > 0 && host.charAt(end - 1) == '.' ? end - 1 : end;
    return name > 0;
  }
}
