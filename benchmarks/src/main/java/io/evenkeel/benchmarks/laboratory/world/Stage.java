package io.evenkeel.benchmarks.laboratory.world;

import io.evenkeel.strategy.Outcome;
import java.util.stream.IntStream;

/**
 * What a {@link Disturbance} may do. Times are seconds since the measured window began, negative
 * before it.
 */
public final class Stage {
  private static final double SECOND = 1e9;

  private final World world;
  private final long opens; // nanoseconds: when the measured window does

  Stage(World world, long opens) {
    this.world = world;
    this.opens = opens;
  }

  /** How many servers there are. */
  public int servers() {
    return world.fleet().size();
  }

  /** Their indices. */
  public IntStream eachServer() {
    return IntStream.range(0, servers());
  }

  /** The scenario's cores of a server, without disturbance. */
  public double ownCores() {
    return world.scenario().machines().cores();
  }

  /** The scenario's speed of a server, without disturbance. */
  public double ownSpeed(int server) {
    return world.scenario().machines().speed().applyAsDouble(server);
  }

  /** Now. */
  public double now() {
    return (world.agenda().nanoTime() - opens) / SECOND;
  }

  /** Does something at a time; at once if that is over. */
  public void at(double seconds, Runnable action) {
    long time = opens + (long) (seconds * SECOND);
    world.agenda().at(Math.max(time, world.agenda().nanoTime()), action);
  }

  /** Does something that long from now. */
  public void in(double seconds, Runnable action) {
    at(now() + seconds, action);
  }

  /** Gives a server so many cores, or, with none, stops it. */
  public void cores(int server, double cores) {
    world.fleet().server(server).setCores(cores, world.agenda().nanoTime());
  }

  /** Makes a server's cores so fast; 1 is what work is stated for. */
  public void speed(int server, double speed) {
    world.fleet().server(server).setSpeed(speed, world.agenda().nanoTime());
  }

  /** From now on a server treats new requests so; it works on with those it has. */
  public void mode(int server, Server.Mode mode) {
    world.fleet().server(server).setMode(mode);
  }

  /**
   * Ends a server's process. What it works on is lost: with a reset connection, or without a word
   * when {@code mode} is silent.
   */
  public void crash(int server, Server.Mode mode) {
    Server crashed = world.fleet().server(server);
    crashed.setMode(mode);
    boolean silent = mode == Server.Mode.SILENT;
    crashed.drop(
        request -> {
          world.leaveServer(request);
          if (!silent) {
            world.answer(request, Outcome.failure(null));
          }
        },
        world.agenda().nanoTime());
  }

  /** Takes a server off the list that clients have. */
  public void unlist(int server) {
    world.fleet().unlist(server);
    world.publish();
  }

  /** Puts a server on the list, as a process that nobody knows. */
  public void list(int server) {
    world.fleet().list(server);
    world.publish();
  }
}
