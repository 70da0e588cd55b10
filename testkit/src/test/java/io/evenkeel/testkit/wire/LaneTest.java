package io.evenkeel.testkit.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A lane is told the time, so its delays can be read off to the nanosecond. */
@Timeout(60)
final class LaneTest {
  private static final long MILLI = 1_000_000;

  private final SocketChannel[] source = pair();
  private final SocketChannel[] sink = pair();
  private long passed;

  private static SocketChannel[] pair() {
    try (ServerSocketChannel listener = ServerSocketChannel.open()) {
      listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      SocketChannel near = SocketChannel.open(listener.getLocalAddress());
      return new SocketChannel[] {near, listener.accept()};
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @AfterEach
  void close() throws IOException {
    for (SocketChannel[] pair : new SocketChannel[][] {source, sink}) {
      pair[0].close();
      pair[1].close();
    }
  }

  private Lane lane(long number, Fault.OfBytes fault) {
    Lane lane = new Lane(source[1], sink[0], number, bytes -> passed += bytes, bytes -> {});
    lane.apply(fault);
    return lane;
  }

  private void give(Lane lane, int bytes, long now) throws IOException {
    source[0].write(ByteBuffer.allocate(bytes));
    lane.read(now);
  }

  @Test
  void latency_counts_from_the_moment_the_bytes_came() throws IOException {
    Lane lane = lane(1, Fault.latency(Duration.ofMillis(50)));
    give(lane, 10, 7 * MILLI);
    assertEquals(57 * MILLI, lane.advance(8 * MILLI));
    lane.advance(57 * MILLI - 1);
    assertEquals(0, passed);
    assertEquals(Lane.NEVER, lane.advance(57 * MILLI));
    assertEquals(10, passed);
  }

  @Test
  void latency_does_not_make_one_chunk_wait_for_another() throws IOException {
    Lane lane = lane(1, Fault.latency(Duration.ofMillis(50)));
    give(lane, 10, 0);
    give(lane, 10, 1 * MILLI);
    assertEquals(51 * MILLI, lane.advance(50 * MILLI));
    lane.advance(51 * MILLI);
    assertEquals(20, passed);
  }

  @Test
  void jitter_repeats_with_its_seed_and_differs_between_connections() throws IOException {
    long first = jittered(1);
    assertTrue(first >= 50 * MILLI && first < 90 * MILLI, () -> "due: " + first);
    assertEquals(first, jittered(1));
    assertNotEquals(first, jittered(2));
  }

  private long jittered(long number) throws IOException {
    Lane lane = lane(number, Fault.latency(Duration.ofMillis(50), Duration.ofMillis(40), 42));
    give(lane, 10, 0);
    return lane.advance(0);
  }

  @Test
  void bandwidth_pays_for_each_piece_with_time() throws IOException {
    Lane lane = lane(1, Fault.bandwidth(1_000));
    give(lane, 120, 0);
    assertEquals(50 * MILLI, lane.advance(0));
    assertEquals(50, passed);
    assertEquals(100 * MILLI, lane.advance(50 * MILLI));
    lane.advance(100 * MILLI);
    assertEquals(120, passed);
  }

  @Test
  void slices_wait_for_their_gap() throws IOException {
    Lane lane = lane(1, Fault.slices(4, Duration.ofMillis(10)));
    give(lane, 10, 0);
    assertEquals(10 * MILLI, lane.advance(0));
    assertEquals(4, passed);
  }

  @Test
  void an_end_waits_for_latency_and_slow_close_together() throws IOException {
    Lane lane = lane(1, Fault.latency(Duration.ofMillis(50)));
    lane.apply(Fault.slowClose(Duration.ofMillis(7)));
    source[0].close();
    lane.read(0);
    assertEquals(57 * MILLI, lane.advance(0));
  }

  @Test
  void the_source_waits_once_a_megabyte_is_on_the_way() throws IOException {
    Lane lane = lane(1, Fault.latency(Duration.ofHours(1)));
    int written = 0;
    for (; lane.wantsToRead() && written < 2 * 1024 * 1024; written += 8 * 1024) {
      give(lane, 8 * 1024, 0);
    }
    assertTrue(written >= 1024 * 1024 && written < 2 * 1024 * 1024, "written: " + written);
  }
}
