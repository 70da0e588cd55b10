package io.evenkeel.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class WhereTrafficGoesTest {
  @Test
  void zones_canaries_and_filters_have_their_shares() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    WhereTrafficGoes.run(new PrintStream(out, true, StandardCharsets.UTF_8));
    assertEquals(
        List.of(
            "by zone       {eu-1a=71 %, eu-1b=29 %}",
            "by version    {1.4=95 %, 2.0=5 %}", "with a filter {orders-4=50 %, orders-8=50 %}"),
        out.toString(StandardCharsets.UTF_8).lines().toList());
  }
}
