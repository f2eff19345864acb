package org.sessionregistry.config.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * {@code java -jar session-registry-config-<version>-cli.jar}: what is wrong with settings, or why
 * they are as they are. The rule: the exit code is 0 when all is well, 1 when the settings have
 * problems, and 2 when the question itself could not be answered. For one thread.
 */
@Command(
    name = "session-registry-config",
    description = "Checks and explains the settings of client sessions.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    subcommands = {CheckCommand.class, ExplainCommand.class, KeysCommand.class},
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:All is well.",
      "1:The settings have problems, which are printed as the deployment would tell them.",
      "2:A wrong option, a file that cannot be read, a session that is not there."
    })
public final class SettingsCommand {
  static final int PROBLEMS = 1;
  static final int UNANSWERED = 2;

  private SettingsCommand() {}

  /**
   * Runs a command and ends the JVM with its exit code.
   *
   * @param arguments the command and its options
   */
  public static void main(String[] arguments) {
    PrintWriter out = new PrintWriter(System.out, true, UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, UTF_8);
    int exit = run(out, err, arguments);
    out.flush();
    err.flush();
    System.exit(exit);
  }

  static int run(PrintWriter out, PrintWriter err, String... arguments) {
    CommandLine line = new CommandLine(new SettingsCommand()).setOut(out).setErr(err);
    line.setExecutionExceptionHandler(
        (failure, command, parsed) -> {
          command.getErr().println(failure.getMessage());
          return failure instanceof Unanswered ? UNANSWERED : PROBLEMS;
        });
    return arguments.length == 0 ? line.execute("--help") : line.execute(arguments);
  }
}
