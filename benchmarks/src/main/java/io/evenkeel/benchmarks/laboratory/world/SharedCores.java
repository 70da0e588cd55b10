package io.evenkeel.benchmarks.laboratory.world;

/**
 * The cores of one simulated server by themselves, for those who have real requests and a clock of
 * their own: they ask when the next request will be done, and come back then. One thread; times are
 * in nanoseconds and never go back.
 */
public final class SharedCores {
  private final Requests requests = new Requests();
  private final Departures departures = new Departures(1);
  private final Server server;

  private SharedCores(int threads) {
    this.server = new Server(0, threads, requests, departures, new double[1]);
  }

  /** The cores of one of these machines. */
  public static SharedCores of(Machines machines, int index, long now) {
    SharedCores shared = new SharedCores(machines.threads());
    shared.setSpeed(machines.speed().applyAsDouble(index), now);
    shared.setCores(machines.cores(), now);
    return shared;
  }

  /** How many there are from now on. */
  public void setCores(double cores, long now) {
    server.setCores(cores, now);
  }

  /** How fast each is from now on. */
  public void setSpeed(double speed, long now) {
    server.setSpeed(speed, now);
  }

  /** Takes a request in; returns what it is called from now on. */
  public long admit(double work, long now) {
    long request = requests.open();
    server.admit(request, work, now);
    return request;
  }

  /** When the next request is done, if nothing changes; {@link Long#MAX_VALUE} for never. */
  public long next() {
    return departures.next();
  }

  /** Takes out the request that {@link #next} spoke of. */
  public long release(long now) {
    long request = server.release(now);
    requests.close(request);
    return request;
  }

  /** Nobody waits for this request any more; no effect when it is done already. */
  public void giveUp(long request, long now) {
    if (requests.isOpen(request)) {
      requests.close(request);
      server.giveUp(request, now);
    }
  }
}
