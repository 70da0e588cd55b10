package io.evenkeel.benchmarks.laboratory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.benchmarks.laboratory.Experiment.Pair;
import io.evenkeel.benchmarks.laboratory.world.Scenario;
import java.io.StringReader;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class LatencyPlotTest {
  private static Document plot;

  @BeforeAll
  static void draw() throws Exception {
    Scenario scenario = Scenarios.named(List.of("equal-90")).get(0);
    List<Pair> pairs =
        Contender.named(List.of("oracle", "random")).stream()
            .map(contender -> new Pair(scenario, contender))
            .toList();
    List<Result> results =
        new Experiment(1, Duration.ZERO, Duration.ofSeconds(2)).run(pairs, result -> {});
    String svg = LatencyPlot.of("a < b & c", results);
    InputSource source = new InputSource(new StringReader(svg));
    plot = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(source);
  }

  @Test
  void each_contender_has_its_line_and_its_name() {
    assertEquals(2, plot.getElementsByTagName("polyline").getLength());
    assertTrue(plot.getDocumentElement().getTextContent().contains("oracle"));
    assertTrue(plot.getDocumentElement().getTextContent().contains("random"));
  }

  @Test
  void the_title_is_text_whatever_it_holds() {
    assertTrue(plot.getDocumentElement().getTextContent().contains("a < b & c"));
  }

  @Test
  void a_line_goes_right_and_up_and_the_worse_one_ends_higher() {
    double[][] oracle = points(0);
    double[][] random = points(1);
    for (int i = 1; i < oracle.length; i++) {
      assertTrue(oracle[i][0] > oracle[i - 1][0]);
      assertTrue(oracle[i][1] <= oracle[i - 1][1]);
    }
    assertTrue(random[random.length - 1][1] < oracle[oracle.length - 1][1]);
  }

  private static double[][] points(int line) {
    NodeList lines = plot.getElementsByTagName("polyline");
    String points = lines.item(line).getAttributes().getNamedItem("points").getNodeValue();
    return Stream.of(points.strip().split(" "))
        .map(point -> Stream.of(point.split(",")).mapToDouble(Double::parseDouble).toArray())
        .toArray(double[][]::new);
  }
}
