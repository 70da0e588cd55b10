package io.evenkeel.http.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.evenkeel.model.ServiceInstance;
import io.evenkeel.registry.RegistryUri;
import io.evenkeel.testkit.ManualTime;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.text.MessageFormat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RowsTest {
  private final ManualTime time = ManualTime.start();
  private final WireOptions options =
      WireOptions.read(
          RegistryUri.parse("heartbeat:h?token=canary"),
          new UriForm(1, true, List.of(UriForm.bearerToken()), Set.of()));
  private final Rows rows = new Rows(options, time);
  private final Logger logger = Logger.getLogger(Rows.class.getName());
  private final List<String> said = new ArrayList<>();
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord line) {
          said.add(new MessageFormat(line.getMessage()).format(line.getParameters()));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeEach
  void listen() {
    logger.addHandler(handler);
    logger.setUseParentHandlers(false);
  }

  @AfterEach
  void stop() {
    logger.removeHandler(handler);
    logger.setUseParentHandlers(true);
  }

  @Test
  void what_is_dropped_is_said_once_in_30_s_and_counted() {
    read("good", "bad", "bad");
    read("good", "bad");
    assertEquals(List.of("heartbeat:h?token=***: dropped a bad row: no (1 so far)"), said);
    time.advance(Duration.ofSeconds(30));
    read("good", "bad");
    assertEquals("heartbeat:h?token=***: dropped a bad row: no (4 so far)", said.get(1));
  }

  @Test
  void each_cause_has_its_own_line() {
    read("good", "bad", "good");
    assertEquals(2, said.size());
    assertEquals(
        "heartbeat:h?token=***: dropped an earlier row with the same id: s/good (1 so far)",
        said.get(1));
  }

  @Test
  void no_line_says_a_secret() {
    read("good", "canary");
    assertEquals("heartbeat:h?token=***: dropped a bad row: *** (1 so far)", said.get(0));
  }

  private void read(String... ids) {
    ArrayNode list = Json.array();
    List.of(ids).forEach(list::add);
    Answer answer =
        new Answer(
            "GET /",
            200,
            MultiMap.caseInsensitiveMultiMap(),
            Buffer.buffer(),
            new ServerText(options));
    rows.read(answer, list, row -> instance(row.textValue()));
  }

  private static ServiceInstance instance(String id) {
    if (!id.equals("good")) {
      throw new IllegalArgumentException(id.equals("bad") ? "no" : id);
    }
    return ServiceInstance.builder("s", "h", 1).id(id).build();
  }
}
