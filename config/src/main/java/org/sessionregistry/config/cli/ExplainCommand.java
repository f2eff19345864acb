package org.sessionregistry.config.cli;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.sessionregistry.config.ConfiguredRegistry;
import org.sessionregistry.settings.SettingsExplanation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code explain}: what sessions would use, and where each value comes from. */
@Command(
    name = "explain",
    description = "Tells what sessions use, and where each value comes from. Secrets are masked.",
    mixinStandardHelpOptions = true)
final class ExplainCommand implements Callable<Integer> {
  @Parameters(arity = "0..1", paramLabel = "SESSION", description = "Only this session.")
  private Optional<String> session = Optional.empty();

  @Option(
      names = {"-t", "--tenant"},
      paramLabel = "NAME",
      description = "What the session of this tenant uses.")
  private Optional<String> tenant = Optional.empty();

  @Option(
      names = {"-s", "--set"},
      description = "Leave out what nobody has set.")
  private boolean set;

  @Mixin private SettingsFiles files = new SettingsFiles();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    ConfiguredRegistry read = files.read();
    List<String> names = session.map(List::of).orElse(List.copyOf(read.sessions().keySet()));
    for (String name : names) {
      SettingsExplanation explanation =
          read.explanations()
              .explain(name, tenant)
              .orElseThrow(() -> new Unanswered(noSuchSession(name, read)));
      spec.commandLine().getOut().println(set ? explanation.withoutDefaults() : explanation);
    }
    return 0;
  }

  private static String noSuchSession(String name, ConfiguredRegistry read) {
    return "no session " + name + "; there are: " + String.join(", ", read.sessions().keySet());
  }
}
