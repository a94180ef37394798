package dev.banyan.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

@Command(name = "rollback", description = "Gives a module back to Lua, for everyone, from now on.")
final class RollbackCommand implements Callable<Integer> {
  @Mixin AdminOptions admin = new AdminOptions();
  @Mixin Signature signature = new Signature();
  @Spec CommandSpec spec = CommandSpec.create();

  @Parameters(index = "0", paramLabel = "NAME", description = "The module, such as edge.waf.")
  String module = "";

  @Option(
      names = "--why",
      paramLabel = "REASON",
      defaultValue = "rolled back without a reason given",
      description = "The reason, for the audit log. Roll back first, explain later.")
  String why = "";

  @Override
  public Integer call() {
    AdminClient client = admin.connect();
    JsonNode entry = client.post(AdminClient.module(module, "/rollback"), signature.body(why));
    AuditLines.print(new Paper(spec.commandLine().getOut()), client, entry, admin.json);
    return ExitCodes.OK;
  }
}
