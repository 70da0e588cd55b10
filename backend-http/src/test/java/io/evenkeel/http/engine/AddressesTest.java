package io.evenkeel.http.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.evenkeel.http.engine.Addresses.Target;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.HostAndPort;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AddressesTest {
  private final Vertx vertx = Vertx.vertx();
  private final Map<String, List<String>> names = new ConcurrentHashMap<>();
  private final CountDownLatch slow = new CountDownLatch(1);
  private final Addresses addresses = addresses(Duration.ofSeconds(30));

  @AfterEach
  void close() {
    slow.countDown();
    await(vertx.close());
  }

  @Test
  void every_address_of_every_host_is_tried_in_order() {
    names.putAll(Map.of("a", List.of("10.0.0.1", "10.0.0.2"), "b", List.of("10.0.0.3")));
    assertEquals(List.of("10.0.0.1:1", "10.0.0.2:1", "10.0.0.3:2"), walk());
  }

  @Test
  void a_host_that_is_not_willing_comes_last() {
    names.putAll(Map.of("a", List.of("10.0.0.1"), "b", List.of("10.0.0.3")));
    addresses.worked(await(addresses.walk().next()));
    assertEquals(
        List.of("10.0.0.3:2", "10.0.0.1:1"),
        walk(addresses.walk(host -> !host.host().equals("a"))));
  }

  @Test
  void a_host_that_is_not_found_is_passed_over() {
    names.put("b", List.of("10.0.0.3"));
    assertEquals(List.of("10.0.0.3:2"), walk());
  }

  @Test
  void a_name_server_that_hangs_does_not_hold_up_the_next_host() {
    names.putAll(Map.of("a", List.of("slow"), "b", List.of("10.0.0.3")));
    assertEquals(List.of("10.0.0.3:2"), walk(addresses(Duration.ofMillis(50))));
  }

  @Test
  void the_address_that_worked_needs_no_name_server() {
    names.put("a", List.of("10.0.0.1", "10.0.0.2"));
    Addresses.Walk walk = addresses.walk();
    await(walk.next());
    addresses.worked(await(walk.next()));
    names.clear();
    assertEquals(List.of("10.0.0.2:1"), walk());
  }

  @Test
  void the_address_that_worked_is_tried_once() {
    names.put("a", List.of("10.0.0.1", "10.0.0.2"));
    addresses.worked(await(addresses.walk().next()));
    assertEquals(List.of("10.0.0.1:1", "10.0.0.2:1"), walk());
  }

  @Test
  void an_address_that_failed_waits_behind_the_others() {
    names.put("a", List.of("10.0.0.1", "10.0.0.2"));
    addresses.worked(await(addresses.walk().next()));
    addresses.failed(await(addresses.walk().next()));
    assertEquals(List.of("10.0.0.2:1", "10.0.0.1:1"), walk());
  }

  @Test
  void after_a_failure_the_next_host_comes_first() {
    names.putAll(Map.of("a", List.of("10.0.0.1"), "b", List.of("10.0.0.3")));
    addresses.failed(await(addresses.walk().next()));
    assertEquals(List.of("10.0.0.3:2", "10.0.0.1:1"), walk());
  }

  private Addresses addresses(Duration patience) {
    List<HostAndPort> origins = List.of(HostAndPort.create("a", 1), HostAndPort.create("b", 2));
    return new Addresses(vertx, origins, this::lookUp, patience);
  }

  private List<String> walk() {
    return walk(addresses);
  }

  private static List<String> walk(Addresses addresses) {
    return walk(addresses.walk());
  }

  private static List<String> walk(Addresses.Walk walk) {
    List<String> seen = new ArrayList<>();
    assertThrows(
        CompletionException.class,
        () -> {
          while (true) {
            Target target = await(walk.next());
            seen.add(target.address().getHostAddress() + ":" + target.origin().port());
          }
        });
    return seen;
  }

  private InetAddress[] lookUp(String host) throws UnknownHostException {
    List<String> found = names.getOrDefault(host, List.of());
    if (found.isEmpty()) {
      throw new UnknownHostException(host);
    }
    if (found.contains("slow")) {
      awaitSlow();
    }
    InetAddress[] addresses = new InetAddress[found.size()];
    for (int i = 0; i < addresses.length; i++) {
      addresses[i] = InetAddress.getByName(found.get(i));
    }
    return addresses;
  }

  private void awaitSlow() throws UnknownHostException {
    try {
      slow.await(60, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new UnknownHostException("late");
  }

  private static <T> T await(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
  }
}
