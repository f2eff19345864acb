package org.sessionregistry.config.cli;

import java.util.Collection;
import java.util.concurrent.Callable;
import org.sessionregistry.config.ConfiguredRegistry;
import org.sessionregistry.config.Problem;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code check}: whether an application could be deployed with these settings. */
@Command(
    name = "check",
    description = "Tells every problem of every session, as a deployment would.",
    mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {
  @Mixin private SettingsFiles files = new SettingsFiles();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    ConfiguredRegistry read = files.read();
    for (Problem warning : read.warnings()) {
      spec.commandLine().getErr().println("warning: " + warning);
    }
    spec.commandLine()
        .getOut()
        .println(
            "no problems; sessions: "
                + list(read.sessions().keySet())
                + "; pools: "
                + list(read.pools().keySet()));
    return 0;
  }

  private static String list(Collection<String> names) {
    return names.isEmpty() ? "none" : String.join(", ", names);
  }
}
