package io.evenkeel.benchmarks.laboratory.world;

import java.util.stream.IntStream;

/**
 * What a {@link Disturbance} may do, to simulated servers or to real ones. Times are seconds since
 * the measured window began, negative before it.
 */
public interface Stage {

  /** What servers run on, without disturbance. */
  Machines machines();

  /** How many servers there are. */
  default int servers() {
    return machines().count();
  }

  /** Their indices. */
  default IntStream eachServer() {
    return IntStream.range(0, servers());
  }

  /** The scenario's cores of a server, without disturbance. */
  default double ownCores() {
    return machines().cores();
  }

  /** The scenario's speed of a server, without disturbance. */
  default double ownSpeed(int server) {
    return machines().speed().applyAsDouble(server);
  }

  /** Now. */
  double now();

  /** Does something at a time; at once if that is over. */
  void at(double seconds, Runnable action);

  /** Does something that long from now. */
  default void in(double seconds, Runnable action) {
    at(now() + seconds, action);
  }

  /** Gives a server so many cores, or, with none, stops it. */
  void cores(int server, double cores);

  /** Makes a server's cores so fast; 1 is what work is stated for. */
  void speed(int server, double speed);

  /** From now on a server treats new requests so; it works on with those it has. */
  void mode(int server, Server.Mode mode);

  /**
   * Ends a server's process. What it works on is lost: with a reset connection, or without a word
   * when {@code mode} is silent.
   */
  void crash(int server, Server.Mode mode);

  /** Takes a server off the list that clients have. */
  void unlist(int server);

  /** Puts a server on the list, as a process that nobody knows. */
  void list(int server);
}
