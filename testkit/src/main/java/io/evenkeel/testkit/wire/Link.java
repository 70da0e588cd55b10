package io.evenkeel.testkit.wire;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/**
 * One proxied connection: a client's socket, the one to the upstream, and a {@link Lane} each way.
 * Never blocks; used on the proxy's thread only.
 */
final class Link {
  private final SocketChannel client;
  private final SocketChannel upstream;
  private final Lane toUpstream;
  private final Lane toClient;
  private final SelectionKey clientKey;
  private final SelectionKey upstreamKey;

  private Link(
      SocketChannel client, SocketChannel upstream, Selector selector, FaultProxy.Meter meter)
      throws IOException {
    this.client = client;
    this.upstream = upstream;
    toUpstream = new Lane(client, upstream, meter.accepted(), meter::toUpstream, meter::swallowed);
    toClient = new Lane(upstream, client, meter.accepted(), meter::toClient, meter::swallowed);
    clientKey = register(client, selector);
    upstreamKey = register(upstream, selector);
  }

  private SelectionKey register(SocketChannel channel, Selector selector) throws IOException {
    channel.configureBlocking(false);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    return channel.register(selector, 0, this);
  }

  /** Begins to connect a client that was accepted to the upstream. */
  static Link open(
      SocketChannel client,
      SocketAddress upstreamAddress,
      Selector selector,
      FaultProxy.Meter meter)
      throws IOException {
    Link link = new Link(client, SocketChannel.open(), selector, meter);
    try {
      link.upstream.connect(upstreamAddress);
    } catch (IOException refused) {
      link.upstreamGone();
    }
    return link;
  }

  void apply(Fault fault) {
    if (fault instanceof Fault.OneWay oneWay) {
      lane(oneWay.direction()).apply(oneWay.fault());
    } else if (fault == Fault.OfConnection.RESET) {
      reset();
    } else if (fault == Fault.OfConnection.HALF_OPEN) {
      upstreamGone();
      toClient.discard();
    }
  }

  private Lane lane(Fault.Direction direction) {
    return direction == Fault.Direction.TO_CLIENT ? toClient : toUpstream;
  }

  void heal() {
    toUpstream.heal();
    toClient.heal();
  }

  /** Handles what the selector found out about one of the two sockets. */
  void ready(SelectionKey key, long now) {
    if (key.isValid() && key.isConnectable()) {
      finishConnect();
    }
    if (key.isValid() && key.isReadable()) {
      (key == clientKey ? toUpstream : toClient).read(now);
    }
  }

  private void finishConnect() {
    try {
      upstream.finishConnect();
    } catch (IOException refused) {
      upstreamGone();
    }
  }

  /** The client hears of it as of a reset, if nothing keeps it from hearing. */
  private void upstreamGone() {
    closeQuietly(upstream);
    toUpstream.discard();
    toClient.sourceBroken();
  }

  /** Passes on what is due in both directions, and returns when there is more to do. */
  long advance(long now) {
    if (isClosed() || upstream.isConnectionPending()) {
      showInterest();
      return Lane.NEVER;
    }
    long next = Math.min(advance(toUpstream, toClient, now), advance(toClient, toUpstream, now));
    settle();
    showInterest();
    return next;
  }

  private static long advance(Lane lane, Lane back, long now) {
    try {
      return lane.advance(now);
    } catch (IOException sinkGone) {
      lane.discard();
      back.sourceBroken();
      return now;
    }
  }

  private void settle() {
    if (toUpstream.passesReset() || toClient.passesReset()) {
      reset();
    } else if (toUpstream.exhausted() || toClient.exhausted()) {
      toUpstream.cut();
      toClient.cut();
    } else if (toUpstream.isFinished() && toClient.isFinished()) {
      close();
    }
  }

  private void showInterest() {
    if (!isClosed()) {
      show(clientKey, toUpstream, toClient);
      show(upstreamKey, toClient, toUpstream);
    }
  }

  private void show(SelectionKey key, Lane from, Lane to) {
    if (!key.isValid()) {
      return;
    }
    if (key == upstreamKey && upstream.isConnectionPending()) {
      key.interestOps(SelectionKey.OP_CONNECT);
      return;
    }
    int read = from.wantsToRead() ? SelectionKey.OP_READ : 0;
    int write = to.wantsToWrite() ? SelectionKey.OP_WRITE : 0;
    key.interestOps(read | write);
  }

  boolean isClosed() {
    return !client.isOpen();
  }

  /** Closes both sockets in a way that makes the kernel send RST instead of FIN. */
  private void reset() {
    lingerNot(client);
    lingerNot(upstream);
    close();
  }

  private static void lingerNot(SocketChannel channel) {
    try {
      if (channel.isOpen()) {
        channel.setOption(StandardSocketOptions.SO_LINGER, 0);
      }
    } catch (IOException gone) {
      closeQuietly(channel); // the peer was faster; there is nobody left to reset
    }
  }

  void close() {
    closeQuietly(client);
    closeQuietly(upstream);
  }

  static void closeQuietly(SocketChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      // The descriptor is released all the same, and the connection was to end anyway.
    }
  }
}
