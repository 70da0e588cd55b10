package io.evenkeel.hazelcast;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.hazelcast.core.HazelcastInstance;
import java.lang.reflect.Proxy;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a closed registry leaves behind on an instance that is not its own. */
class LeavingTest {
  private final Set<Thread> before = Thread.getAllStackTraces().keySet();
  private final CountDownLatch reached = new CountDownLatch(1);
  private final CountDownLatch answered = new CountDownLatch(1);

  @AfterEach
  void answer() {
    answered.countDown();
  }

  /** Hazelcast's removal of a listener waits without an end while its member is shut down. */
  @Test
  void a_removal_that_never_ends_keeps_no_jvm_up() throws InterruptedException {
    HazelcastServiceRegistry registry = HazelcastServiceRegistry.over(instance(true));
    Waiting.until("opened", () -> Waiting.orders(registry).instances().isEmpty());
    registry.close();
    reached.await();
    assertEquals(List.of(), threads().stream().filter(thread -> !thread.isDaemon()).toList());
  }

  @Test
  void a_registry_that_is_closed_before_it_opened_leaves_no_thread() {
    HazelcastServiceRegistry.over(instance(false)).close();
    Waiting.until("no thread of it", () -> threads().isEmpty());
  }

  @Test
  void a_registry_that_is_closed_leaves_no_thread() {
    HazelcastServiceRegistry registry = HazelcastServiceRegistry.over(instance(false));
    Waiting.until("opened", () -> Waiting.orders(registry).instances().isEmpty());
    registry.close();
    Waiting.until("no thread of it", () -> threads().isEmpty());
  }

  private Set<Thread> threads() {
    Set<Thread> threads = new HashSet<>(Thread.getAllStackTraces().keySet());
    threads.removeAll(before);
    threads.removeIf(thread -> !thread.getName().startsWith("evenkeel-hazelcast"));
    return threads;
  }

  private HazelcastInstance instance(boolean hangs) {
    return (HazelcastInstance) stub(HazelcastInstance.class, hangs);
  }

  /** Answers everything with as little as there is, and the removal of a listener maybe never. */
  private Object stub(Class<?> type, boolean hangs) {
    return Proxy.newProxyInstance(
        type.getClassLoader(),
        new Class<?>[] {type},
        (proxy, method, args) -> {
          if (hangs && method.getName().equals("removeEntryListener")) {
            reached.countDown();
            answered.await();
          }
          return smallest(method.getReturnType(), hangs);
        });
  }

  private Object smallest(Class<?> type, boolean hangs) {
    if (type == boolean.class) {
      return false;
    }
    if (type == UUID.class) {
      return new UUID(0, 0);
    }
    if (type == Set.class) {
      return Set.of();
    }
    return type == String.class ? "stub" : type.isInterface() ? stub(type, hangs) : null;
  }
}
