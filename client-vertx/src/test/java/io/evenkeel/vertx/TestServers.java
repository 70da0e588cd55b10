package io.evenkeel.vertx;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;

/** Real instances on loopback, on a Vert.x of their own. */
final class TestServers implements AutoCloseable {
  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));

  /** An instance that answers each request as told. */
  TestServer http(Handler<HttpServerRequest> answer) {
    return http(new HttpServerOptions().setHost("127.0.0.1"), answer);
  }

  TestServer http(HttpServerOptions options, Handler<HttpServerRequest> answer) {
    TestServer server = new TestServer();
    HttpServer listening =
        Await.value(
            vertx
                .createHttpServer(options.setPort(0))
                .connectionHandler(
                    connection -> connection.closeHandler(end -> server.connectionWasClosed()))
                .requestHandler(server.noting(answer))
                .listen());
    server.listensOn(listening.actualPort(), () -> Await.value(listening.close()));
    return server;
  }

  TestServer answering(int status) {
    return http(request -> request.response().setStatusCode(status).end("status " + status));
  }

  /** An instance that takes requests and never answers. */
  TestServer silent() {
    return http(request -> {});
  }

  /** An instance that resets the connection as soon as bytes of a request have come. */
  TestServer resetting() {
    return raw(new NetServerOptions().setSoLinger(0), NetSocket::close);
  }

  /** An instance that promises ten bytes, sends five and closes. */
  TestServer halfAnswering() {
    return raw(
        new NetServerOptions(),
        socket -> {
          socket.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf-");
          socket.close();
        });
  }

  private TestServer raw(NetServerOptions options, Handler<NetSocket> onRequest) {
    TestServer server = new TestServer();
    Handler<NetSocket> noted =
        socket ->
            socket.handler(
                (Buffer bytes) -> {
                  server.arrived();
                  onRequest.handle(socket);
                });
    NetServer listening =
        Await.value(vertx.createNetServer(options).connectHandler(noted).listen(0, "127.0.0.1"));
    server.listensOn(listening.actualPort(), () -> Await.value(listening.close()));
    return server;
  }

  @Override
  public void close() {
    Await.value(vertx.close());
  }
}
