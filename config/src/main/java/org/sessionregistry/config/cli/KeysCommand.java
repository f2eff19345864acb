package org.sessionregistry.config.cli;

import java.util.concurrent.Callable;
import org.sessionregistry.config.KeyReference;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code keys}: all settings, their defaults and what they mean. */
@Command(
    name = "keys",
    description = "Lists all keys with their defaults and meanings.",
    mixinStandardHelpOptions = true)
final class KeysCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    spec.commandLine().getOut().print(KeyReference.text());
    return 0;
  }
}
