package io.evenkeel.loadbalancer.load;

import io.evenkeel.strategy.LoadReport;
import io.evenkeel.time.TimeSource;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.DoubleSupplier;

/**
 * What a server knows of its own load: one for all that it serves. It is told when a request begins
 * and ends, and says how many are in flight, how many there were in the last seconds, and how long
 * they took lately when about as many were in flight. Safe from any thread.
 */
public final class LoadMeter {
  private final TimeSource time;
  private final DoubleSupplier utilization;
  private final AtomicInteger inFlight = new AtomicInteger();
  private final LatencyByLoad latencies = new LatencyByLoad(); // guarded by this
  private final RecentRate requests; // guarded by this
  private final RecentRate errors; // guarded by this

  private LoadMeter(TimeSource time, DoubleSupplier utilization) {
    this.time = time;
    this.utilization = utilization;
    this.requests = new RecentRate(time.nanoTime());
    this.errors = new RecentRate(time.nanoTime());
  }

  /** A meter that does not know its utilization. */
  public static LoadMeter create(TimeSource time) {
    return create(time, () -> Double.NaN);
  }

  /**
   * A meter with somebody's idea of the utilization of what limits the server: of its threads, its
   * connections, its processors ({@link ProcessorUse}); 1 is full, NaN is unknown.
   *
   * @param utilization read for every report, by any thread
   */
  public static LoadMeter create(TimeSource time, DoubleSupplier utilization) {
    return new LoadMeter(time, utilization);
  }

  /** A request has come. */
  public Request begin() {
    return new Request(inFlight.getAndIncrement(), time.nanoTime());
  }

  /** How it is now. */
  public LoadReport report() {
    return report(inFlight.get());
  }

  private LoadReport report(int now) {
    double used = utilization.getAsDouble();
    return report(now, used >= 0 && used <= Double.MAX_VALUE ? used : Double.NaN);
  }

  private synchronized LoadReport report(int requestsNow, double used) {
    long now = time.nanoTime();
    return new LoadReport(
        used,
        requests.perSecond(now),
        errors.perSecond(now),
        requestsNow,
        latencies.median(requestsNow, now));
  }

  private synchronized void ended(Request request, boolean failed) {
    long now = time.nanoTime();
    requests.add(now);
    if (failed) {
      errors.add(now);
    } else {
      latencies.add(request.before, now - request.begun, now);
    }
  }

  /** A request that is served. Ends once. */
  public final class Request {
    private final int before; // how many were in flight when it came
    private final long begun;
    private final AtomicBoolean over = new AtomicBoolean();

    private Request(int before, long begun) {
      this.before = before;
      this.begun = begun;
    }

    /** How it is but for this request, which is about to be answered. */
    public LoadReport report() {
      return LoadMeter.this.report(Math.max(0, inFlight.get() - (over.get() ? 0 : 1)));
    }

    /**
     * It was answered. A second end does nothing.
     *
     * @param failed whether it counts as an error; then its latency says nothing
     */
    public void end(boolean failed) {
      if (over.compareAndSet(false, true)) {
        inFlight.decrementAndGet();
        ended(this, failed);
      }
    }

    /** Nobody waits for its answer any more: it ends, and says nothing of the server. */
    public void giveUp() {
      if (over.compareAndSet(false, true)) {
        inFlight.decrementAndGet();
      }
    }
  }
}
