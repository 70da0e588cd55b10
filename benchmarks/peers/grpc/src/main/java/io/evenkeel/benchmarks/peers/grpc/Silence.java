package io.evenkeel.benchmarks.peers.grpc;

import io.grpc.ChannelLogger;

/** Writes nothing down. */
final class Silence extends ChannelLogger {
  static final ChannelLogger LOGGER = new Silence();

  private Silence() {}

  @Override
  public void log(ChannelLogLevel level, String message) {}

  @Override
  public void log(ChannelLogLevel level, String format, Object... arguments) {}
}
