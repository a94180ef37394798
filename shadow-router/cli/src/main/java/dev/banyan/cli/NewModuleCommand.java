package dev.banyan.cli;

import dev.banyan.cli.scaffold.PortFolder;
import dev.banyan.cli.scaffold.PortNames;
import dev.banyan.cli.scaffold.Registration;
import dev.banyan.vectors.VectorFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

@Command(
    name = "new-module",
    description = "Writes the folder of a Java port from what was learned of its Lua module.")
final class NewModuleCommand implements Callable<Integer> {
  @Spec CommandSpec spec = CommandSpec.create();

  @Parameters(index = "0", paramLabel = "MODULE", description = "The module, such as edge.waf.")
  String module = "";

  @Option(
      names = "--vectors",
      paramLabel = "DIR",
      description = "Where \"banyan learn\" has put the vectors (default: vectors/MODULE).")
  @Nullable Path vectors;

  @Option(
      names = "--into",
      paramLabel = "DIR",
      description = "The port's folder (default: java-modules/ and the module's last name).")
  @Nullable Path into;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      defaultValue = "${BANYAN_CONFIG:-banyan.yaml}",
      description = "The configuration that is to list the port (default: ${DEFAULT-VALUE}).")
  Path config = Path.of("banyan.yaml");

  @Override
  public Integer call() {
    PortNames names = names();
    Path from = vectors == null ? Path.of("vectors", module) : vectors;
    Path folder = into == null ? Path.of("java-modules", names.folder()) : into;
    if (Files.exists(folder)) {
      throw new CommandFailure(
          ExitCodes.PROBLEM,
          folder + " is there already: remove it, or choose another with --into");
    }
    JsonNode learned = learned(from);
    Paper paper = new Paper(spec.commandLine().getOut());
    try {
      List<Path> files = PortFolder.write(names, folder, learned, from);
      files.forEach(file -> paper.line("%s", file));
      paper.line("%s/src/test/vectors/%s: the vectors", folder, names.folder());
      Registration registration = new Registration();
      registration.maven(folder);
      if (Files.isRegularFile(config)) {
        registration.configuration(config, folder);
        registration.module(config, module);
      }
      registration.done().forEach(done -> paper.line("%s", done));
      registration.todo().forEach(todo -> paper.line("to do: %s", todo));
    } catch (IOException e) {
      throw new CommandFailure(ExitCodes.PROBLEM, "can't be written: " + e.getMessage());
    }
    paper
        .line("")
        .line("It compiles; each vector is a failing test until the bodies are written. Next:")
        .line(
            "  mvn -pl %s -am package -Dtest='%s*' -Dsurefire.failIfNoSpecifiedTests=false",
            folder, names.type());
    return ExitCodes.OK;
  }

  private PortNames names() {
    try {
      return new PortNames(module);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private JsonNode learned(Path from) {
    Path report = from.resolve(VectorFolder.REPORT);
    JsonNode learned;
    try {
      learned = PortFolder.learned(from);
    } catch (IOException | JacksonException e) {
      throw new CommandFailure(
          ExitCodes.PROBLEM,
          report + " can't be read: record the module first with \"banyan learn " + module + "\"");
    }
    String of = learned.path("module").asString("");
    if (!of.equals(module)) {
      throw new CommandFailure(
          ExitCodes.PROBLEM, report + " is of \"" + of + "\": name another folder with --vectors");
    }
    return learned;
  }
}
