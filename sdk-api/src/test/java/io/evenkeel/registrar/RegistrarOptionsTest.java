package io.evenkeel.registrar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class RegistrarOptionsTest {
  private final RegistrarOptions options = RegistrarOptions.defaults();

  private static void refuses(String start, Executable making) {
    String message = assertThrows(IllegalArgumentException.class, making).getMessage();
    assertTrue(message.startsWith(start), message);
  }

  @Test
  void a_ttl_brings_its_third_as_the_renewal_interval() {
    assertEquals(Duration.ofSeconds(10), options.withTtl(Duration.ofSeconds(30)).renewInterval());
  }

  @Test
  void times_that_do_not_fit_are_refused() {
    refuses("ttl: ", () -> options.withTtl(Duration.ofMillis(999)));
    refuses("renewInterval: ", () -> options.withRenewInterval(Duration.ofSeconds(15)));
    refuses("renewInterval: ", () -> options.withRenewInterval(Duration.ZERO));
    refuses("callDeadline: ", () -> options.withCallDeadline(Duration.ZERO));
    refuses("attempts: -1 ", () -> options.withAttempts(-1));
  }

  @Test
  void there_is_no_shutdown_hook_unless_asked_for() {
    assertFalse(options.deregisterOnShutdown());
    assertTrue(options.withDeregisterOnShutdown(true).deregisterOnShutdown());
  }
}
