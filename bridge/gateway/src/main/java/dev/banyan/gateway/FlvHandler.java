package dev.banyan.gateway;

/** {@code flv}: files of Flash video, from where {@code start} says, behind a head of their own. */
final class FlvHandler {
  private static final byte[] HEAD = {'F', 'L', 'V', 1, 5, 0, 0, 0, 9, 0, 0, 0, 0};

  /** The most digits of a number that a file may be long. */
  private static final int DIGITS = 18;

  private FlvHandler() {}

  static Verdict run(Request r) {
    if (!r.method().equals("GET") && !r.method().equals("HEAD")) {
      return Verdict.status(HttpStatus.NOT_ALLOWED);
    }
    if (r.uri().endsWith("/") || !FilePaths.usable(r)) {
      return StaticHandler.run(r);
    }
    String path = StaticHandler.systemName(FilePaths.of(r));
    FileAccess.Info info = r.service().files().info(path);
    if (info == null) {
      return StaticHandler.missing(r, path);
    }
    if (info.folder()) {
      return StaticHandler.run(r);
    }
    long start = start(r);
    boolean cuts = start > 0 && start < info.size();
    StaticHandler.Cut cut = cuts ? new StaticHandler.Cut(HEAD, start) : StaticHandler.Cut.NONE;
    return StaticHandler.send(r, info, true, cut);
  }

  private static long start(Request r) {
    String value = VariableValues.argument(r.args(), "start");
    boolean number =
        value != null
            && !value.isEmpty()
            && value.length() <= DIGITS
            && value.chars().allMatch(c -> c >= '0' && c <= '9');
    return number ? Long.parseLong(value) : 0;
  }
}
