package io.evenkeel.vertx;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/** A port that listens, accepts nothing, and whose backlog is full: connecting to it hangs. */
final class FullBacklog implements AutoCloseable {
  private static final int MOST = 16;
  private static final int PATIENCE_MILLIS = 300;

  private final ServerSocket listening;
  private final List<Socket> waiting = new ArrayList<>();
  private boolean full;

  private FullBacklog() throws IOException {
    listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }

  static FullBacklog open() throws IOException {
    FullBacklog backlog = new FullBacklog();
    while (!backlog.full && backlog.waiting.size() < MOST) {
      backlog.connectOne();
    }
    return backlog;
  }

  private void connectOne() throws IOException {
    Socket socket = new Socket();
    waiting.add(socket);
    try {
      socket.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), port()), PATIENCE_MILLIS);
    } catch (SocketTimeoutException e) {
      full = true;
    }
  }

  int port() {
    return listening.getLocalPort();
  }

  boolean isFull() {
    return full;
  }

  @Override
  public void close() throws IOException {
    for (Socket socket : waiting) {
      socket.close();
    }
    listening.close();
  }
}
