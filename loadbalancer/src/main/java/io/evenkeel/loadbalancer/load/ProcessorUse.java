package io.evenkeel.loadbalancer.load;

import com.sun.management.OperatingSystemMXBean;
import io.evenkeel.time.TimeSource;
import java.lang.management.ManagementFactory;
import java.util.function.DoubleSupplier;

/**
 * Which share of the processors this JVM uses, as the system has it, read once a second at most. A
 * utilization for {@link LoadMeter} where nothing else limits the server. NaN until it is known,
 * and on systems that do not tell. Safe from any thread.
 */
public final class ProcessorUse implements DoubleSupplier {
  private static final long KEPT = 1_000_000_000; // nanoseconds: reading takes tens of microseconds

  private final TimeSource time;
  private final DoubleSupplier system;
  private double share = Double.NaN; // guarded by this
  private long readAt; // guarded by this

  ProcessorUse(TimeSource time, DoubleSupplier system) {
    this.time = time;
    this.system = system;
    this.readAt = time.nanoTime() - KEPT;
  }

  /** Of this JVM. */
  public static ProcessorUse ofThisProcess(TimeSource time) {
    return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
        ? new ProcessorUse(time, system::getProcessCpuLoad)
        : new ProcessorUse(time, () -> Double.NaN);
  }

  @Override
  public synchronized double getAsDouble() {
    long now = time.nanoTime();
    if (now - readAt >= KEPT) {
      double read = system.getAsDouble(); // below 0 while it is not known
      share = read >= 0 ? read : share;
      readAt = now;
    }
    return share;
  }
}
