package dev.banyan.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The {@code banyan} command. Its exit codes are those of {@link ExitCodes}. */
@Command(
    name = "banyan",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    version = "banyan 0.1.0",
    description = "Moves a Lua edge proxy to Java, one module at a time.",
    footer = {
      "",
      "Exit codes: 0 done; 1 problems found or failed; 2 wrong command line;",
      "3 no Banyan answers or the token is wrong; 4 refused, nothing changed."
    })
public final class Banyan implements Callable<Integer> {
  @Mixin NginxOptions nginx = new NginxOptions();
  @Spec CommandSpec spec = CommandSpec.create();

  /** Runs the command and exits with its code. */
  public static void main(String[] args) {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    int code = run(out, err, args);
    out.flush();
    err.flush();
    System.exit(code);
  }

  /** Runs the command and returns its exit code. */
  public static int run(PrintWriter out, PrintWriter err, String... args) {
    CommandLine line = Subcommands.add(new CommandLine(new Banyan()), args);
    line.setOut(out);
    line.setErr(err);
    line.setExecutionExceptionHandler((failure, command, parsed) -> {
      if (failure instanceof CommandFailure known) {
        err.println("banyan: " + String.valueOf(known.getMessage()).replace("\n", "\nbanyan: "));
        return known.exitCode();
      }
      throw failure;
    });
    return line.execute(args);
  }

  /** Without a subcommand it takes nginx's own options, as a drop-in. */
  @Override
  public Integer call() {
    if (!nginx.isBare()) {
      throw new ParameterException(
          spec.commandLine(), "name a command, or an nginx.conf with -c or -p");
    }
    ServeCommand serve = new ServeCommand();
    serve.nginx = nginx;
    serve.spec = spec;
    return serve.call();
  }
}
