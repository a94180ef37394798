package dev.banyan.gateway;

import dev.banyan.fiber.Fiber;
import dev.banyan.fiber.Promise;
import dev.banyan.lua.ngx.LocationUri;
import dev.banyan.nginx.ContentHandler;
import dev.banyan.nginx.EchoCommand;
import dev.banyan.nginx.script.Template;
import dev.banyan.transport.Chunk;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Owned by its request's loop: runs the echo module's directives of a location, in their order. */
final class EchoHandler {
  private static final int FAILED = -1;

  private final Request r;
  private final Response response;
  private final List<EchoCommand> commands;
  private int at;
  private int loop;

  EchoHandler(Request r, ContentHandler.Echo handler) {
    this.r = r;
    this.response = r.response();
    this.commands = handler.commands();
  }

  /** What {@code echo} says; empty for nothing. */
  static String text(EchoCommand command, Request r) {
    String text = String.join(" ", words(command, r));
    return command.bare() ? text : text + "\n";
  }

  private static List<String> words(EchoCommand command, Request r) {
    EchoState state = r.echo();
    List<String> words = new ArrayList<>(command.arguments().size());
    for (Template argument : command.arguments()) {
      state.evaluating(true);
      words.add(argument.evaluate(r));
    }
    state.evaluating(false);
    return words;
  }

  Verdict run() {
    r.echo();
    try {
      for (at = 0; at < commands.size(); at++) {
        EchoCommand command = commands.get(at);
        if (command.kind() == EchoCommand.Kind.EXEC) {
          return exec(words(command, r));
        }
        if (!step(command)) {
          return Signal.OK;
        }
      }
    } catch (ResponseAborted ended) {
      throw response.headSent() ? new ResponseAborted(FAILED) : ended;
    }
    sendHead();
    response.finish();
    PostponedOutput output = response.postponed();
    if (r.isMain() && (output == null || output.isEmpty())) {
      response.flush();
    }
    if (!r.body().isRead()) {
      r.discardBody();
    }
    return Signal.OK;
  }

  /** Runs a command; false when the answer is complete without the others. */
  private boolean step(EchoCommand command) {
    return switch (command.kind()) {
      case LOCATION, SUBREQUEST -> subrequest(command, true);
      case LOCATION_ASYNC, SUBREQUEST_ASYNC -> subrequest(command, false);
      default -> {
        perform(command);
        yield true;
      }
    };
  }

  private void perform(EchoCommand command) {
    switch (command.kind()) {
      case ECHO -> echo(text(command, r));
      case SYNC -> send(Chunk.of(new byte[0]));
      case DUPLICATE -> EchoDuplicate.send(r, this::send, this::sendHead, words(command, r));
      case FLUSH -> flush();
      case SLEEP, BLOCKING_SLEEP -> sleep(words(command, r));
      case RESET_TIMER -> r.echo().resetTimer(r.worker().nowMillis());
      case READ_REQUEST_BODY -> readBody();
      case REQUEST_BODY -> r.body().copyTo(this::send);
      case FOREACH_SPLIT -> split(words(command, r));
      case END -> endTurn();
      case ABORT_PARENT -> {
        r.log(ErrorLog.ERROR, "unknown opcode: 17");
        throw new ResponseAborted(HttpStatus.INTERNAL_ERROR);
      }
      case LOCATION, LOCATION_ASYNC, SUBREQUEST, SUBREQUEST_ASYNC, EXEC ->
          throw new IllegalArgumentException("runs elsewhere: " + command.kind());
    }
  }

  private void echo(String text) {
    if (!text.isEmpty()) {
      send(Chunk.of(Octets.bytes(text)));
    }
  }

  private void send(Chunk piece) {
    sendHead();
    if (response.headerOnly()) {
      piece.discard();
    } else {
      response.write(piece, false);
      response.awaitWritable(r.location().core().sendTimeout(), false);
    }
  }

  private void sendHead() {
    if (response.headSent()) {
      return;
    }
    response.status(r.location().settings().echo().status());
    MediaTypes.apply(r);
    EchoFilter.prepare(response);
    response.sendHead();
  }

  private void flush() {
    if (response.headSent() && !response.headerOnly()) {
      if (r.location().settings().handlers().bodyFilter() != null) {
        response.write(Chunk.of(new byte[0]), false); // nginx's flush is a piece of its own
      }
      response.flush();
    }
  }

  private void sleep(List<String> words) {
    String text = words.isEmpty() ? "" : words.getFirst();
    long millis = EchoWords.millis(text);
    if (millis < 0) {
      r.log(ErrorLog.ERROR, "invalid sleep duration \"" + text + "\"");
      throw new ResponseAborted(HttpStatus.BAD_REQUEST);
    }
    Fiber.sleep(Duration.ofMillis(millis));
    PostponedOutput output = response.postponed();
    if (output != null) {
      output.check();
    }
  }

  private void readBody() {
    if (r.isMain()) {
      r.body().read();
    }
  }

  private void split(List<String> words) {
    if (r.echo().choosing()) {
      r.log(ErrorLog.ERROR, "Nested echo_foreach not supported yet.");
      throw new ResponseAborted(HttpStatus.INTERNAL_ERROR);
    }
    if (words.size() < 2) {
      r.log(
          ErrorLog.ERROR,
          "echo_foreach should take at least two arguments. (if your delimiter starts with \"-\","
              + " preceding it with a \"--\".)");
      throw new ResponseAborted(HttpStatus.INTERNAL_ERROR);
    }
    List<String> choices = EchoWords.split(words.get(1), words.getFirst());
    r.echo().choose(choices);
    loop = at;
    if (choices.isEmpty()) {
      while (at + 1 < commands.size() && commands.get(at + 1).kind() != EchoCommand.Kind.END) {
        at++;
      }
    }
  }

  private void endTurn() {
    if (!r.echo().choosing()) {
      r.log(ErrorLog.ERROR, "Found a echo_end that has no corresponding echo_foreach before it.");
      throw new ResponseAborted(FAILED);
    }
    if (r.echo().chooseNext()) {
      at = loop;
    }
  }

  /** Puts another location's answer in here; false when this one is complete with its head. */
  private boolean subrequest(EchoCommand command, boolean wait) {
    readBody();
    List<String> words = words(command, r);
    boolean located =
        command.kind() == EchoCommand.Kind.LOCATION
            || command.kind() == EchoCommand.Kind.LOCATION_ASYNC;
    EchoSubrequests.Spec spec =
        located ? EchoSubrequests.Spec.location(words) : EchoSubrequests.Spec.subrequest(r, words);
    sendHead();
    if (response.headerOnly()) {
      return !wait;
    }
    PostponedOutput output = PostponedOutput.of(r);
    Promise<Boolean> done = EchoSubrequests.start(r, output, spec);
    if (wait) {
      done.await();
      output.check();
    }
    return true;
  }

  private Verdict exec(List<String> words) {
    String uri = words.isEmpty() ? "" : words.getFirst();
    if (uri.isEmpty()) {
      throw new ResponseAborted(HttpStatus.BAD_REQUEST);
    }
    LocationUri target = EchoSubrequests.Spec.target(uri);
    String args = words.size() > 1 ? words.get(1) : target.args().isEmpty() ? null : target.args();
    if (!uri.startsWith("@")) {
      return new Verdict.Redirect(target.path(), args);
    }
    if (args != null && !args.isEmpty()) {
      r.log(
          ErrorLog.WARN,
          "querystring " + args + " ignored when exec'ing named location " + target.path());
    }
    return new Verdict.Named(target.path());
  }
}
