package io.evenkeel.server.web;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.vertx.core.http.HttpConnection;
import java.lang.reflect.InvocationTargetException;

/**
 * Tells of the bytes of a connection as they arrive: Vert.x tells of a request only when its head
 * is whole. Netty's channel is public in Vert.x but not exported by its module, so on the module
 * path nothing is told unless the program says {@code --add-exports
 * io.vertx.core/io.vertx.core.net.impl=io.evenkeel.server}.
 */
final class Arrivals extends ChannelInboundHandlerAdapter {
  private final Runnable arrived;

  private Arrivals(Runnable arrived) {
    this.arrived = arrived;
  }

  /** Calls back on the connection's event loop whenever bytes have arrived. */
  static void of(HttpConnection connection, Runnable arrived) {
    try {
      Object channel = connection.getClass().getMethod("channel").invoke(connection);
      if (channel instanceof Channel netty) {
        netty.pipeline().addFirst(new Arrivals(arrived));
      }
    } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
      // then a slow sender is closed as late as an idle one
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object bytes) {
    arrived.run();
    context.fireChannelRead(bytes);
  }
}
