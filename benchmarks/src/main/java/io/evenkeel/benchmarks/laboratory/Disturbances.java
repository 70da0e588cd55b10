package io.evenkeel.benchmarks.laboratory;

import io.evenkeel.benchmarks.laboratory.world.Disturbance;
import io.evenkeel.benchmarks.laboratory.world.Server.Mode;
import io.evenkeel.benchmarks.laboratory.world.Stage;
import java.util.random.RandomGenerator;

/** What happens to servers in {@link Scenarios}. Times are seconds since the window opened. */
public final class Disturbances {
  private static final int WARMING_STEPS = 20;

  private Disturbances() {}

  /**
   * Others use the machines too: each server has what they leave, any number of cores between the
   * two with equal chance, drawn anew after {@code mean} seconds on average.
   */
  public static Disturbance antagonists(double fewest, double most, double mean) {
    return (stage, chance) -> {
      Antagonist antagonist = new Antagonist(stage, chance, fewest, most, mean);
      stage.eachServer().forEach(antagonist::change);
    };
  }

  /** One server is {@code times} slower for a while. */
  public static Disturbance gray(double times, double from, double to) {
    return (stage, chance) -> {
      stage.at(from, () -> stage.speed(0, stage.ownSpeed(0) / times));
      stage.at(to, () -> stage.speed(0, stage.ownSpeed(0)));
    };
  }

  /** One server fails whatever it gets, within a millisecond. */
  public static Disturbance blackHole(double from) {
    return (stage, chance) -> stage.at(from, () -> stage.mode(0, Mode.FAILING));
  }

  /** A tenth of the servers crash, and leave the list when their leases are over. */
  public static Disturbance crash(Mode mode, double at, double lease) {
    return (stage, chance) -> {
      for (int i = 0; i < stage.servers() / 10; i++) {
        int server = i;
        stage.at(at, () -> stage.crash(server, mode));
        stage.at(at + lease, () -> stage.unlist(server));
      }
    };
  }

  /** Every server stands still for {@code length} seconds, every {@code gap} seconds on average. */
  public static Disturbance pauses(double gap, double length) {
    return (stage, chance) -> {
      Pause pause = new Pause(stage, chance, gap, length);
      stage.eachServer().forEach(server -> pause.await(server, gap * chance.nextDouble()));
    };
  }

  /**
   * One server after the other, {@code gap} seconds apart, is taken off the list, has a second to
   * finish what it has, and comes back as a process that nobody knows: {@code times} slower, and
   * faster from then on until it is warm.
   */
  public static Disturbance rollingDeploy(double gap, double times, double warmAfter) {
    return (stage, chance) ->
        stage
            .eachServer()
            .forEach(
                server -> {
                  stage.at(gap * server, () -> stage.unlist(server));
                  stage.at(gap * server + 1, () -> restart(stage, server, 1 / times, warmAfter));
                });
  }

  /** Only a share of the servers is listed; the others come, all together and idle. */
  public static Disturbance scaleOut(double share, double at) {
    return (stage, chance) ->
        stage
            .eachServer()
            .skip((long) (share * stage.servers()))
            .forEach(
                server -> {
                  stage.unlist(server);
                  stage.at(at, () -> stage.list(server));
                });
  }

  private static void restart(Stage stage, int server, double cold, double warmAfter) {
    stage.crash(server, Mode.SERVING);
    stage.list(server);
    for (int step = 0; step <= WARMING_STEPS; step++) {
      double warmth = (double) step / WARMING_STEPS;
      double speed = stage.ownSpeed(server) * (cold + (1 - cold) * warmth);
      stage.in(warmAfter * warmth, () -> stage.speed(server, speed));
    }
  }

  private record Antagonist(
      Stage stage, RandomGenerator chance, double fewest, double most, double mean) {

    void change(int server) {
      stage.cores(server, fewest + (most - fewest) * chance.nextDouble());
      stage.in(-mean * StrictMath.log(1 - chance.nextDouble()), () -> change(server));
    }
  }

  private record Pause(Stage stage, RandomGenerator chance, double gap, double length) {

    void await(int server, double seconds) {
      stage.in(seconds, () -> begin(server));
    }

    private void begin(int server) {
      stage.cores(server, 0);
      stage.in(length, () -> stage.cores(server, stage.ownCores()));
      await(server, gap * (0.5 + chance.nextDouble()));
    }
  }
}
