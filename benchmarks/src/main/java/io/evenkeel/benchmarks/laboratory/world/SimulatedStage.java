package io.evenkeel.benchmarks.laboratory.world;

import io.evenkeel.strategy.Outcome;

/** The stage of a simulated world, on its virtual time. */
final class SimulatedStage implements Stage {
  private static final double SECOND = 1e9;

  private final World world;
  private final long opens; // nanoseconds: when the measured window does

  SimulatedStage(World world, long opens) {
    this.world = world;
    this.opens = opens;
  }

  @Override
  public Machines machines() {
    return world.scenario().machines();
  }

  @Override
  public double now() {
    return (world.agenda().nanoTime() - opens) / SECOND;
  }

  @Override
  public void at(double seconds, Runnable action) {
    long time = opens + (long) (seconds * SECOND);
    world.agenda().at(Math.max(time, world.agenda().nanoTime()), action);
  }

  @Override
  public void cores(int server, double cores) {
    world.fleet().server(server).setCores(cores, world.agenda().nanoTime());
  }

  @Override
  public void speed(int server, double speed) {
    world.fleet().server(server).setSpeed(speed, world.agenda().nanoTime());
  }

  @Override
  public void mode(int server, Server.Mode mode) {
    world.fleet().server(server).setMode(mode);
  }

  @Override
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

  @Override
  public void unlist(int server) {
    world.fleet().unlist(server);
    world.publish();
  }

  @Override
  public void list(int server) {
    world.restart(server);
    world.fleet().list(server);
    world.publish();
  }
}
