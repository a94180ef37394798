package dev.banyan.cli;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import picocli.CommandLine;

/**
 * The commands of {@code banyan}. Reading how one is declared takes picocli milliseconds, so that a
 * command line which names one pays for that one alone.
 */
final class Subcommands {
  /** In the order of the help. */
  private static final SequencedMap<String, Class<?>> ALL = all();

  private Subcommands() {}

  /** Adds the command that the first argument names; all of them when it names none. */
  static CommandLine add(CommandLine line, String... args) {
    Class<?> named = args.length == 0 ? null : ALL.get(args[0]);
    if (named == null) {
      ALL.forEach(line::addSubcommand);
    } else {
      line.addSubcommand(args[0], named);
    }
    return line;
  }

  private static SequencedMap<String, Class<?>> all() {
    SequencedMap<String, Class<?>> commands = new LinkedHashMap<>();
    commands.put("serve", ServeCommand.class);
    commands.put("upgrade", UpgradeCommand.class);
    commands.put("check", CheckCommand.class);
    commands.put("inventory", InventoryCommand.class);
    commands.put("learn", LearnCommand.class);
    commands.put("replay", ReplayCommand.class);
    commands.put("battery", BatteryCommand.class);
    commands.put("new-module", NewModuleCommand.class);
    commands.put("rehearse", RehearseCommand.class);
    commands.put("status", StatusCommand.class);
    commands.put("modules", ModulesCommand.class);
    commands.put("flag", FlagCommand.class);
    commands.put("rollback", RollbackCommand.class);
    commands.put("parity", ParityCommand.class);
    commands.put("classes", ClassesCommand.class);
    commands.put("retire", RetireCommand.class);
    commands.put("progress", ProgressCommand.class);
    commands.put("duel", DuelCommand.class);
    commands.put("mismatches", MismatchesCommand.class);
    commands.put("reproduce", ReproduceCommand.class);
    commands.put("rules", RulesCommand.class);
    commands.put("audit", AuditCommand.class);
    return commands;
  }
}
