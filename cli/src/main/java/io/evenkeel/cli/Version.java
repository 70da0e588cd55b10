package io.evenkeel.cli;

import picocli.CommandLine.IVersionProvider;

/** The version that the build wrote into the jar. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    String version = Evenkeel.class.getPackage().getImplementationVersion();
    return new String[] {"evenkeel " + (version == null ? "(not built as a jar)" : version)};
  }
}
