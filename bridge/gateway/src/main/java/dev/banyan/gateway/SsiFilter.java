package dev.banyan.gateway;

import dev.banyan.api.Headers;
import dev.banyan.nginx.SsiSettings;
import dev.banyan.transport.Chunk;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Owned by its request's loop: server-side includes, the commands in a page. */
final class SsiFilter implements BodyFilter, SsiParser.Reader {
  private static final int MOST_WORDS = 16;
  private static final Map<String, Set<String>> COMMANDS =
      Map.of(
          "include", Set.of("virtual", "file", "wait", "set", "stub"),
          "echo", Set.of("var", "default", "encoding"),
          "config", Set.of("errmsg", "timefmt"),
          "set", Set.of("var", "value"),
          "if", Set.of("expr"),
          "elif", Set.of("expr"),
          "else", Set.of(),
          "endif", Set.of(),
          "block", Set.of("name"),
          "endblock", Set.of());

  private final Request r;
  private final boolean silent;
  private final BodyFilter next;
  private final SsiParser parser;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final SsiBranches branches = new SsiBranches();
  private String error = "[an error occurred while processing the directive]";
  private Encoding encoding = Encoding.ENTITY;
  private boolean shown = true;
  private boolean inBlock;

  private enum Encoding {
    NONE,
    URL,
    ENTITY
  }

  SsiFilter(Request r, BodyFilter next) {
    SsiSettings settings = r.location().settings().includes();
    this.r = r;
    this.silent = settings.silentErrors();
    this.next = next;
    this.parser = new SsiParser(settings.valueLength(), this, said -> r.log(ErrorLog.ERROR, said));
  }

  static boolean wanted(Request r, SsiSettings settings) {
    Headers fields = r.response().headers();
    return settings.on()
        && !r.response().sink().bodiless()
        && !r.response().sink().pageless() // a program takes an answer before this filter's turn
        && !"0".equals(fields.first("Content-Length"))
        && Charset.listed(fields.first("Content-Type"), settings.types());
  }

  static void prepare(Request r, SsiSettings settings) {
    if (!r.isMain()) {
      return;
    }
    Response response = r.response();
    response.places().forgetLength();
    response.headers().remove("Accept-Ranges");
    response.allowRanges(false);
    if (settings.lastModified()) {
      GzipFilter.weaken(response.headers());
    } else {
      response.headers().remove("Last-Modified");
      response.headers().remove("ETag");
    }
  }

  @Override
  public void write(Chunk piece, boolean last) {
    parser.feed(piece.bytes());
    if (out.size() > 0 || last) {
      pass(last);
    }
  }

  private void pass(boolean last) {
    Chunk piece = Chunk.of(out.toByteArray());
    out.reset();
    next.write(piece, last);
  }

  @Override
  public void flush() {
    next.flush();
  }

  @Override
  public void text(byte[] octets, int from, int to) {
    if (shown) {
      out.write(octets, from, to - from);
    } else if (inBlock) {
      r.main().ssi().addToBlock(Octets.string(Arrays.copyOfRange(octets, from, to)));
    }
  }

  @Override
  public void text(String octets) {
    if (shown) {
      out.writeBytes(Octets.bytes(octets));
    } else if (inBlock) {
      r.main().ssi().addToBlock(octets);
    }
  }

  @Override
  public void malformed() {
    if (!silent) {
      out.writeBytes(Octets.bytes(error));
    }
  }

  @Override
  public void command(SsiCommand command) {
    String name = command.name();
    if (!COMMANDS.containsKey(name)) {
      if (shown) {
        refuse("invalid SSI command: \"" + name + "\"");
      }
      return;
    }
    if (!shown && !name.equals("endblock")) {
      if (inBlock) {
        r.main().ssi().addToBlock(command.text());
        return;
      }
      if (!SsiBranches.continues(name)) {
        return;
      }
    }
    if (!branches.allows(name)) {
      refuse("invalid context of SSI command: \"" + name + "\"");
      return;
    }
    Map<String, String> words = new HashMap<>();
    String wrong = read(command, words);
    if (!wrong.isEmpty()) {
      refuse(wrong);
    } else if (!run(name, words)) {
      malformed();
    }
  }

  private void refuse(String said) {
    r.log(ErrorLog.ERROR, said);
    malformed();
  }

  /** Takes a command's parameters; tells what is wrong with them, or nothing. */
  private static String read(SsiCommand command, Map<String, String> words) {
    String name = command.name();
    Set<String> known = COMMANDS.getOrDefault(name, Set.of());
    if (command.words().size() > MOST_WORDS) {
      return "too many SSI command parameters: \"" + name + "\"";
    }
    for (SsiCommand.Word word : command.words()) {
      String in = "\" in \"" + name + "\" SSI command";
      if (!known.contains(word.name())) {
        return "invalid parameter name: \"" + word.name() + in;
      }
      if (words.putIfAbsent(word.name(), word.value()) != null) {
        return "duplicate \"" + word.name() + "\" parameter in \"" + name + "\" SSI command";
      }
    }
    String missing =
        switch (name) {
          case "echo" -> words.containsKey("var") ? "" : "var";
          case "set" ->
              !words.containsKey("var") ? "var" : words.containsKey("value") ? "" : "value";
          case "if", "elif" -> words.containsKey("expr") ? "" : "expr";
          case "block" -> words.containsKey("name") ? "" : "name";
          default -> "";
        };
    return missing.isEmpty()
        ? ""
        : "mandatory \"" + missing + "\" parameter is absent in \"" + name + "\" SSI command";
  }

  /** Does what a command says; false when that failed. */
  private boolean run(String name, Map<String, String> words) {
    SsiState pages = r.main().ssi();
    switch (name) {
      case "include" -> {
        pass(false); // what is before it, or that there is nothing
        return SsiInclude.run(r, words);
      }
      case "echo" -> {
        return echo(words);
      }
      case "config" -> {
        r.ssi().timeFormat(words.getOrDefault("timefmt", r.ssi().timeFormat()));
        error = words.getOrDefault("errmsg", error);
      }
      case "set" -> {
        String value = SsiText.evaluate(r, words.getOrDefault("value", ""));
        if (value == null) {
          return false;
        }
        pages.set(words.getOrDefault("var", ""), value);
      }
      case "block" -> {
        pages.beginBlock(words.getOrDefault("name", ""));
        shown = false;
        inBlock = true;
      }
      case "endblock" -> {
        shown = true;
        inBlock = false;
      }
      default -> {
        return branch(name, words.getOrDefault("expr", ""));
      }
    }
    return true;
  }

  private boolean branch(String name, String expression) {
    if (name.equals("if") && branches.open()) {
      r.log(ErrorLog.ERROR, "the \"if\" command inside the \"if\" command");
      return false;
    }
    if (name.equals("endif")) {
      branches.end();
      shown = true;
      return true;
    }
    if (name.equals("else")) {
      shown = branches.otherwise();
      return true;
    }
    if (branches.chosen()) {
      shown = false;
      return true;
    }
    SsiCondition.Outcome outcome = SsiCondition.evaluate(r, expression);
    if (outcome == SsiCondition.Outcome.INVALID) {
      return false;
    }
    shown = outcome == SsiCondition.Outcome.TRUE;
    branches.tried(shown);
    return true;
  }

  private boolean echo(Map<String, String> words) {
    String name = words.getOrDefault("var", "");
    String value = SsiText.variable(r, name);
    if (value == null) {
      value = words.getOrDefault("default", "(none)");
    } else if (value.isEmpty() && SsiDates.named(name)) {
      return false;
    }
    if (value.isEmpty()) {
      return true;
    }
    String how = words.get("encoding");
    if (how != null) {
      switch (how) {
        case "none" -> encoding = Encoding.NONE;
        case "url" -> encoding = Encoding.URL;
        case "entity" -> encoding = Encoding.ENTITY;
        default ->
            r.log(ErrorLog.ERROR, "unknown encoding \"" + how + "\" in the \"echo\" command");
      }
    }
    String written =
        switch (encoding) {
          case NONE -> value;
          case URL -> SsiText.url(value);
          case ENTITY -> SsiText.entities(value);
        };
    out.writeBytes(Octets.bytes(written));
    return true;
  }
}
