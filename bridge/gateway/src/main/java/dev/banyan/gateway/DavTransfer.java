package dev.banyan.gateway;

import dev.banyan.lua.ngx.LocationUri;
import dev.banyan.nginx.DocumentRoot;
import java.util.Locale;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** COPY and MOVE. */
final class DavTransfer {
  /** The field that says where to. */
  private static final String DESTINATION = "Destination";

  private DavTransfer() {}

  /**
   * What is wanted.
   *
   * @param uri where from
   * @param sent where to, as the client says it
   * @param from the file that is copied or moved
   * @param target where it goes, without a slash at its end
   * @param slash whether the target was given with one
   */
  private record Plan(
      boolean moves,
      String uri,
      String sent,
      String from,
      String target,
      boolean slash,
      boolean overwrites,
      int access) {
    String verb() {
      return moves ? "MOVE" : "COPY";
    }

    boolean ofFolder() {
      return uri.endsWith("/");
    }
  }

  static Verdict run(Request r) {
    Verdict body = DavHandler.refuseBody(r, "COPY and MOVE with body are unsupported");
    if (body != null) {
      return body;
    }
    String sent = r.headers().first(DESTINATION);
    if (sent == null) {
      return bad(r, "client sent no \"Destination\" header");
    }
    int at = pathAt(r, sent);
    if (at < -1) {
      return Verdict.status(HttpStatus.BAD_REQUEST);
    }
    LocationUri to = at < 0 ? null : safe(r, sent.substring(at));
    if (to == null) {
      return bad(r, "client sent invalid \"Destination\" header: \"" + sent + "\"");
    }
    Verdict refused = refused(r, sent, to.path());
    return refused == null ? go(r, sent, to.path()) : refused;
  }

  private static Verdict bad(Request r, String why) {
    return DavHandler.refuse(r, HttpStatus.BAD_REQUEST, why);
  }

  /** Where the path begins; -1 where there is none, less where that was told already. */
  private static int pathAt(Request r, String sent) {
    if (sent.startsWith("/")) {
      return 0;
    }
    String host = r.client().host();
    if (host.isEmpty()) {
      r.log(ErrorLog.ERROR, "client sent no \"Host\" header");
      return -2;
    }
    String scheme = r.client().exchange().tls() == null ? "http://" : "https://";
    if (!sent.startsWith(scheme)) {
      return -1;
    }
    if (!sent.startsWith(host, scheme.length())) {
      r.log(
          ErrorLog.ERROR,
          "\"Destination\" URI \""
              + sent
              + "\" is handled by different repository than the source URI");
      return -2;
    }
    return sent.indexOf('/', scheme.length() + host.length());
  }

  private static @Nullable LocationUri safe(Request r, String path) {
    LocationUri uri = LocationUri.parse(path);
    if (uri == null) {
      r.log(ErrorLog.ERROR, "unsafe URI \"" + LocationUri.unsafe(path) + "\" was detected");
    }
    return uri;
  }

  /** What is wrong with the fields; null for nothing. */
  private static @Nullable Verdict refused(Request r, String sent, String to) {
    if (r.uri().endsWith("/") != sent.endsWith("/")) {
      return DavHandler.refuse(
          r,
          DavFiles.CONFLICT,
          "both URI \""
              + r.uri()
              + "\" and \"Destination\" URI \""
              + sent
              + "\" should be either collections or non-collections");
    }
    DocumentRoot root = r.location().core().root();
    int cut = root.alias() && root.cut() != DocumentRoot.ALL && !r.isDetached() ? root.cut() : 0;
    if (cut > to.length() || !to.regionMatches(0, r.uri(), 0, cut)) {
      return bad(
          r,
          "\"Destination\" URI \""
              + sent
              + "\" must be within location prefix when using \"alias\"");
    }
    String deep = r.headers().first("Depth");
    int depth = DavHandler.depth(deep, DavHandler.INFINITY);
    boolean copies = r.method().equals("COPY");
    if (depth == DavHandler.INVALID) {
      r.log(ErrorLog.ERROR, DavHandler.invalid(String.valueOf(deep)));
    }
    if (depth != DavHandler.INFINITY && !(copies && depth == 0)) {
      return bad(r, "\"Depth\" header must be " + (copies ? "0 or infinity" : "infinity"));
    }
    String overwrite = r.headers().first("Overwrite");
    boolean understood =
        overwrite == null || overwrite.equalsIgnoreCase("T") || overwrite.equalsIgnoreCase("F");
    if (!understood) {
      return bad(r, "client sent invalid \"Overwrite\" header: \"" + overwrite + "\"");
    }
    return FilePaths.usable(r) ? null : Verdict.status(HttpStatus.INTERNAL_ERROR);
  }

  private static Verdict go(Request r, String sent, String to) {
    String target = merged(FilePaths.of(r, to));
    String overwrite = r.headers().first("Overwrite");
    Plan plan =
        new Plan(
            r.method().equals("MOVE"),
            r.uri(),
            sent,
            merged(FilePaths.of(r)),
            DavHandler.withoutSlash(target),
            target.endsWith("/"),
            overwrite == null || overwrite.toUpperCase(Locale.ROOT).equals("T"),
            r.location().settings().dav().access());
    String same = intoItself(plan);
    if (!same.isEmpty()) {
      return DavHandler.refuse(r, HttpStatus.FORBIDDEN, same);
    }
    return Verdict.status(DavHandler.change(r, files -> carry(plan, files)));
  }

  /** One slash where several stand together, up to the first NUL. */
  private static String merged(String path) {
    return StaticHandler.systemName(path).replaceAll("/{2,}", "/");
  }

  /** Why source and target can't be these two; empty where they can. */
  private static String intoItself(Plan plan) {
    String from = DavHandler.withoutSlash(plan.from());
    if (from.equals(plan.target())) {
      return "both URI \""
          + plan.uri()
          + "\" and \"Destination\" URI \""
          + plan.sent()
          + "\" point to the same location";
    }
    boolean nested =
        plan.slash()
            && (plan.target().startsWith(from + "/") || from.startsWith(plan.target() + "/"));
    return nested ? impossible(plan) : "";
  }

  private static String impossible(Plan plan) {
    return "\"%s\" could not be %sed to collection \"%s\""
        .formatted(plan.uri(), plan.verb(), plan.sent());
  }

  private static int carry(Plan plan, DavFiles files) {
    DavFiles.Found there = files.lookForTarget(plan.target());
    if (there.status() != 0) {
      return there.status();
    }
    if (there.folder() && !plan.slash()) {
      files.say(ErrorLog.ERROR, impossible(plan));
      return DavFiles.CONFLICT;
    }
    if (there.there() && !plan.overwrites()) {
      files.say(ErrorLog.ERROR, "\"" + plan.target() + "\" could not be created (17: File exists)");
      return HttpStatus.PRECONDITION_FAILED;
    }
    DavFiles.Found source = files.look(plan.from(), HttpStatus.NOT_FOUND, HttpStatus.NOT_FOUND);
    if (!source.there()) {
      return source.status();
    }
    if (source.folder()) {
      return carryFolder(plan, files, there);
    }
    return plan.moves()
        ? files.move(
            plan.from(),
            plan.target(),
            new DavFiles.Placing(0, plan.access(), OptionalLong.empty(), true, false))
        : files.copy(plan.from(), plan.target());
  }

  private static int carryFolder(Plan plan, DavFiles files, DavFiles.Found there) {
    if (!plan.ofFolder()) {
      files.say(ErrorLog.ERROR, "\"" + plan.uri() + "\" is collection");
      return HttpStatus.BAD_REQUEST;
    }
    if (there.there()) {
      int deleted = files.delete(plan.target(), there.folder());
      if (deleted != HttpStatus.NO_CONTENT) {
        return deleted;
      }
    }
    if (plan.moves() && files.rename(plan.from(), plan.target())) {
      return HttpStatus.CREATED;
    }
    int wrong = files.lines().size();
    int copied = files.copyFolder(plan.from(), plan.target());
    if (plan.moves() && files.lines().size() > wrong) {
      return HttpStatus.INTERNAL_ERROR; // nginx deletes what it couldn't copy
    }
    if (copied == HttpStatus.CREATED && plan.moves()) {
      int deleted = files.delete(plan.from(), true);
      return deleted == HttpStatus.NO_CONTENT ? copied : deleted;
    }
    return copied;
  }
}
