package io.evenkeel.vertx;

import io.evenkeel.loadbalancer.load.LoadHeader;
import io.evenkeel.loadbalancer.load.LoadMeter;
import io.evenkeel.loadbalancer.load.ProcessorUse;
import io.evenkeel.strategy.LoadReport;
import io.evenkeel.time.TimeSource;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.internal.http.HttpServerRequestInternal;
import java.util.function.DoubleSupplier;

/**
 * The server's side of load reports: measures the requests of an HTTP server, adds the header
 * {@code endpoint-load-metrics} to every answer, and answers probes. One object for all servers and
 * event loops of a process that share what limits them; safe from any thread.
 */
public final class LoadReports {
  /** Where probes are answered unless another path was given. */
  public static final String PATH = "/load";

  private final LoadMeter meter;
  private final String path;

  private LoadReports(LoadMeter meter, String path) {
    this.meter = meter;
    this.path = path;
  }

  /** Reports in which the utilization is the share of the processors this JVM uses. */
  public static LoadReports create() {
    return create(ProcessorUse.ofThisProcess(TimeSource.system()));
  }

  /**
   * Reports with somebody's own idea of the utilization of what limits this server.
   *
   * @param utilization 1 is full, NaN unknown; asked for every answer, on event loops
   */
  public static LoadReports create(DoubleSupplier utilization) {
    return new LoadReports(LoadMeter.create(TimeSource.system(), utilization), PATH);
  }

  /** The same meter, with probes answered at another path; no request of one's own goes there. */
  public LoadReports at(String newPath) {
    return new LoadReports(meter, newPath);
  }

  /**
   * A handler for an HTTP server, in the place of this one: {@code
   * server.requestHandler(LoadReports.create().around(router))}. A request counts until its answer
   * has ended or its connection is lost; one that becomes a WebSocket or a tunnel counts no longer.
   */
  public Handler<HttpServerRequest> around(Handler<HttpServerRequest> handler) {
    return request -> {
      if (path.equals(request.path()) && HttpMethod.GET.equals(request.method())) {
        String load = LoadHeader.write(current());
        request.response().putHeader(LoadHeader.NAME, load).setStatusCode(204).end();
      } else {
        handler.handle(new MeasuredRequest((HttpServerRequestInternal) request, meter.begin()));
      }
    };
  }

  /** How it is now. */
  public LoadReport current() {
    return meter.report();
  }
}
