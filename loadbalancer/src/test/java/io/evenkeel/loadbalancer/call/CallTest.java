package io.evenkeel.loadbalancer.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.strategy.Outcome;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class CallTest {
  @Test
  void safe_and_idempotent_methods_may_be_repeated_in_any_case() {
    for (String method : List.of("GET", "HEAD", "OPTIONS", "PUT", "DELETE", "TRACE")) {
      assertTrue(Call.once().forMethod(method).idempotent(), method);
      String lower = method.toLowerCase(Locale.ROOT);
      assertTrue(Call.once().forMethod(lower).idempotent(), lower);
    }
  }

  @Test
  void other_methods_may_not_be_repeated() {
    for (String method : List.of("POST", "PATCH", "CONNECT", "patch", "", "GETX", "PROPFIND")) {
      assertFalse(Call.repeatable().forMethod(method).idempotent(), method);
    }
  }

  @Test
  void a_turkish_machine_knows_the_methods_too() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("tr"));
      assertTrue(Call.once().forMethod("options").idempotent());
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void values_out_of_bounds_are_refused_by_name() {
    Call call = Call.once();
    assertRefused("attemptTimeout: PT0S", () -> call.withAttemptTimeout(Duration.ZERO));
    assertRefused("deadline: PT-1S", () -> call.withDeadline(Duration.ofSeconds(-1)));
    assertRefused("deadline: PT", () -> call.withDeadline(Duration.ofSeconds(Long.MAX_VALUE)));
    assertRefused("maxAttempts: 0", () -> call.withMaxAttempts(0));
    assertRefused("maxAttempts: 11", () -> call.withMaxAttempts(11));
  }

  @Test
  void a_connection_that_was_not_made_was_never_sent() {
    for (Exception error :
        List.of(
            new ConnectException(),
            new NoRouteToHostException(),
            new UnknownHostException(),
            new UnresolvedAddressException())) {
      Outcome outcome = Classifier.byException().classify(error);
      assertEquals(Outcome.unreachable(error), outcome);
      assertFalse(outcome.sent());
    }
  }

  @Test
  void other_errors_are_judged_by_their_type() {
    Classifier classifier = Classifier.byException();
    IOException reset = new IOException("reset");
    assertEquals(Outcome.failure(reset), classifier.classify(reset));
    assertSame(Outcome.timeout(), classifier.classify(new TimeoutException()));
    assertSame(Outcome.cancelled(), classifier.classify(new CancellationException()));
  }

  private static void assertRefused(String start, Runnable making) {
    String message = assertThrows(IllegalArgumentException.class, making::run).getMessage();
    assertTrue(message.startsWith(start), message);
  }
}
