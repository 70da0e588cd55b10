package io.evenkeel.testkit.wire;

import io.evenkeel.time.Randomness;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One direction of a proxied connection: what was read from the source and has not reached the sink
 * yet, and the faults in between. Never blocks; used on the proxy's thread only. Times are
 * nanoseconds of the proxy's clock.
 */
final class Lane {
  static final long NEVER = Long.MAX_VALUE;
  private static final int CHUNK_BYTES = 16 * 1024;
  private static final int MAX_QUEUED_BYTES = 1024 * 1024; // beyond it the source has to wait
  private static final int PIECES_PER_SECOND = 20; // a bandwidth limit is paid in parts of 50 ms
  private static final long SECOND = 1_000_000_000;

  /** How the source ended. */
  private enum End {
    NONE,
    FIN,
    RST
  }

  private record Chunk(ByteBuffer bytes, long readAt, double jitter) {}

  private final SocketChannel source;
  private final SocketChannel sink;
  private final long number;
  private final LongConsumer passedBytes;
  private final LongConsumer swallowedBytes;
  private final Map<Class<?>, Fault.OfBytes> faults = new HashMap<>();
  private final ArrayDeque<Chunk> queue = new ArrayDeque<>();
  private RandomGenerator random = Randomness.seeded(0);
  private int queuedBytes;
  private long earliestWrite = Long.MIN_VALUE; // of the next piece, where the pace is limited
  private long sinceLimit; // bytes passed since the limit was set
  private End end = End.NONE;
  private long endAt;
  private boolean endPassed;
  private boolean sinkFull;
  private boolean discarding; // for good: the way to the sink is gone

  /**
   * A lane without faults.
   *
   * @param number of the connection, part of the seed of its jitter
   */
  Lane(
      SocketChannel source,
      SocketChannel sink,
      long number,
      LongConsumer passedBytes,
      LongConsumer swallowedBytes) {
    this.source = source;
    this.sink = sink;
    this.number = number;
    this.passedBytes = passedBytes;
    this.swallowedBytes = swallowedBytes;
  }

  void apply(Fault.OfBytes fault) {
    faults.put(fault.getClass(), fault);
    earliestWrite = Long.MIN_VALUE;
    if (fault instanceof Fault.LimitData) {
      sinceLimit = 0;
    } else if (fault instanceof Fault.Latency latency) {
      random = Randomness.seeded(latency.seed() + number);
    }
  }

  void heal() {
    faults.clear();
    earliestWrite = Long.MIN_VALUE;
  }

  boolean wantsToRead() {
    return end == End.NONE && source.isConnected() && queuedBytes < MAX_QUEUED_BYTES;
  }

  boolean wantsToWrite() {
    return sinkFull;
  }

  /** Takes what the source has, its end included. */
  void read(long now) {
    ByteBuffer bytes = ByteBuffer.allocate(CHUNK_BYTES);
    try {
      if (source.read(bytes) < 0) {
        end = End.FIN;
        endAt = now;
      }
      enqueue(new Chunk(bytes.flip(), now, random.nextDouble()));
    } catch (IOException reset) {
      sourceBroken();
    }
  }

  private void enqueue(Chunk chunk) {
    if (chunk.bytes.hasRemaining()) {
      queue.add(chunk);
      queuedBytes += chunk.bytes.remaining();
    }
  }

  /** The source is known to be gone without an orderly end. */
  void sourceBroken() {
    end = End.RST;
  }

  /** Passes on what is due, and returns when there is more to do. */
  long advance(long now) throws IOException {
    sinkFull = false;
    if (swallows()) {
      swallow();
      return NEVER;
    }
    while (!queue.isEmpty() && !exhausted()) {
      long due = Math.max(earliestWrite, queue.element().readAt + delay(queue.element()));
      if (due > now) {
        return due;
      }
      if (!writePiece(now)) {
        sinkFull = true;
        return NEVER;
      }
    }
    return passEnd(now);
  }

  private boolean swallows() {
    return discarding || faults.containsKey(Fault.BlackHole.class);
  }

  private void swallow() {
    swallowedBytes.accept(queuedBytes);
    queuedBytes = 0;
    queue.clear();
  }

  private long delay(Chunk chunk) {
    Fault.Latency latency = fault(Fault.Latency.class);
    return latency == null
        ? 0
        : latency.delay().toNanos() + (long) (chunk.jitter * latency.jitter().toNanos());
  }

  private boolean writePiece(long now) throws IOException {
    ByteBuffer bytes = queue.element().bytes;
    ByteBuffer piece = bytes.slice(bytes.position(), pieceSize(bytes.remaining()));
    int written = sink.write(piece);
    bytes.position(bytes.position() + written);
    queuedBytes -= written;
    sinceLimit += written;
    passedBytes.accept(written);
    earliestWrite = now + pause(written);
    if (!bytes.hasRemaining()) {
      queue.remove();
    }
    return written > 0;
  }

  private int pieceSize(int available) {
    long size = available;
    Fault.Slices slices = fault(Fault.Slices.class);
    if (slices != null) {
      size = Math.min(size, slices.bytes());
    }
    Fault.Bandwidth bandwidth = fault(Fault.Bandwidth.class);
    if (bandwidth != null) {
      size = Math.min(size, Math.max(1, bandwidth.bytesPerSecond() / PIECES_PER_SECOND));
    }
    Fault.LimitData limit = fault(Fault.LimitData.class);
    return (int) (limit == null ? size : Math.min(size, limit.bytes() - sinceLimit));
  }

  private long pause(int written) {
    Fault.Slices slices = fault(Fault.Slices.class);
    Fault.Bandwidth bandwidth = fault(Fault.Bandwidth.class);
    long gap = slices == null ? 0 : slices.gap().toNanos();
    return bandwidth == null ? gap : Math.max(gap, written * SECOND / bandwidth.bytesPerSecond());
  }

  private long passEnd(long now) throws IOException {
    if (end != End.FIN || endPassed || exhausted()) {
      return NEVER;
    }
    long due = endAt + endDelay();
    if (due > now) {
      return due;
    }
    sink.shutdownOutput();
    endPassed = true;
    return NEVER;
  }

  private long endDelay() {
    Fault.Latency latency = fault(Fault.Latency.class);
    Fault.SlowClose slowClose = fault(Fault.SlowClose.class);
    long delay = latency == null ? 0 : latency.delay().toNanos();
    return slowClose == null ? delay : delay + slowClose.delay().toNanos();
  }

  /** Whether the limit of bytes is reached, so that the connection is to be cut. */
  boolean exhausted() {
    Fault.LimitData limit = fault(Fault.LimitData.class);
    return limit != null && sinceLimit >= limit.bytes() && !discarding;
  }

  /** Whether the source was reset and the sink must learn it now. */
  boolean passesReset() {
    return end == End.RST && !swallows();
  }

  /** Whether nothing will come any more. */
  boolean isFinished() {
    return endPassed || (discarding && end != End.NONE);
  }

  /** Swallows everything from now on, for good. */
  void discard() {
    discarding = true;
  }

  /** Ends the sink's stream here, and swallows what else comes. */
  void cut() {
    discard();
    try {
      sink.shutdownOutput();
    } catch (IOException gone) {
      endPassed = true; // the sink cannot be told, and need not be
    }
  }

  private <T extends Fault> @Nullable T fault(Class<T> kind) {
    return kind.cast(faults.get(kind));
  }
}
